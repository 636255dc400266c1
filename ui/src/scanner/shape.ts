// What a code looks like, whatever it means: an invoice carrier, a wallet's payment code, a product's barcode.

export type Shape = 'carrier' | 'wallet' | 'product' | 'other';

export function shapeOf(code: string): Shape {
  if (/^\/[0-9A-Z.+-]{7}$/.test(code)) return 'carrier';
  if (/^\d{8}$|^\d{12,14}$/.test(code)) return 'product';
  // Wallets show 16 to 24 digits, some with two letters in front.
  if (/^[A-Z]{0,2}\d{16,24}$/.test(code)) return 'wallet';
  return 'other';
}
