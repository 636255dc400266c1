// The settings of the fake till: enough rules to refuse what a person would mistype.

import type { CommandError, Setting, SettingChange, SettingName, SettingProblem, SettingsLook, SettingValue } from '../bindings';

type Row = readonly [name: SettingName, value: SettingValue, live: boolean, choices?: string[], range?: [number, number]];

const text = (value: string): SettingValue => ({ kind: 'text', value });
const number = (value: number): SettingValue => ({ kind: 'number', value });
const flag = (value: boolean): SettingValue => ({ kind: 'flag', value });
const lines = (...value: string[]): SettingValue => ({ kind: 'lines', value });

const rows: Row[] = [
  ['shop.name', text('和平青草茶行'), true], ['shop.tax_id', text(''), true], ['shop.address', text('台北市大安區和平東路一段 1 號'), true], ['shop.phone', text('02-2345-6789'), true],
  ['shop.header', lines(), true], ['shop.footer', lines('謝謝光臨，歡迎再來'), true], ['receipt.language', text('zh'), true, ['zh', 'en', 'both']],
  ['till.id', text('T1'), false], ['till.cashier', text('收銀員'), true], ['till.lock_after_minutes', number(5), true, [], [0, 1440]], ['till.discount_limit_percent', number(20), true, [], [0, 100]], ['till.scale_labels', lines(), true],
  ['scanner.prefix', text(''), true], ['scanner.suffix', text(''), true], ['scanner.end', text('enter'), true, ['enter', 'tab']],
  ['day.float', number(3000), true, [], [0, 1_000_000]], ['day.blind_count', flag(true), true],
  ['backup.folders', lines(), false], ['backup.keep', number(30), false, [], [2, 1000]], ['backup.every_hours', number(24), false, [], [1, 168]],
  ['customer_display.place', text('second_monitor'), false, ['second_monitor', 'window', 'off']],
  ['pay_page.minutes', number(10), true, [], [1, 120]], ['pay_page.listen', text('127.0.0.1:8688'), false], ['pay_page.address', text(''), false], ['pay_page.static_page', text(''), false], ['pay_page.browser_return', flag(true), false],
  ['relay.address', text(''), false], ['relay.tell', lines('late', 'over_paid', 'contradicted'), false, ['paid', 'late', 'over_paid', 'contradicted']],
  ['gateway.burst', number(4), false, [], [1, 20]], ['gateway.every_seconds', number(5), false, [], [1, 3600]], ['gateway.silence_minutes', number(30), false, [], [1, 1440]], ['gateway.first_check_seconds', number(10), false, [], [1, 3600]],
  ['gateway.refund_api', text('sealed'), false, ['sealed', 'form']], ['gateway.auto_capture', flag(true), false], ['gateway.previous_keys_days', number(7), false, [], [0, 30]],
  ['stage.return_url', text('https://guitai.invalid/n/{token}'), false], ['production.return_url', text('https://guitai.invalid/n/{token}'), false],
];

export class FakeSettings {
  firstRun: boolean;
  #settings: Setting[] = rows.map(([name, value, live, choices = [], range]) => ({ name, value, live, choices, range: range ?? null }));
  #waits = false;

  constructor(firstRun: boolean) {
    this.firstRun = firstRun;
  }

  look = (): SettingsLook => ({ settings: this.#settings, path: '/home/shop/guitai/settings.toml', waits: this.#waits });

  text(name: SettingName): string {
    const value = this.#settings.find((each) => each.name === name)?.value;
    return value?.kind === 'text' ? value.value : '';
  }

  check(changes: SettingChange[]): void {
    for (const { name, value } of changes) {
      const why = this.#wrong(name, value);
      if (why !== null) throw { code: 'setting_refused', name, why } satisfies CommandError;
    }
  }

  change(changes: SettingChange[]): void {
    this.check(changes);
    for (const change of changes) {
      const before = this.#settings.find((each) => each.name === change.name);
      if (before?.live === false && JSON.stringify(before.value) !== JSON.stringify(change.value)) this.#waits = true;
      this.#settings = this.#settings.map((each) => (each.name === change.name ? { ...each, value: change.value } : each));
    }
  }

  #wrong(name: SettingName, value: SettingValue): SettingProblem | null {
    const range = this.#settings.find((each) => each.name === name)?.range ?? null;
    if (value.kind === 'number' && range !== null && (value.value < range[0] || value.value > range[1])) return { kind: 'range', min: range[0], max: range[1] };
    if (value.kind !== 'text') return null;
    if (name === 'shop.name' && value.value.trim() === '') return { kind: 'missing' };
    if (name === 'shop.name' && [...value.value].length > 40) return { kind: 'too_long', max: 40 };
    if (name === 'till.id' && !/^[A-Z0-9]{1,3}$/.test(value.value)) return { kind: 'till_id' };
    if (name === 'shop.tax_id' && value.value !== '') return taxId(value.value);
    return null;
  }
}

function taxId(id: string): SettingProblem | null {
  if (!/^\d{8}$/.test(id)) return { kind: 'tax_id_digits' };
  const sum = [1, 2, 1, 2, 1, 2, 4, 1].reduce((so, weight, at) => {
    const product = weight * Number(id[at]);
    return so + Math.floor(product / 10) + (product % 10);
  }, 0);
  return sum % 5 === 0 || (id[6] === '7' && (sum + 1) % 5 === 0) ? null : { kind: 'tax_id_check' };
}
