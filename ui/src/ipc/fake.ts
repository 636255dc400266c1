// Stands in for the till where there is no Rust: `vite dev`, a browser, the tests.

import { realClock } from './fake/clock';
import { fakeProducts } from './fake/products';
import { scene } from './fake/scenes';
import { FakeTill } from './fake/till';

export { HandClock } from './fake/clock';
export { fakeProducts } from './fake/products';
export { sampleStaff } from './fake/people';
export { scene } from './fake/scenes';
export { FakeTill, type FakeStart } from './fake/till';

/** The fake till for a page opened with `?scene=...`; `&cart=n` rings up n products first. */
export async function fakeFromAddress(address: string): Promise<FakeTill> {
  const asked = new URLSearchParams(address);
  const till = new FakeTill(scene(asked.get('scene') ?? '', realClock.now()));
  for (let at = 0; at < Number(asked.get('cart') ?? 0); at += 1) {
    const product = fakeProducts[(at * 11) % fakeProducts.length];
    if (product !== undefined) await till.add(product.code);
  }
  return till;
}
