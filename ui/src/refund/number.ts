// The number of a sale as people type it and as scanners read it from the receipt: "T1-000042", or 42 for short.

const digits = 6;

/** What somebody typed, as a sale's number. What is no number at all stays as it is, for the till to refuse by name. */
export function saleNumberOf(typed: string, till: string): string {
  const text = typed.trim().toUpperCase();
  return /^\d{1,18}$/.test(text) ? `${till}-${text.padStart(digits, '0')}` : text;
}

/** The sale whose receipt was scanned, or null: only this till's own numbers, lest a product's code be taken for one. */
export function saleOnReceipt(code: string, till: string): string | null {
  const text = code.trim().toUpperCase();
  const [own, count] = [text.slice(0, till.length + 1), text.slice(till.length + 1)];
  return till !== '' && own === `${till}-` && /^\d{6,18}$/.test(count) ? text : null;
}
