// Refunds worth looking at without waiting for them: `?scene=refund-unknown` and its siblings, and `?scene=refunds`.

import type { Refund, RefundState, RefundTo, Task, Tender } from '../bindings';
import { sampleStaff } from './people';
import { sample } from './refunds';
import type { FakeStart } from './till';

const hour = 3_600_000;
const cash: RefundTo = { kind: 'hand', way: 'cash', method: null, outside: null };
const transfer: RefundTo = { kind: 'hand', way: 'bank_transfer', method: 'atm', outside: null };
const backOffice: RefundTo = { kind: 'hand', way: 'back_office', method: 'twqr', outside: null };
const terminal: RefundTo = { kind: 'hand', way: 'back_office', method: null, outside: 'other_terminal' };

type Shown = readonly [state: RefundState, to?: RefundTo];

/** Every state a refund can be in, by the name of its scene. */
function shown(now: number): Record<string, Shown> {
  return {
    asking: [{ kind: 'asking' }],
    closing: [{ kind: 'waiting', until_ms: taipei(now, 20, 31), why: 'daily_closing' }],
    morning: [{ kind: 'waiting', until_ms: taipei(now, 6, 0) + 24 * hour, why: 'until_morning' }],
    captured: [{ kind: 'waiting', until_ms: taipei(now, 20, 31), why: 'until_captured' }],
    queued: [{ kind: 'queued' }],
    sending: [{ kind: 'sending' }],
    unknown: [{ kind: 'unknown', since_ms: now - hour / 30 }],
    way: [{ kind: 'on_its_way', since_ms: now - hour, overdue: false }],
    overdue: [{ kind: 'on_its_way', since_ms: now - 31 * 24 * hour, overdue: true }],
    cash: [{ kind: 'to_hand_over' }, cash],
    transfer: [{ kind: 'to_hand_over' }, transfer],
    office: [{ kind: 'to_hand_over' }, backOffice],
    terminal: [{ kind: 'to_hand_over' }, terminal],
    balance: [{ kind: 'refused', why: 'gateway', code: '0', message: '餘額不足' }],
    refused: [{ kind: 'refused', why: 'gateway', code: '10100050', message: 'error_Stop' }],
    unclear: [{ kind: 'refused', why: 'unclear', code: null, message: null }],
    listed: [{ kind: 'refused', why: 'not_listed', code: null, message: null }],
    done: [{ kind: 'done', at_ms: now - hour / 2, by_hand: null, released: false }],
    released: [{ kind: 'done', at_ms: now - hour / 2, by_hand: null, released: true }],
    handed: [{ kind: 'done', at_ms: now - hour / 4, by_hand: 'cash', released: false }, cash],
    dropped: [{ kind: 'dropped' }],
  };
}

export const refundScenes = Object.keys(shown(0));

/** Null when there is no such scene. */
export function refundScene(name: string, now: number): FakeStart | null {
  const start: FakeStart = { profile: 'production', staff: sampleStaff };
  if (name === 'refund') return { ...start, lastPaid: byCard };
  if (name === 'refund-unattended') return { profile: 'production', lastPaid: byCard };
  if (name === 'refund-split') return { ...start, lastPaid: split };
  if (name === 'refund-twqr') return { ...start, lastPaid: byTwqr };
  if (name === 'refunds') return { ...start, refunds: many(now, ['done', 'handed', 'way', 'cash', 'refused', 'captured', 'unknown']) };
  if (name === 'refund-tasks') return { ...start, refunds: many(now, ['overdue', 'cash', 'balance', 'unknown']), tasks: refundTasks(now) };
  const state = shown(now)[name.replace('refund-', '')];
  if (!name.startsWith('refund-') || state === undefined) return null;
  return { ...start, refunds: [...many(now, ['done', 'handed']), one(now, 3, state)] };
}

function one(now: number, count: number, [state, to]: Shown): Refund {
  const refund = sample(`T1-R${String(count).padStart(6, '0')}`, now - hour / (count + 1), state, to);
  const amount = 55 + ((count * 85) % 300);
  return { ...refund, sale: `T1-0000${40 - count}`, amount, items: refund.items.map((item) => ({ ...item, amount })) };
}

function many(now: number, names: readonly string[]): Refund[] {
  const all = shown(now);
  return names.flatMap((name, at) => {
    const state = all[name];
    return state === undefined ? [] : [one(now, at + 1, state)];
  });
}

function refundTasks(now: number): Task[] {
  const task = (what: Task['what'], refund: number, amount: number, hours: number, choices: Task['choices'], holder: Task['holder'] = null): Task => ({
    id: `refund/T1-R00000${refund}`, what, sale: `T1-0000${40 - refund}`, attempt: what === 'refund_to_hand_over' ? null : 'T1K2M7A4D39X0Q1WE7ZB', refund: `T1-R00000${refund}`, amount, since_ms: now - hour * hours, choices, holder, person: null, print: null,
  });
  return [
    task('refund_unknown', 4, 95, 0.05, ['retry']),
    task('refund_refused', 3, 310, 2.5, ['retry', 'drop'], { name: '陳店長', mine: false, since_ms: now - hour }),
    task('refund_to_hand_over', 2, 225, 5, ['handed_over', 'drop']),
    task('refund_overdue', 1, 140, 31 * 24, ['retry']),
  ];
}

function byCard(total: number): Tender[] {
  return [{ kind: 'online', method: 'credit', amount: total, number: 'T1K2M7A4D39X0Q1WE7ZB', trade_no: '2611201004567890', card_last4: '4242' }];
}

function byTwqr(total: number): Tender[] {
  return [{ kind: 'online', method: 'twqr', amount: total, number: 'T1K2M7A4D39X0Q1WE7ZB', trade_no: '2611201004567890', card_last4: null }];
}

function split(total: number): Tender[] {
  const card = Math.round(total / 2);
  return [...byCard(card), { kind: 'cash', amount: total - card, received: total - card, change: 0 }];
}

/** So many hours and minutes after midnight in Taipei, on the day of `now`. */
function taipei(now: number, hours: number, minutes: number): number {
  const midnight = Math.floor((now + 8 * hour) / (24 * hour)) * 24 * hour - 8 * hour;
  return midnight + hours * hour + minutes * 60_000;
}
