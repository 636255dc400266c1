// Which settings stand together, and in which order.

import type { SettingName, SettingValue } from '../ipc/client';
import type { SettingGroup } from '../words/shape';

export const groups: Record<SettingGroup, readonly SettingName[]> = {
  shop: ['shop.name', 'shop.tax_id', 'shop.address', 'shop.phone', 'receipt.language', 'shop.header', 'shop.footer'],
  counter: ['till.id', 'till.cashier', 'till.lock_after_minutes', 'till.discount_limit_percent', 'day.float', 'day.blind_count'],
  scanner: ['scanner.prefix', 'scanner.suffix', 'scanner.end', 'till.scale_labels'],
  screen: ['customer_display.place'],
  page: ['pay_page.minutes', 'pay_page.browser_return', 'pay_page.listen', 'pay_page.address', 'pay_page.static_page'],
  gateway: [
    'gateway.auto_capture', 'gateway.refund_api', 'gateway.previous_keys_days', 'stage.return_url', 'production.return_url',
    'gateway.first_check_seconds', 'gateway.burst', 'gateway.every_seconds', 'gateway.silence_minutes',
  ],
  relay: ['relay.address', 'relay.tell'],
  backup: ['backup.folders', 'backup.every_hours', 'backup.keep'],
};

export const groupNames = Object.keys(groups) as SettingGroup[];

/** Whether two values say the same. */
export function same(one: SettingValue, other: SettingValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
