// Notes and coins as a cashier counts them. What they come to is shown while typing; what is recorded is added up by the till.

import type { Pieces } from '../ipc/client';

/** What every drawer has, the largest first. */
export const usual = [1000, 500, 100, 50, 10, 5, 1] as const;
/** Notes of which most drawers have none. */
export const rare = [2000, 200] as const;

/** What is typed, by denomination: digits, or nothing yet. */
export type Typed = Readonly<Record<number, string>>;

/** Digits and nothing else, as many as a drawer could need. */
export function onlyDigits(text: string): string {
  const narrow = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  return narrow.replace(/\D/g, '').slice(0, 5);
}

export function counted(typed: Typed): Pieces[] {
  return Object.entries(typed)
    .map(([denomination, pieces]) => ({ denomination: Number(denomination), pieces: Number(pieces) }))
    .filter((each) => each.pieces > 0);
}

export function total(typed: Typed): number {
  return counted(typed).reduce((sum, each) => sum + each.denomination * each.pieces, 0);
}
