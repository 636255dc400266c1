// What the fake till's lines come to after discounts: the same rules as `till::discount`, in miniature.

import type { CartLine, Discount } from '../bindings';

export type Priced = { lines: CartLine[]; gross: number; taken_off: number; total: number };

export function off(discount: Discount | null, base: number): number {
  if (discount === null) return 0;
  return discount.kind === 'amount' ? Math.min(discount.amount, base) : Math.floor((base * discount.percent + 50) / 100);
}

/** `whole` over `parts` in proportion: rounded down, the dollars left over to the largest remainders. */
export function shares(whole: number, parts: readonly number[]): number[] {
  const all = parts.reduce((sum, part) => sum + part, 0);
  if (all === 0) return parts.map(() => 0);
  const given = parts.map((part) => Math.floor((whole * part) / all));
  const left = whole - given.reduce((sum, part) => sum + part, 0);
  const order = parts.map((part, at) => ({ at, rest: (whole * part) % all })).sort((a, b) => b.rest - a.rest || a.at - b.at);
  for (const { at } of order.slice(0, left)) given[at] = (given[at] ?? 0) + 1;
  return given;
}

export function priced(lines: readonly CartLine[], discount: Discount | null): Priced {
  const marked = lines.map((line) => {
    const gross = line.unit_price * line.quantity;
    return { ...line, gross, off: off(line.discount, gross) };
  });
  const parts = marked.map((line) => line.gross - line.off);
  const base = parts.reduce((sum, part) => sum + part, 0);
  const taken_off = off(discount, base);
  const share = shares(taken_off, parts);
  return {
    lines: marked.map((line, at) => ({ ...line, amount: (parts[at] ?? 0) - (share[at] ?? 0) })),
    gross: marked.reduce((sum, line) => sum + line.gross, 0),
    taken_off,
    total: base - taken_off,
  };
}
