// Amounts the fake gateway takes, in NT dollars. The real ones come from Rust.

import type { Method, MethodChoice } from '../bindings';

const limits: ReadonlyArray<readonly [Method, number, number]> = [
  ['all', 1, 199999],
  ['credit', 5, 199999],
  ['twqr', 6, 49999],
  ['apple_pay', 5, 199999],
  ['digital_payment', 6, 49999],
  ['web_atm', 11, 49999],
  ['atm', 16, 49999],
  ['cvs', 33, 6000],
  ['barcode', 17, 20000],
  ['weixin', 6, 500000],
  ['bnpl', 3000, 100000],
];

export function fakeMethods(due: number, back_ms: number | null = null): MethodChoice[] {
  return limits.map(([method, min, max]) => ({ method, min, max, back_ms, open: back_ms === null && method !== 'weixin' && due >= min && due <= max }));
}
