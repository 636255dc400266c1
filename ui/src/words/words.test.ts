import { describe, expect, test } from 'vitest';
import type { AttemptState, CommandError, FileProblem, Notice, RelayHealth, RelayTest, Stop, Wrong } from '../ipc/client';
import { looks } from '../pay/look';
import { adviceOf, errorAdvice, noticeAdvice, relayAdvice, relayTestAdvice, stopAdvice } from './advice';
import { en } from './en';
import { sayFile, sayWrong } from './wrong';
import { zh } from './zh';

const catalogues = [['zh', zh], ['en', en]] as const;

const states: { [Kind in AttemptState['kind']]: Extract<AttemptState, { kind: Kind }> } = {
  created: { kind: 'created' }, presented: { kind: 'presented' }, opened: { kind: 'opened' }, confirming: { kind: 'confirming' },
  code_issued: { kind: 'code_issued', code: { kind: 'cvs', number: 'LLL26324512345', units: '' }, deadline_ms: 0 }, paid: { kind: 'paid', late: false, over: false },
  unknown: { kind: 'unknown', why: 'no_answer' }, cancel_requested: { kind: 'cancel_requested' }, failed: { kind: 'failed', code: '10200043' }, expired: { kind: 'expired' },
};

const errors: { [Code in CommandError['code']]: Extract<CommandError, { code: Code }> } = {
  statement: { code: 'statement', problem: { kind: 'truncated', row: 12 } }, bad_days: { code: 'bad_days' }, shift_open: { code: 'shift_open' }, no_shift: { code: 'no_shift' }, bad_count: { code: 'bad_count', why: 'a coin of 25' }, count_first: { code: 'count_first' },
  not_in_drawer: { code: 'not_in_drawer' }, day_closed: { code: 'day_closed', number: 12 }, unknown_report: { code: 'unknown_report', number: 12 },
  unknown_barcode: { code: 'unknown_barcode', barcode: '471' }, unknown_product: { code: 'unknown_product', product: 'T9' }, bad_quantity: { code: 'bad_quantity', given: 0, max: 999 },
  bad_discount: { code: 'bad_discount', max: 100 }, bad_article: { code: 'bad_article', max: 999999 }, below_paid: { code: 'below_paid', paid: 100 }, money_held: { code: 'money_held', amount: 100 },
  reason_missing: { code: 'reason_missing' }, counter_busy: { code: 'counter_busy' }, aside_full: { code: 'aside_full', max: 60 },
  empty_cart: { code: 'empty_cart' }, cart_locked: { code: 'cart_locked' }, cart_full: { code: 'cart_full', max: 200 }, catalogue_refused: { code: 'catalogue_refused', problems: 3, first: '第 4 列' }, total_too_large: { code: 'total_too_large', max: 199999 },
  too_little_cash: { code: 'too_little_cash', due: 100, received: 60 }, bad_amount: { code: 'bad_amount' }, amount_out_of_limits: { code: 'amount_out_of_limits', method: 'cvs', min: 33, max: 6000 },
  payment_live: { code: 'payment_live' }, outcome_unknown: { code: 'outcome_unknown', attempt: 'T1A' }, money_waiting: { code: 'money_waiting', amount: 55 }, no_payment: { code: 'no_payment' }, check_later: { code: 'check_later', at_ms: 0 }, gateway_maintenance: { code: 'gateway_maintenance', until_ms: 0 }, unknown_sale: { code: 'unknown_sale', sale: 'T1-1' },
  unknown_task: { code: 'unknown_task', task: 'k' }, choice_not_possible: { code: 'choice_not_possible' }, disk_full: { code: 'disk_full' }, journal_damaged: { code: 'journal_damaged', at_seq: 7 },
  locked: { code: 'locked' }, approval_needed: { code: 'approval_needed', what: 'refund' }, not_allowed: { code: 'not_allowed', name: '小芳', what: 'refund' }, wrong_pin: { code: 'wrong_pin', until_ms: null }, pin_wait: { code: 'pin_wait', until_ms: 0 },
  person_refused: { code: 'person_refused', why: 'name' },
  bad_label: { code: 'bad_label', barcode: '2100042012505' }, weight_needed: { code: 'weight_needed', product: '00042', name: '香蕉' }, bad_weight: { code: 'bad_weight', max: 999_999 },
  product_refused: { code: 'product_refused', what: { kind: 'price', max: 999_999 } }, product_changed: { code: 'product_changed', product: '00042' },
  unknown_refund: { code: 'unknown_refund', refund: 'T1-R000001' }, nothing_to_refund: { code: 'nothing_to_refund' }, refund_too_many: { code: 'refund_too_many', line: 1, left: 0 },
  refund_too_much: { code: 'refund_too_much', left: 40 }, refund_whole_only: { code: 'refund_whole_only' }, refund_reason_missing: { code: 'refund_reason_missing' },
  setting_refused: { code: 'setting_refused', name: 'shop.name', why: { kind: 'missing' } }, settings_unreadable: { code: 'settings_unreadable', message: 'line 3' }, settings_not_written: { code: 'settings_not_written', reason: 'full' }, payments_under_way: { code: 'payments_under_way', count: 2 },
  keys_refused: { code: 'keys_refused', why: 'key' },
  stopped: { code: 'stopped' }, wrong_passphrase: { code: 'wrong_passphrase' }, receipt_failed: { code: 'receipt_failed', reason: 'paper' }, internal: { code: 'internal', message: 'm' },
};

