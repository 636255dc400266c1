// The products: leafed through, changed, taken in from a file; and what is rung up, taken back or opened without a sale.

import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Till } from '../src/frame/till.svelte';
import Window from '../src/frame/Window.svelte';
import { FakeTill, fakeProducts, HandClock, scene, type FakeStart } from '../src/ipc/fake';
import { silence } from '../src/shared/sounds';
import { language } from '../src/words/language.svelte';

const noon = Date.UTC(2026, 10, 20, 4, 0);
let till: Till;
let fake: FakeTill;
let shown: ReturnType<typeof mount> | null = null;
let at_ms = 0;

async function open(start: FakeStart = {}): Promise<void> {
  fake = new FakeTill(start, new HandClock(noon));
  till = new Till(fake, silence);
  await till.start();
  shown = mount(Window, { target: document.body, props: { till } });
  await settle();
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
    await tick();
  }
  flushSync();
}

function find(testid: string): HTMLElement | null {
  return document.querySelector(`[data-testid="${testid}"]`);
}

function strike(key: string, gap_ms: number): void {
  at_ms += gap_ms;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  Object.defineProperty(event, 'timeStamp', { value: at_ms });
  (document.activeElement ?? document.body).dispatchEvent(event);
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    strike(key, 400);
    await settle();
  }
}

async function scan(code: string, end = 'Enter'): Promise<void> {
  at_ms += 400;
  for (const key of code) strike(key, 4);
  strike(end, 4);
  await settle();
}

async function click(testid: string): Promise<void> {
  find(testid)?.click();
  await settle();
}

async function fill(testid: string, text: string): Promise<void> {
  const field = find(testid) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}

async function choose(text: string): Promise<void> {
  const field = find('import-file') as HTMLInputElement;
  const file = new File([text], 'products.csv');
  // jsdom's files have no text() of their own.
  Object.defineProperty(file, 'text', { value: async () => text });
  Object.defineProperty(field, 'files', { value: [file], configurable: true });
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
}

const total = () => find('cart-total')?.dataset['amount'];
const trouble = () => find('trouble')?.dataset['code'];
const painted = () => document.querySelectorAll('[data-testid^="product-W"], [data-testid^="product-T"]').length;

beforeEach(() => {
  // jsdom knows no modal dialogs.
  HTMLDialogElement.prototype.showModal = function show() { this.open = true; };
  vi.stubGlobal('ResizeObserver', class { observe = () => undefined; unobserve = () => undefined; disconnect = () => undefined; });
  language.name = 'zh';
  at_ms = 0;
});
afterEach(async () => {
  if (shown !== null) await unmount(shown);
  shown = null;
  document.body.innerHTML = '';
});

describe('a hundred thousand products', () => {
  test('a screen holds a page of them, and leafs on', async () => {
    await open(scene('large', noon));
    expect(till.shelf.total).toBe(100_000);
    expect(painted()).toBe(60);
    const first = document.querySelector('[data-grid-first]')?.getAttribute('data-testid');
    await press('PageDown');
    expect(painted()).toBe(60);
    expect(document.querySelector('[data-grid-first]')?.getAttribute('data-testid')).not.toBe(first);
    await press('PageUp');
    expect(document.querySelector('[data-grid-first]')?.getAttribute('data-testid')).toBe(first);
  });

  test('every letter asks the till, and never for more than a page', async () => {
    await open(scene('large', noon));
    const asked = vi.spyOn(fake, 'search');
    await fill('search', '茶');
    expect(asked).toHaveBeenCalledWith('茶');
    expect(document.querySelectorAll('[data-testid^="product-W"]').length).toBeLessThanOrEqual(60);
  });

  test('what is sold by weight asks for grams, and the next scan goes on', async () => {
    await open(scene('large', noon));
    await click('product-W000004');
    expect(find('weigh')).not.toBeNull();
    expect(trouble()).toBeUndefined();
    await fill('weigh-grams', '1250');
    await click('weigh-yes');
    expect(total()).toBe('50');
    await click('product-W000004');
    const plain = fakeProducts.length;
    await scan(fake === undefined ? '' : `W${String(plain).padStart(6, '0')}`);
    expect(till.view?.cart.lines.length).toBe(2);
  });
});

