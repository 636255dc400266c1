// Where money goes back to, in words: to the card by itself, or by a person.

import type { HandWay, RefundTo } from '../ipc/client';
import type { IconName } from '../shared/icons';
import type { zh } from '../words/zh';

type Words = typeof zh;

export function whereTo(words: Words, to: RefundTo): string {
  const say = words.refund.to;
  if (to.kind === 'card') return say.card(to.last4 === null ? '' : words.refund.card(to.last4));
  switch (to.way) {
    case 'cash': return say.cash;
    case 'bank_transfer': return say.transfer;
    case 'back_office':
      if (to.outside === 'other_terminal') return say.terminal;
      if (to.outside === 'voucher') return say.voucher;
      return say.backOffice(to.method === null ? '' : words.methods[to.method].name);
  }
}

export function whereIcon(to: RefundTo): IconName {
  if (to.kind === 'card') return 'card';
  return to.way === 'cash' ? 'cash' : to.way === 'bank_transfer' ? 'bank' : 'person';
}

/** What a person does, one thing after the other. */
export function stepsOf(words: Words, to: RefundTo, amount: string, payment: string | null): string[] {
  if (to.kind === 'card') return [];
  const steps = words.refund.steps;
  const way = (): string[] => {
    switch (to.way) {
      case 'cash': return steps.cash(amount);
      case 'bank_transfer': return steps.transfer(amount);
      case 'back_office':
        if (to.outside === 'other_terminal') return steps.terminal(amount);
        if (to.outside === 'voucher') return steps.voucher(amount);
        return steps.backOffice(amount, payment ?? '');
    }
  };
  return way();
}

/** What is pressed when it is done. */
export function handedName(words: Words, to: RefundTo, way: HandWay): string {
  if (to.kind === 'hand' && way === 'back_office' && to.outside === 'other_terminal') return words.refund.handedTerminal;
  if (to.kind === 'hand' && way === 'back_office' && to.outside === 'voucher') return words.refund.handedVoucher;
  return words.refund.handed[way];
}

/** What a way of giving money back by hand is called, beside the payments it would be for. */
export function wayName(words: Words, way: HandWay): string {
  return words.refund.ways[way];
}