const wrongs: { [Kind in Wrong['kind']]: Extract<Wrong, { kind: Kind }> } = {
  code: { kind: 'code', given: 'a b' }, code_twice: { kind: 'code_twice', code: 'A', line: 2 }, code_taken: { kind: 'code_taken', code: 'A' }, barcode: { kind: 'barcode', given: '1' }, check_digit: { kind: 'check_digit', given: '4710088412345', expected: '8' },
  barcode_twice: { kind: 'barcode_twice', barcode: '4710088412348', line: 2 }, barcode_taken: { kind: 'barcode_taken', barcode: '4710088412348', product: 'A' }, name: { kind: 'name', max: 120 }, category: { kind: 'category' }, price: { kind: 'price', max: 999_999 },
  not_dollars: { kind: 'not_dollars', given: 'x' }, tax: { kind: 'tax', given: 'x' }, unit: { kind: 'unit', given: 'x' }, yes_or_no: { kind: 'yes_or_no', given: 'x' }, later_price: { kind: 'later_price', given: 'x' }, day: { kind: 'day', given: 'x' }, too_many: { kind: 'too_many', codes: 20, prices: 12 }, row: { kind: 'row' },
};

const files: { [Kind in FileProblem['kind']]: Extract<FileProblem, { kind: Kind }> } = {
  not_text: { kind: 'not_text' }, column: { kind: 'column', missing: 'tax' }, column_twice: { kind: 'column_twice', twice: 'tax' }, empty: { kind: 'empty' }, too_long: { kind: 'too_long', rows: 100_000, megabytes: 32 },
};

const stops: { [Kind in Stop['kind']]: Extract<Stop, { kind: Kind }> } = {
  journal_damaged: { kind: 'journal_damaged', at_seq: null, path: 'j' }, journal_newer: { kind: 'journal_newer', path: 'j' }, disk_full: { kind: 'disk_full' },
  keys_missing: { kind: 'keys_missing', profile: 'stage' }, keys_locked: { kind: 'keys_locked', profile: 'stage' }, settings: { kind: 'settings', message: 'm' }, already_running: { kind: 'already_running' },
};

const notices: { [Kind in Notice['kind']]: Extract<Notice, { kind: Kind }> } = {
  backup_failed: { kind: 'backup_failed', folder: '/media/usb', why: 'the folder is not there' }, backup_stale: { kind: 'backup_stale', since_ms: null },
  gateway_silent: { kind: 'gateway_silent', until_ms: 0 }, gateway_unreachable: { kind: 'gateway_unreachable', since_ms: 0 }, gateway_maintenance: { kind: 'gateway_maintenance', until_ms: 0 }, gateway_out: { kind: 'gateway_out', since_ms: 0 }, relay_away: { kind: 'relay_away', since_ms: 0 }, relay_key: { kind: 'relay_key' }, recovered: { kind: 'recovered', sale: 'T1-1' }, clock_off: { kind: 'clock_off', seconds: 9 },
};

const relays: { [Kind in RelayHealth['kind']]: Extract<RelayHealth, { kind: Kind }> } = {
  unknown: { kind: 'unknown' }, answers: { kind: 'answers' }, away: { kind: 'away', since_ms: 0 }, refuses_key: { kind: 'refuses_key' },
};

