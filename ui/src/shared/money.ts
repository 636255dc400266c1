// Whole NT dollars as text: "$1,280".

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function money(dollars: number): string {
  return dollars < 0 ? `−$${grouped.format(-dollars)}` : `$${grouped.format(dollars)}`;
}

/** Without the sign: counts, axis labels. */
export function plain(number: number): string {
  return grouped.format(number);
}
