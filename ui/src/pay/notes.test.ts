import { expect, test } from 'vitest';
import { likelyCash, withDigits } from './notes';

test.each([
  [87, [87, 100, 500, 1000]], [100, [100, 500, 1000]], [315, [315, 400, 500, 1000]], [450, [450, 500, 1000]],
  [999, [999, 1000]], [1000, [1000]], [1280, [1280, 1300, 1500, 2000]], [0, []],
])('for %i offers %j', (due, sums) => {
  expect(likelyCash(due)).toEqual(sums);
});

test.each([['', '0', '0'], ['0', '5', '5'], ['10', '00', '1000'], ['1234567', '8', '1234567'], ['', '00', '0']])('%s then %s gives %s', (before, digits, after) => {
  expect(withDigits(before, digits)).toBe(after);
});
