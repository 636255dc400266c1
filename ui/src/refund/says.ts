// What the gateway's words about a refund come to. ECPay documents next to none of them (payments.md 7.4), so this knows
// a few signs and leaves the rest to its own words, which are always shown beside.

import type { RefundState } from '../ipc/client';
import type { Advice, RefundSays } from '../words/shape';
import type { zh } from '../words/zh';

const signs: ReadonlyArray<readonly [RefundSays, RegExp]> = [
  // "Balance", "insufficient", and the Chinese for both.
  ['balance', /balance|insufficient|\u9918\u984d|\u4e0d\u8db3/i],
  // error_overDate, "overdue", "past the time".
  ['too_old', /over_?date|expired|\u903e\u671f|\u903e\u6642|\u8d85\u904e/i],
  // "No such order", in DoAction's Chinese and in the AES interface's English.
  ['not_there', /not find|not found|\u4e0d\u5b58\u5728/i],
];

export function gatewaySays(code: string | null, message: string | null): RefundSays {
  if (code === '10000185') return 'not_there';
  return signs.find(([, sign]) => sign.test(message ?? ''))?.[0] ?? 'other';
}

/** What is so and what to do next; a refusal of the gateway's in words a person understands. */
export function refundAdvice(words: typeof zh, state: RefundState): Advice {
  if (state.kind === 'refused' && state.why === 'gateway') return words.refund.says[gatewaySays(state.code, state.message)];
  return (words.refund.states[state.kind] as (state: RefundState) => Advice)(state);
}
