// A receipt that did not come out: one quiet bar, and the counter goes on.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeProducts, scene } from '../src/ipc/fake';
import { begin, end, find, noon, open, press, scan, settle } from './counter';

const eggCode = fakeProducts.find((each) => each.name === '茶葉蛋')?.barcode ?? '';

beforeEach(begin);
afterEach(end);

test('a receipt without paper is said quietly, and the next customer is served meanwhile', async () => {
  await open(scene('not-printed', noon));
  expect(find('print-bar')?.textContent).toContain('沒紙了');
  await scan(eggCode);
  expect(find('cart-total')?.dataset['amount']).toBe('13');
  await press('F8', '5', '0', 'Enter');
  expect(find('sale-closed')).not.toBeNull();
  expect(find('print-bar')).not.toBeNull();
});

test('one press prints again, and asks nothing', async () => {
  await open(scene('not-printed', noon));
  expect(find('choice-print/T1-000040-retry')?.textContent).toContain('再印一次');
  find('choice-print/T1-000040-retry')?.click();
  await settle();
  expect(find('print-bar')).toBeNull();
});

test('where part of it may be out, another one is called a copy, and another printer by its name', async () => {
  await open(scene('half-printed', noon));
  expect(find('choice-print/T1-000040-retry')?.textContent).toContain('副本');
  expect(find('choice-print/T1-000040-other_printer')?.textContent).toContain('吧台');
  find('choice-print/T1-000040-leave_out')?.click();
  await settle();
  expect(find('print-bar')).toBeNull();
});
