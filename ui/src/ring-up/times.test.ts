import { expect, test } from 'vitest';
import { quantityPrefix, Times } from './times';

function typed(keys: string): Times {
  const times = new Times();
  for (const key of keys) times.key(key);
  return times;
}

test.each([['3*', 3], ['12*', 12], ['012*', 12], ['*', 1], ['0*', 1], ['3', 1], ['1234*', 234], ['3a*', 1]])('%s counts %i', (keys, next) => {
  expect(typed(keys).next).toBe(next);
});

test('a quantity is used once', () => {
  const times = typed('4*');
  expect(times.take()).toBe(4);
  expect(times.take()).toBe(1);
});

test.each([
  ['3*', { times: 3, rest: '' }],
  ['3*tea', { times: 3, rest: 'tea' }],
  ['2x 茶', { times: 2, rest: '茶' }],
  ['3', null],
  ['0*tea', null],
  ['4710088412345', null],
])('%s in the search field', (text, answer) => {
  expect(quantityPrefix(text)).toEqual(answer);
});
