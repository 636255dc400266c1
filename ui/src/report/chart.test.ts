import { expect, test } from 'vitest';
import { bars, fillHours, roundTop } from './chart';

test.each([[0, 1], [7, 10], [35, 50], [1791, 2000], [2000, 2000], [2001, 5000], [90_000, 100_000]])('the axis for %i ends at %i', (highest, top) => {
  expect(roundTop(highest)).toBe(top);
});

test('quiet hours between busy ones are shown empty', () => {
  expect(fillHours([{ hour: '09', count: 2, net: 80 }, { hour: '12', count: 1, net: 40 }]).map((each) => [each.hour, each.net])).toEqual([['09', 80], ['10', 0], ['11', 0], ['12', 40]]);
});

test('bars stand on the ground and keep their proportions', () => {
  const [half, full] = bars([{ hour: '08', count: 1, net: 50 }, { hour: '09', count: 1, net: 100 }], 200, 100);
  expect(half).toMatchObject({ y: 50, height: 50 });
  expect(full).toMatchObject({ y: 0, height: 100 });
});

test('no sales, no bars', () => {
  expect(bars([], 200, 100)).toEqual([]);
});
