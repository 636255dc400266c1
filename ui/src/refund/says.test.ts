import { expect, test } from 'vitest';
import type { RefundState } from '../ipc/client';
import { en } from '../words/en';
import { zh } from '../words/zh';
import { refundLooks } from './look';
import { gatewaySays, refundAdvice } from './says';

test.each([
  ['0', '餘額不足', 'balance'], ['0', 'Insufficient balance', 'balance'], ['0', 'error_overDate', 'too_old'], ['0', '訂單不存在', 'not_there'],
  ['10000185', 'Cant not find the trade data', 'not_there'], ['10100050', 'error_Stop', 'other'], [null, null, 'other'],
])('the gateway says %s %s: %s', (code, message, says) => {
  expect(gatewaySays(code, message)).toBe(says);
});

const refusals = ['gateway', 'not_found', 'cancelled', 'not_authorised', 'not_captured', 'whole_only', 'too_much', 'strange_stage', 'unclear', 'too_often', 'not_listed'] as const;
const states: RefundState[] = [
  { kind: 'asking' }, { kind: 'queued' }, { kind: 'sending' }, { kind: 'unknown', since_ms: 0 }, { kind: 'on_its_way', since_ms: 0, overdue: false }, { kind: 'on_its_way', since_ms: 0, overdue: true },
  { kind: 'to_hand_over' }, { kind: 'dropped' }, { kind: 'done', at_ms: 0, by_hand: null, released: false }, { kind: 'done', at_ms: 0, by_hand: null, released: true }, { kind: 'done', at_ms: 0, by_hand: 'cash', released: false },
  ...(['daily_closing', 'until_morning', 'until_captured'] as const).map((why): RefundState => ({ kind: 'waiting', until_ms: 0, why })),
  ...refusals.map((why): RefundState => ({ kind: 'refused', why, code: null, message: null })),
];

test.each([['zh', zh], ['en', en]] as const)('%s: every state of a refund says what is so and what to do, and no two say the same', (_, words) => {
  const said = states.map((state) => refundAdvice(words, state));
  for (const advice of said) expect(advice.what.length * advice.next.length).toBeGreaterThan(0);
  expect(new Set(said.map((advice) => advice.what + advice.next)).size).toBe(states.length);
  expect(new Set(states.map((state) => state.kind))).toEqual(new Set(Object.keys(refundLooks)));
});

test('what may have gone back is never to be paid out in cash as well', () => {
  const unsure: RefundState[] = [
    { kind: 'unknown', since_ms: 0 }, { kind: 'on_its_way', since_ms: 0, overdue: true },
    ...(['too_much', 'unclear', 'not_listed'] as const).map((why): RefundState => ({ kind: 'refused', why, code: null, message: null })),
  ];
  for (const state of unsure) {
    expect(refundAdvice(zh, state).next).toMatch(/不要(先|另外)?退現金/);
    expect(refundAdvice(en, state).next).toMatch(/not pay it out in cash|no cash/i);
  }
});