describe('a product', () => {
  test('is added by scanning what nobody sells yet, and then sold', async () => {
    await open();
    await press('F1');
    await scan('4719999999990');
    expect((find('barcode-0') as HTMLInputElement).value).toBe('4719999999990');
    await fill('product-code', 'N1');
    await fill('product-name', 'שוקולד 🍫');
    await fill('product-category', '點心');
    await fill('product-price', '45');
    await click('product-save');
    expect(find('products-said')?.textContent).toContain('שוקולד 🍫');
    await press('Escape');
    await scan('4719999999990');
    expect(total()).toBe('45');
  });

  test.each([
    ['a name of ten thousand characters', 'product-name', '長'.repeat(10_000), '120'],
    ['a name that turns the line around', 'product-name', '茶\u202e01$', '120'],
    ['a price of 2^31', 'product-price', '2147483648', '999,999'],
  ])('%s is refused by what is wrong with it, and what was typed stays', async (_, field, value, said) => {
    await open();
    await press('F1');
    await click('product-row-T001');
    await fill(field, value);
    await click('product-save');
    expect(trouble()).toBe('product_refused');
    expect(find('trouble')?.textContent).toContain(said);
    expect((find(field) as HTMLInputElement).value).toBe(value);
    expect((await fake.productForm('T001')).name).toBe(fakeProducts[0]?.name);
  });

  test('that somebody else has changed meanwhile says so, and keeps both', async () => {
    await open();
    await press('F1');
    await click('product-row-T001');
    await fill('product-price', '40');
    const before = await fake.productForm('T001');
    await fake.saveProduct(before, { ...before, price: 38 });
    await click('product-save');
    expect(find('product-changed')?.textContent).toContain('38');
    expect((find('product-price') as HTMLInputElement).value).toBe('40');
    expect((await fake.productForm('T001')).price).toBe(38);
    await click('product-over');
    expect((await fake.productForm('T001')).price).toBe(40);
  });

  test('takes somebody who may: a cashier asks', async () => {
    await open(scene('people', noon));
    await press('F1');
    await click('product-row-T001');
    await fill('product-price', '40');
    await click('product-save');
    expect(till.asking?.what).toBe('edit_price');
    till.asking?.leave();
    await settle();
    expect((await fake.productForm('T001')).price).toBe(35);
  });
});

describe('a catalogue file', () => {
  test('with bad rows lists every one and takes none', async () => {
    await open();
    await press('F1');
    await click('products-import');
    await choose('code,barcode,name,category,price,tax\nN1,,茶,茶,三十,taxable\nN 2,,茶,茶,1,taxable\nN3,,好茶,茶,1,taxable\n');
    expect(find('import-refused')).not.toBeNull();
    expect([...document.querySelectorAll('tbody td:first-child')].map((each) => each.textContent)).toEqual(['2', '3']);
    expect(find('import-take')).toBeNull();
    expect(till.shelf.total).toBe(fakeProducts.length);
  });

  test('that is no catalogue says which column is missing', async () => {
    await open();
    await press('F1');
    await click('products-import');
    await choose('a,b\n1,2\n');
    expect(find('import-refused')?.textContent).toContain('code');
  });

  test('is looked at, and only then taken', async () => {
    await open();
    await press('F1');
    await click('products-import');
    await choose('code,barcode,name,category,price,tax\nN1,,好茶,茶,30,taxable\n');
    expect(find('import-added')?.textContent).toBe('1');
    expect(till.shelf.total).toBe(fakeProducts.length);
    await click('import-take');
    expect(find('import-taken')).not.toBeNull();
    await vi.waitFor(() => expect(till.shelf.total).toBe(fakeProducts.length + 1));
  });
});

describe('without a sale', () => {
  test('the drawer opens for a reason, and the report counts it', async () => {
    await open();
    await press('=');
    expect((find('drawer-yes') as HTMLButtonElement).disabled).toBe(true);
    await fill('drawer-reason', '換零錢');
    await click('drawer-yes');
    await press('F6');
    expect(find('tally-drawer_opened')?.dataset['count']).toBe('1');
  });

  test('goods come back for cash with a reason and a PIN', async () => {
    await open(scene('people', noon));
    await till.add('T001');
    await settle();
    await press('&');
    await fill('return-goods-reason', '瑕疵');
    await click('return-goods-yes');
    expect(till.asking?.what).toBe('refund');
    await till.asking?.give({ person: 'zhang', pin: '2345', reason: '沒有收據' });
    await settle();
    expect(till.view?.cart.lines).toEqual([]);
    expect((await fake.reportX()).tallies).toEqual([{ name: 'goods_returned', count: 1, amount: 35 }]);
  });

  test('more than a fifth off takes somebody else, and more than everything is refused', async () => {
    await open(scene('people', noon));
    await till.add('T001');
    await settle();
    await press('%');
    await click('off-50');
    expect(till.asking?.what).toBe('discount_over_limit');
    till.asking?.leave();
    await settle();
    expect(total()).toBe('35');
    await fill('discount-value', '101');
    expect((find('discount-yes') as HTMLButtonElement).disabled).toBe(true);
    await till.discountSale({ kind: 'percent', percent: 101 });
    await settle();
    expect(trouble()).toBe('bad_discount');
  });
});

describe('the scanner test page', () => {
  test('shows every character and gap, and what it was taken for; nothing is sold', async () => {
    await open();
    await press('F1');
    await click('scanner-open');
    await scan('4710001000084');
    expect(find('scanner-taken')?.dataset['kind']).toBe('scan');
    expect(document.querySelectorAll('thead kbd').length).toBe(14);
    expect(find('scanner-page')?.textContent).toContain('4 毫秒');
    expect(till.view?.cart.lines).toEqual([]);
    await press(...'4710001', 'Enter');
    expect(find('scanner-taken')?.dataset['kind']).toBe('typing');
  });

  test('a prefix and an end key of its own are taken off, and half a code is no scan', async () => {
    await open(scene('dressed', noon));
    const egg = fakeProducts.find((each) => each.barcode !== null);
    await scan(`~${egg?.barcode ?? ''}`, 'Tab');
    expect(till.view?.cart.lines[0]?.code).toBe(egg?.code);
    await scan(egg?.barcode ?? '', 'Tab');
    await scan('~47', 'Tab');
    expect(till.view?.cart.items).toBe(1);
    expect(trouble()).toBeUndefined();
  });
});
