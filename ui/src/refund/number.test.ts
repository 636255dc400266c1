import { expect, test } from 'vitest';
import { saleNumberOf, saleOnReceipt } from './number';

test.each([
  ['42', 'T1-000042'], [' 42 ', 'T1-000042'], ['1234567', 'T1-1234567'], ['t1-000042', 'T1-000042'], ['T2-000007', 'T2-000007'], ['what', 'WHAT'],
])('%j typed at till T1 is %s', (typed, number) => {
  expect(saleNumberOf(typed, 'T1')).toBe(number);
});

test.each([
  ['T1-000042', 'T1-000042'], ['t1-000042', 'T1-000042'], ['T1-1234567', 'T1-1234567'],
  // Another till's sale, a product, a refund, half a number: none of them is a sale of this till.
  ['T2-000042', null], ['4710001000011', null], ['AB-123456', null], ['T1-R000007', null], ['T1-42', null],
])('%j scanned at till T1 is the receipt of %s', (scanned, sale) => {
  expect(saleOnReceipt(scanned, 'T1')).toBe(sale);
});

test('a till that is not open yet has no receipts', () => {
  expect(saleOnReceipt('-000042', '')).toBeNull();
});
