// The till behind Tauri: one command each, no decision here.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { CustomerScreen, Method, MethodChoice, Product, Recent, ReceiptPicture, TaskChoice, View, XReport } from './bindings';
import type { Client } from './client';

export class TauriClient implements Client {
  view = () => invoke<View>('view');
  products = () => invoke<Product[]>('products');
  search = (text: string) => invoke<Product[]>('search', { text });
  scan = (code: string) => invoke<View>('scan', { code });
  add = (product: string) => invoke<View>('add', { product });
  setQuantity = (line: number, quantity: number) => invoke<View>('set_quantity', { line, quantity });
  remove = (line: number) => invoke<View>('remove', { line });
  clear = () => invoke<View>('clear');
  methods = () => invoke<MethodChoice[]>('methods');
  payCash = (received: number) => invoke<View>('pay_cash', { received });
  payOnline = (method: Method) => invoke<View>('pay_online', { method });
  cancelPayment = () => invoke<View>('cancel_payment');
  checkNow = () => invoke<View>('check_now');
  release = (manager: string, reason: string) => invoke<View>('release', { manager, reason });
  resolve = (task: string, choice: TaskChoice) => invoke<View>('resolve', { task, choice });
  dismissClosed = () => invoke<View>('dismiss_closed');
  recent = () => invoke<Recent[]>('recent');
  receipt = (sale: string) => invoke<ReceiptPicture>('receipt', { sale });
  copy = (sale: string) => invoke<ReceiptPicture>('copy', { sale });
  reportX = () => invoke<XReport>('report_x');
  exportRecords = () => invoke<string>('export');
  unlock = (passphrase: string) => invoke<View>('unlock', { passphrase });
  customerScreen = () => invoke<CustomerScreen>('customer_screen');
  toggleCustomerScreen = () => invoke<void>('toggle_customer_screen');
  onCustomerScreen = (changed: (screen: CustomerScreen) => void) => listen<CustomerScreen>('customer_screen', (event) => changed(event.payload));
  onView = (changed: (view: View) => void) => listen<View>('view', (event) => changed(event.payload));
}
