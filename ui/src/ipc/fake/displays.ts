// The customer's display in every state, for a browser: `customer.html?scene=unknown`.

import { fakeUnits } from './bars';
import type { Bill, Display, PayStep, Qr, Shows } from '../bindings';
import { fakeProducts } from './products';
import { fakeQrRows } from './qr';

const qr: Qr = { size: fakeQrRows.length, rows: [...fakeQrRows] };

export const displayScenes = [
  'welcome', 'bill', 'long', 'scan', 'on_phone', 'try_again', 'atm', 'cvs', 'bars', 'review', 'confirming', 'unknown', 'time_up', 'received', 'part', 'thanks', 'change', 'staff',
] as const;

export function displayScene(name: string, now: number): Display {
  const shows = scenes(now)[name] ?? { kind: 'welcome' };
  return { revision: 1, shop: shows.kind === 'staff' ? '' : '和平青草茶行', profile: 'production', shows };
}

function bill(count: number, paid = 0): Bill {
  const lines = Array.from({ length: count }, (_, at) => {
    const product = fakeProducts[(at * 11) % fakeProducts.length];
    const quantity = 1 + (at % 3);
    const price = product?.price ?? 0;
    return { line: at + 1, name: product?.name ?? '', unit_price: price, quantity, amount: price * quantity };
  });
  const total = lines.reduce((sum, each) => sum + each.amount, 0);
  return { lines, items: lines.reduce((sum, each) => sum + each.quantity, 0), total, paid, due: total - paid };
}

function scenes(now: number): Record<string, Shows> {
  const paying = (step: PayStep): Shows => ({ kind: 'paying', bill: bill(5), amount: bill(5).due, step });
  const expires_ms = now + 9 * 60_000;
  const deadline_ms = now + 72 * 3_600_000;
  return {
    welcome: { kind: 'welcome' },
    bill: { kind: 'bill', bill: bill(5) },
    long: { kind: 'bill', bill: bill(24) },
    part: { kind: 'bill', bill: bill(6, 100) },
    scan: paying({ kind: 'scan', qr, expires_ms }),
    on_phone: paying({ kind: 'on_phone', qr, expires_ms }),
    try_again: paying({ kind: 'try_again', qr, expires_ms }),
    atm: paying({ kind: 'code', code: { kind: 'atm', bank: '004', account: '9103522814076621' }, deadline_ms }),
    cvs: paying({ kind: 'code', code: { kind: 'cvs', number: 'LLL26324512345', units: fakeUnits('LLL26324512345') }, deadline_ms }),
    bars: paying({ kind: 'code', code: { kind: 'barcode', bars: ['151201C1A', '3453010812840012', '120152000000180'], units: [fakeUnits('151201C1A'), fakeUnits('3453010812840012'), fakeUnits('120152000000180')] }, deadline_ms }),
    review: paying({ kind: 'code', code: { kind: 'review' }, deadline_ms: null }),
    confirming: paying({ kind: 'confirming' }),
    unknown: paying({ kind: 'unknown' }),
    time_up: paying({ kind: 'time_up' }),
    received: paying({ kind: 'received' }),
    thanks: { kind: 'thanks', total: 285, change: 0 },
    change: { kind: 'thanks', total: 285, change: 215 },
    staff: { kind: 'staff' },
  };
}
