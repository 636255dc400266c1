// The till behind Tauri: one command each, no decision here.

import { Channel, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type {
  CashWay, CollectingLook, CustomerScreen, Day, Discount, Exported, HandWay, ImportPlan, ImportProgress, KeysTest, Method, MethodChoice, HandedBack, Outside, Pieces, Product, ProductForm, Profile, RangeReport, RangeTable, Reconciled, ReconciledLine, Recent, ReceiptPicture, Refund, Refundable, RefundQuote, RefundSlip,
  RefundWish, RelayLook, RelayTest, ReportPicture, Role, SettingChange, SettingsLook, Shelf, ShelfPage, ShelfTab, SlipPicture, TaskChoice, TaxKind, View, XReport,
} from './bindings';
import type { Client, Consent, FirstRun, GivenKeys } from './client';

/** A file's bytes as text that travels with other arguments. */
function base64(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

export class TauriClient implements Client {
  view = () => invoke<View>('view');
  shelf = () => invoke<Shelf>('shelf');
  shelfPage = (tab: ShelfTab, from: number) => invoke<ShelfPage>('shelf_page', { tab, from });
  search = (text: string) => invoke<Product[]>('search', { text });
  scan = (code: string) => invoke<View>('scan', { code });
  add = (product: string) => invoke<View>('add', { product });
  addWeighed = (product: string, grams: number) => invoke<View>('add_weighed', { product, grams });
  productForm = (product: string) => invoke<ProductForm>('product_form', { product });
  saveProduct = (before: ProductForm | null, form: ProductForm, consent?: Consent) => invoke<View>('save_product', { before, form, consent });
  retireProduct = (product: string, consent?: Consent) => invoke<View>('retire_product', { product, consent });
  importLook = async (file: Blob, progress: (progress: ImportProgress) => void): Promise<ImportPlan> => {
    await invoke<void>('import_file', new Uint8Array(await file.arrayBuffer()));
    const channel = new Channel<ImportProgress>();
    channel.onmessage = progress;
    return invoke<ImportPlan>('import_look', { progress: channel });
  };
  importCancel = () => invoke<void>('import_cancel');
  importTake = (consent?: Consent) => invoke<ImportPlan>('import_take', { consent });
  exportProducts = () => invoke<Exported>('export_products');
  openDrawer = (reason: string, consent?: Consent) => invoke<View>('open_drawer', { reason, consent });
  returnGoods = (reason: string, consent?: Consent) => invoke<View>('return_goods', { reason, consent });
  setQuantity = (line: number, quantity: number, consent?: Consent) => invoke<View>('set_quantity', { line, quantity, consent });
  remove = (line: number, consent?: Consent) => invoke<View>('remove', { line, consent });
  clear = (consent?: Consent) => invoke<View>('clear', { consent });
  discountLine = (line: number, discount: Discount | null, consent?: Consent) => invoke<View>('discount_line', { line, discount, consent });
  discountSale = (discount: Discount | null, consent?: Consent) => invoke<View>('discount_sale', { discount, consent });
  addOpen = (name: string, price: number, tax: TaxKind) => invoke<View>('add_open', { name, price, tax });
  setNote = (note: string) => invoke<View>('set_note', { note });
  voidSale = (reason: string, money: HandedBack, consent?: Consent) => invoke<View>('void_sale', { reason, money, consent });
  putAside = (name: string) => invoke<View>('put_aside', { name });
  recall = (id: string) => invoke<View>('recall', { id });
  methods = (part?: number) => invoke<MethodChoice[]>('methods', { part: part ?? null });
  payPartCash = (part: number, received: number) => invoke<View>('pay_part_cash', { part, received });
  payPartOnline = (method: Method, part: number) => invoke<View>('pay_part_online', { method, part });
  payOutside = (through: Outside, part: number, note: string) => invoke<View>('pay_outside', { through, part, note });
  returnCash = (reason: string, consent?: Consent) => invoke<View>('return_cash', { reason, consent });
  slip = (attempt: string) => invoke<SlipPicture>('slip', { attempt });
  payCash = (received: number) => invoke<View>('pay_cash', { received });
  payOnline = (method: Method) => invoke<View>('pay_online', { method });
  cancelPayment = () => invoke<View>('cancel_payment');
  checkNow = () => invoke<View>('check_now');
  release = (manager: string, reason: string, consent?: Consent) => invoke<View>('release', { manager, reason, consent });
  vouch = (attempt: string, manager: string, reason: string, consent?: Consent) => invoke<View>('vouch', { attempt, manager, reason, consent });
  resolve = (task: string, choice: TaskChoice, consent?: Consent) => invoke<View>('resolve', { task, choice, consent });
  takeTask = (task: string) => invoke<View>('take_task', { task });
  signIn = (person: string, pin: string) => invoke<View>('sign_in', { person, pin });
  lock = () => invoke<View>('lock');
  touch = () => invoke<void>('touch');
  addPerson = (name: string, role: Role, pin: string, consent?: Consent) => invoke<View>('add_person', { name, role, pin, consent });
  editPerson = (person: string, name: string, role: Role, consent?: Consent) => invoke<View>('edit_person', { person, name, role, consent });
  changePin = (person: string, pin: string, consent?: Consent) => invoke<View>('change_pin', { person, pin, consent });
  retirePerson = (person: string, consent?: Consent) => invoke<View>('retire_person', { person, consent });
  dismissClosed = () => invoke<View>('dismiss_closed');
  recent = () => invoke<Recent[]>('recent');
  receipt = (sale: string) => invoke<ReceiptPicture>('receipt', { sale });
  copy = (sale: string) => invoke<ReceiptPicture>('copy', { sale });
  refundable = (sale: string) => invoke<Refundable>('refundable', { sale });
  refundQuote = (sale: string, lines: RefundWish[], byHand: HandWay | null) => invoke<RefundQuote>('refund_quote', { sale, lines, byHand });
  refund = (sale: string, lines: RefundWish[], reason: string, byHand: HandWay | null, approvedBy: string | null, consent?: Consent) =>
    invoke<Refundable>('refund', { sale, lines, reason, byHand, approvedBy, consent });
  refundRetry = (refund: string) => invoke<View>('refund_retry', { refund });
  refundHandedOver = (refund: string, way: HandWay, approvedBy: string | null, consent?: Consent) =>
    invoke<View>('refund_handed_over', { refund, way, approvedBy, consent });
  refundDrop = (refund: string) => invoke<View>('refund_drop', { refund });
  refunds = () => invoke<Refund[]>('refunds');
  refundSlip = (refund: string) => invoke<RefundSlip>('refund_slip', { refund });
  reportX = () => invoke<XReport>('report_x');
  relay = () => invoke<RelayLook | null>('relay');
  testRelay = () => invoke<RelayTest>('test_relay');
  reportRange = (from: string, to: string, consent?: Consent) => invoke<RangeReport>('report_range', { from, to, consent });
  saveRange = (from: string, to: string, table: RangeTable | null, consent?: Consent) => invoke<string>('save_range', { from, to, table, consent });
  reconcile = async (file: Blob, consent?: Consent) => invoke<Reconciled>('reconcile', { file: await base64(file), consent });
  fetchStatement = (from: string, to: string, consent?: Consent) => invoke<Reconciled>('fetch_statement', { from, to, consent });
  reconciliations = () => invoke<ReconciledLine[]>('reconciliations');
  reconciliation = (seq: number, consent?: Consent) => invoke<Reconciled>('reconciliation', { seq, consent });
  reportZ = (number: number) => invoke<XReport>('report_z', { number });
  zPaper = (number: number) => invoke<ReportPicture>('z_paper', { number });
  day = () => invoke<Day>('day');
  openShift = (counted: Pieces[]) => invoke<Day>('open_shift', { counted });
  moveCash = (way: CashWay, amount: number, reason: string, consent?: Consent) => invoke<Day>('move_cash', { way, amount, reason, consent });
  countDrawer = (counted: Pieces[]) => invoke<Day>('count_drawer', { counted });
  closeShift = (note: string, nextFloat: number) => invoke<Day>('close_shift', { note, nextFloat });
  closeDay = (number: number, consent?: Consent) => invoke<XReport>('close_day', { number, consent });
  exportRecords = () => invoke<string>('export');
  unlock = (passphrase: string) => invoke<View>('unlock', { passphrase });
  firstRun = () => invoke<boolean>('first_run');
  begin = (first: FirstRun) => invoke<View>('begin', { first });
  settings = () => invoke<SettingsLook>('settings');
  checkSettings = (changes: SettingChange[]) => invoke<void>('check_settings', { changes });
  changeSettings = (changes: SettingChange[], consent?: Consent) => invoke<SettingsLook>('change_settings', { changes, consent });
  collecting = () => invoke<CollectingLook>('collecting');
  tryKeys = (profile: Profile, given?: GivenKeys) => invoke<KeysTest>('try_keys', { profile, given });
  keepKeys = (profile: Profile, given: GivenKeys, consent?: Consent) => invoke<CollectingLook>('keep_keys', { profile, given, consent });
  switchProfile = (profile: Profile, consent?: Consent) => invoke<CollectingLook>('switch_profile', { profile, consent });
  restart = () => invoke<void>('restart');
  customerScreen = () => invoke<CustomerScreen>('customer_screen');
  toggleCustomerScreen = () => invoke<void>('toggle_customer_screen');
  onCustomerScreen = (changed: (screen: CustomerScreen) => void) => listen<CustomerScreen>('customer_screen', (event) => changed(event.payload));
  onView = (changed: (view: View) => void) => listen<View>('view', (event) => changed(event.payload));
}