const relayTests: { [Kind in RelayTest['kind']]: Extract<RelayTest, { kind: Kind }> } = {
  works: { kind: 'works', took_ms: 420 }, no_key: { kind: 'no_key' }, not_reached: { kind: 'not_reached' }, wrong_key: { kind: 'wrong_key' }, not_a_relay: { kind: 'not_a_relay' },
  out_of_order: { kind: 'out_of_order' }, door_closed: { kind: 'door_closed', status: 302 }, lost: { kind: 'lost' },
};

describe.each(catalogues)('%s', (_, words) => {
  test.each(Object.values(states))('payment state $kind says what is so and what to do, with an icon', (state) => {
    const advice = adviceOf(words, state);
    expect(advice.what.length * advice.next.length).toBeGreaterThan(0);
    expect(looks[state.kind].icon).toBeTruthy();
  });
  test.each(Object.values(errors))('error $code says what happened and what to do', (error) => {
    const advice = errorAdvice(words, error);
    expect(advice.what.length * advice.next.length).toBeGreaterThan(0);
  });
  test('everything that can be wrong with a product reads differently, and names what was given', () => {
    const said = Object.values(wrongs).map((wrong) => sayWrong(words.goods.wrong, wrong));
    expect(new Set(said).size).toBe(said.length);
    for (const wrong of Object.values(wrongs)) if ('given' in wrong) expect(sayWrong(words.goods.wrong, wrong)).toContain(wrong.given);
  });
  test.each(Object.values(files))('a file refused as $kind says what to do', (problem) => {
    const advice = sayFile(words.goods.file, problem);
    expect(advice.what.length * advice.next.length).toBeGreaterThan(0);
  });
  test.each(Object.values(stops))('stop $kind says what happened and what to do', (stop) => {
    const advice = stopAdvice(words, stop);
    expect(advice.what.length * advice.next.length).toBeGreaterThan(0);
  });
  test.each(Object.values(notices))('notice $kind says what is so and that cash works or who acts', (notice) => {
    const advice = noticeAdvice(words, notice);
    expect(advice.what.length * advice.next.length).toBeGreaterThan(0);
  });
  test('every outcome of testing the relay reads differently and says what to do', () => {
    const all = [...Object.values(relays).map((each) => relayAdvice(words, each)), ...Object.values(relayTests).map((each) => relayTestAdvice(words, each))];
    expect(all.every((each) => each.what.length * each.next.length > 0)).toBe(true);
    expect(new Set(Object.values(relayTests).map((each) => relayTestAdvice(words, each).what)).size).toBe(Object.keys(relayTests).length);
  });
  test('every reason for not knowing reads differently', () => {
    const whys = ['no_answer', 'gateway_silent', 'wrong_amount', 'pending_at_bank'] as const;
    expect(new Set(whys.map((why) => adviceOf(words, { kind: 'unknown', why }).next)).size).toBe(whys.length);
  });
  test('a code this screen has not learnt still gets words', () => {
    expect(errorAdvice(words, { code: 'brand_new' } as unknown as CommandError).next).toContain('brand_new');
  });
});

test('not knowing never reads as not paid, and never asks to pay again', () => {
  for (const why of ['no_answer', 'gateway_silent', 'wrong_amount', 'pending_at_bank'] as const) {
    const [chinese, english] = [adviceOf(zh, { kind: 'unknown', why }), adviceOf(en, { kind: 'unknown', why })];
    expect(chinese.what + chinese.next).not.toMatch(/未付|沒付|沒有付|付款失敗|重新付|再付/);
    expect(english.what + english.next).not.toMatch(/unpaid|not paid|declined|pay again/i);
  }
  expect(adviceOf(zh, states.unknown).what).toBe('還不知道結果，請看顧客的手機畫面');
});

test('another amount is said to be another amount, not merely unknown', () => {
  for (const words of [zh, en]) {
    expect(adviceOf(words, { kind: 'unknown', why: 'wrong_amount' }).what).not.toBe(adviceOf(words, states.unknown).what);
  }
});

test('late and double payments do not look like an ordinary one', () => {
  const kinds = [adviceOf(zh, states.paid), adviceOf(zh, { kind: 'paid', late: true, over: false }), adviceOf(zh, { kind: 'paid', late: false, over: true })];
  expect(new Set(kinds.map((each) => each.what)).size).toBe(3);
});
