import { expect, test } from 'vitest';
import { money } from './money';

test.each([[0, '$0'], [35, '$35'], [1280, '$1,280'], [1_999_999, '$1,999,999'], [-40, '−$40']])('%i is %s', (dollars, text) => {
  expect(money(dollars)).toBe(text);
});
