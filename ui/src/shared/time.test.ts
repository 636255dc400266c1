import { expect, test } from 'vitest';
import { age, countdown, dayHourMinute, hourMinute } from './time';

test.each([
  [600_000, '10:00'], [599_999, '10:00'], [599_000, '9:59'], [60_000, '1:00'], [59_001, '1:00'], [59_000, '0:59'],
  [1, '0:01'], [0, '0:00'], [-5000, '0:00'], [3_600_000, '1:00:00'], [3_723_000, '1:02:03'],
])('%i ms left reads %s', (left, text) => {
  expect(countdown(1_000_000 + left, 1_000_000)).toBe(text);
});

test('times are Taipei times wherever the computer believes it is', () => {
  const beforeMidnightInUtc = Date.UTC(2026, 10, 20, 16, 30);
  expect(hourMinute(beforeMidnightInUtc)).toBe('00:30');
  expect(dayHourMinute(beforeMidnightInUtc)).toBe('2026-11-21 00:30');
});

test.each([
  [0, { unit: 'now', count: 0 }], [59_999, { unit: 'now', count: 0 }], [60_000, { unit: 'minutes', count: 1 }],
  [59 * 60_000, { unit: 'minutes', count: 59 }], [3_600_000, { unit: 'hours', count: 1 }], [47 * 3_600_000, { unit: 'hours', count: 47 }],
  [48 * 3_600_000, { unit: 'days', count: 2 }], [-1000, { unit: 'now', count: 0 }],
])('%i ms ago', (ago, answer) => {
  expect(age(10_000_000_000 - ago, 10_000_000_000)).toEqual(answer);
});
