import { expect, test } from 'vitest';
import { arrowed } from './arrows';

test.each([
  ['ArrowRight', 0, 1], ['ArrowLeft', 0, null], ['ArrowDown', 1, 6], ['ArrowUp', 6, 1], ['ArrowUp', 1, null], ['ArrowDown', 9, null],
  ['Home', 7, 0], ['End', 0, 11], ['Enter', 3, null], ['ArrowRight', 11, null],
])('%s from %i of twelve in fives leads to %s', (key, at, next) => {
  expect(arrowed(key, at, 12, 5)).toBe(next);
});
