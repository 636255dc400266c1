// Moments worth looking at without waiting for them: open the page with `?scene=unknown`.

import type { AttemptState, KeysTest, Notice, PrintFault, Stop, Task } from '../bindings';
import { fakeUnits } from './bars';
import { sampleStaff } from './people';
import { refundScene } from './refund-scenes';
import { largeShop } from './products';
import type { FakeStart } from './till';

const hour = 3_600_000;
const relayAddress = 'https://a1b2c3d4e5.execute-api.ap-east-2.amazonaws.com';

export function scene(name: string, now: number): FakeStart {
  const stop = stops[name.replace('stopped-', '')];
  if (name.startsWith('stopped-') && stop !== undefined) return { stopped: stop, profile: 'production' };
  if (name === 'not-printed') return { tasks: [unprinted(now, 'not_printed', 'paper_out')] };
  if (name === 'half-printed') return { tasks: [unprinted(now, 'half_printed', 'broken')] };
  if (name === 'tasks') return { tasks: waitingTasks(now), profile: 'production' };
  if (name === 'tasks-of-people') return { tasks: waitingTasks(now), profile: 'production', staff: sampleStaff };
  if (name === 'shift') return { staff: sampleStaff, shift: 'open', profile: 'production' };
  if (name === 'shift-counted') return { staff: sampleStaff, shift: 'counted', profile: 'production' };
  if (name === 'shift-closed') return { shift: 'closed', profile: 'production' };
  if (name === 'first') return { firstRun: true };
  const tried = keysTests[name];
  if (tried !== undefined) return { staff: sampleStaff, keysTest: tried };
  if (name === 'people') return { staff: sampleStaff };
  if (name === 'large') return { staff: sampleStaff, products: largeShop(100_000) };
  if (name === 'dressed') return { scanner: { prefix: '~', suffix: '', end: 'tab' } };
  if (name === 'locked') return { staff: sampleStaff, locked: true };
  if (name === 'held') return { staff: sampleStaff, customer: () => [[300, { kind: 'unknown', why: 'no_answer' }]] };
  if (name === 'silent') return { notices: [{ kind: 'gateway_silent', until_ms: now + hour / 2 }], profile: 'stage' };
  if (name === 'notices') return { notices: everyNotice(now), profile: 'production' };
  if (name === 'recovered') return { notices: [{ kind: 'recovered', sale: 'T1-000041' }], profile: 'production' };
  if (name === 'late') return { tasks: waitingTasks(now).slice(0, 1).map((task) => ({ ...task, sale: 'T1-000042', amount: 442 })), customer: () => [], profile: 'production' };
  if (name === 'maintenance') return { notices: [{ kind: 'gateway_maintenance', until_ms: now + hour * 2 }], profile: 'production' };
  if (name === 'out') return { notices: [{ kind: 'gateway_out', since_ms: now - hour / 4 }], profile: 'production' };
  if (name === 'relay') return { relay: { address: relayAddress, state: { kind: 'answers' } }, profile: 'production' };
  if (name === 'relay-away') return { relay: { address: relayAddress, state: { kind: 'away', since_ms: now - hour / 6 } }, notices: [{ kind: 'relay_away', since_ms: now - hour / 6 }], profile: 'production' };
  if (name === 'waiting') return { customer: () => [], profile: 'production' };
  if (name === 'display') return { screen: { kind: 'showing' }, customer: () => [], profile: 'production' };
  if (name === 'display-lost') return { screen: { kind: 'lost' }, customer: () => [], profile: 'production' };
  const refund = refundScene(name, now);
  if (refund !== null) return refund;
  const state = endings(now)[name];
  if (state !== undefined) return { customer: () => [[300, state]], profile: 'production' };
  return {};
}

function endings(now: number): Record<string, AttemptState> {
  return {
    opened: { kind: 'opened' },
    confirming: { kind: 'confirming' },
    unknown: { kind: 'unknown', why: 'no_answer' },
    'wrong-amount': { kind: 'unknown', why: 'wrong_amount' },
    failed: { kind: 'failed', code: '10200043' },
    expired: { kind: 'expired' },
    paid: { kind: 'paid', late: false, over: false },
    code: { kind: 'code_issued', code: { kind: 'atm', bank: '004', account: '9103522814076621' }, deadline_ms: now + 72 * hour },
    bars: { kind: 'code_issued', code: { kind: 'barcode', bars: ['151201C1A', '3453010812840012', '120152000000180'], units: [fakeUnits('151201C1A'), fakeUnits('3453010812840012'), fakeUnits('120152000000180')] }, deadline_ms: now + 168 * hour },
  };
}

const keysTests: Record<string, KeysTest> = {
  'keys-works': { kind: 'works', merchant: '3002607' }, 'keys-wrong': { kind: 'wrong_keys' }, 'keys-clock': { kind: 'clock_off', minutes: -12 },
};

const stops: Record<string, Stop> = {
  journal: { kind: 'journal_damaged', at_seq: 1284, path: '/home/shop/guitai/T1/journal.db' },
  newer: { kind: 'journal_newer', path: '/home/shop/guitai/T1/journal.db' },
  disk: { kind: 'disk_full' },
  missing: { kind: 'keys_missing', profile: 'production' },
  locked: { kind: 'keys_locked', profile: 'production' },
  settings: { kind: 'settings', message: 'line 12: till id "T 1" has a space' },
  twice: { kind: 'already_running' },
};

function everyNotice(now: number): Notice[] {
  return [
    { kind: 'gateway_silent', until_ms: now + hour / 2 }, { kind: 'gateway_unreachable', since_ms: now - hour / 4 },
    { kind: 'recovered', sale: 'T1-000041' }, { kind: 'clock_off', seconds: 75 },
  ];
}

function unprinted(now: number, what: 'not_printed' | 'half_printed', fault: PrintFault): Task {
  return { id: 'print/T1-000040', what, sale: 'T1-000040', attempt: null, refund: null, amount: 185, since_ms: now - hour / 60, choices: ['retry', 'other_printer', 'leave_out'], holder: null, person: null, print: { printer: '櫃檯', other: '吧台', fault } };
}

function waitingTasks(now: number): Task[] {
  return [
    { id: 'k1', what: 'late_money', sale: 'T1-000031', attempt: 'T1K2M9001', refund: null, amount: 320, since_ms: now - hour * 0.4, choices: ['accept_to_sale', 'refund_by_hand'], holder: { name: '張主管', mine: false, since_ms: now - hour * 0.2 }, person: null, print: null },
    { id: 'k2', what: 'second_payment', sale: 'T1-000028', attempt: 'T1K2M8804', refund: null, amount: 185, since_ms: now - hour * 2.2, choices: ['refund_by_hand'], holder: null, person: null, print: null },
    { id: 'k3', what: 'wrong_amount', sale: 'T1-000027', attempt: 'T1K2M8790', refund: null, amount: 299, since_ms: now - hour * 3, choices: ['seen'], holder: null, person: null, print: null },
    { id: 'k5', what: 'left_open', sale: 'T1-000019', attempt: 'T1K2L7713', refund: null, amount: 640, since_ms: now - hour * 5, choices: ['retry', 'seen'], holder: null, person: null, print: null },
    { id: 'pin/chen', what: 'wrong_pins', sale: null, attempt: null, refund: null, amount: 7, since_ms: now - hour, choices: ['seen'], holder: null, person: '陳店長', print: null },
    { id: 'k4', what: 'receipt_failed', sale: 'T1-000025', attempt: null, refund: null, amount: 95, since_ms: now - hour * 27, choices: ['retry', 'seen'], holder: null, person: null, print: null },
  ];
}
