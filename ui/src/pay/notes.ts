// Which amounts of cash a customer is likely to hand over for an amount due.

const notes = [100, 500, 1000] as const;

/** The exact amount first, then the next round sums up; ascending, none twice, at most four. */
export function likelyCash(due: number): number[] {
  if (due <= 0) return [];
  const rounded = notes.map((note) => Math.ceil(due / note) * note).filter((sum) => sum > due);
  const handy = [...new Set(rounded)].sort((a, b) => a - b);
  return [due, ...handy];
}

/** One digit more on the keypad; nine digits are more cash than a till sees. */
export function withDigits(received: string, digits: string): string {
  const joined = (received + digits).replace(/^0+(?=\d)/, '');
  return joined.length > 7 ? received : joined;
}
