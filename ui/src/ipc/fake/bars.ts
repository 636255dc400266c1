// Barcodes as the till hands them over: the units of "LLL26324512345" would not fit a test, any bars will do for looks.

/** A believable row of bars for a text. */
export function fakeUnits(text: string): string {
  return [...`*${text}*`].map((sign) => {
    const wide = sign.charCodeAt(0) % 3;
    return [0, 1, 2, 3, 4, 5, 6, 7, 8].map((at) => (at % 2 === 0 ? '1' : '0').repeat(at % 3 === wide ? 5 : 2)).join('');
  }).join('00');
}
