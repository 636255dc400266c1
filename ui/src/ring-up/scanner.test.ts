import { describe, expect, test } from 'vitest';
import { Scanner, type Reading, type Stroke } from './scanner';

/** Types `text` with `gap_ms` between keys, then Enter after `end_ms`; answers the last reading. */
function type(scanner: Scanner, text: string, gap_ms: number, end_ms = gap_ms, start_ms = 1000): Reading {
  let at_ms = start_ms;
  for (const key of text) {
    scanner.read({ key, code: '', at_ms });
    at_ms += gap_ms;
  }
  return scanner.read({ key: 'Enter', code: 'Enter', at_ms: at_ms - gap_ms + end_ms });
}

const ean = '4710088412345';

describe('the timing table', () => {
  const table: Array<[what: string, text: string, gap_ms: number, end_ms: number, scan: boolean]> = [
    ['a fast scanner', ean, 1, 1, true],
    ['all keys at one moment', ean, 0, 0, true],
    ['a slow scanner', ean, 30, 30, true],
    ['just quick enough', ean, 35, 35, true],
    ['a person typing fast', ean, 60, 60, false],
    ['a person typing', ean, 140, 140, false],
    ['six characters', 'A00123', 5, 5, true],
    ['five characters', 'A0012', 5, 5, false],
    ['Enter comes a little later', ean, 5, 100, true],
    ['Enter comes much later, by hand', ean, 5, 400, false],
    ['a word without a digit', 'coffee', 5, 5, false],
    ['a product code with a dash', 'TEA-0042', 8, 8, true],
  ];
  test.each(table)('%s', (_, text, gap_ms, end_ms, scan) => {
    const reading = type(new Scanner(), text, gap_ms, end_ms);
    expect(reading).toEqual(scan ? { kind: 'scan', code: text, length: text.length } : { kind: 'none' });
  });
});

test('one late key in the middle does not halve the code', () => {
  const scanner = new Scanner();
  let at_ms = 0;
  [...ean].forEach((key, at) => {
    at_ms += at === 6 ? 110 : 5;
    scanner.read({ key, code: '', at_ms });
  });
  expect(scanner.read({ key: 'Enter', code: '', at_ms: at_ms + 5 })).toMatchObject({ kind: 'scan', code: ean });
});

test('a pause starts a new code', () => {
  const scanner = new Scanner();
  for (const [at, key] of [...'999'].entries()) scanner.read({ key, code: '', at_ms: at * 5 });
  expect(type(scanner, ean, 5, 5, 2000)).toMatchObject({ kind: 'scan', code: ean });
});

test('two codes one after the other are two scans', () => {
  const scanner = new Scanner();
  expect(type(scanner, ean, 3, 3, 0)).toMatchObject({ code: ean });
  expect(type(scanner, '4712345678905', 3, 3, 45)).toMatchObject({ code: '4712345678905' });
});

test('digits are read from the key position while a Chinese input method is on', () => {
  const scanner = new Scanner();
  [...ean].forEach((digit, at) => scanner.read({ key: 'Process', code: `Digit${digit}`, at_ms: at * 4 }));
  expect(scanner.read({ key: 'Process', code: 'Enter', at_ms: 60 })).toMatchObject({ kind: 'scan', code: ean });
});

test('letters and number pad digits are read from the key position too', () => {
  const scanner = new Scanner();
  const codes = ['KeyA', 'Minus', 'Numpad4', 'Numpad7', 'Digit1', 'Digit0'];
  codes.forEach((code, at) => scanner.read({ key: 'ㄅ', code, at_ms: at * 4 }));
  expect(scanner.read({ key: 'Enter', code: 'NumpadEnter', at_ms: 30 })).toMatchObject({ kind: 'scan', code: 'A-4710' });
});

test('Shift between letters is neither a character nor an end', () => {
  const scanner = new Scanner();
  const strokes: Stroke[] = [...'AB1234'].flatMap((key, at) => [{ key: 'Shift', code: 'ShiftLeft', at_ms: at * 6 }, { key, code: '', at_ms: at * 6 + 1 }]);
  strokes.forEach((stroke) => scanner.read(stroke));
  expect(scanner.read({ key: 'Enter', code: '', at_ms: 40 })).toMatchObject({ kind: 'scan', code: 'AB1234' });
});

test.each<[string, Partial<Stroke>]>([
  ['a key held down', { key: '1', held: true }],
  ['a shortcut', { key: '1', modified: true }],
  ['an arrow', { key: 'ArrowLeft', code: 'ArrowLeft' }],
  ['Escape', { key: 'Escape', code: 'Escape' }],
])('%s breaks a code off', (_, stroke) => {
  const scanner = new Scanner();
  [...'471008'].forEach((key, at) => scanner.read({ key, code: '', at_ms: at * 4 }));
  scanner.read({ key: '', code: '', at_ms: 24, ...stroke });
  expect(scanner.read({ key: 'Enter', code: 'Enter', at_ms: 28 })).toEqual({ kind: 'none' });
});

test('an endless stream is given up, not kept', () => {
  expect(type(new Scanner(), '1'.repeat(129), 1)).toEqual({ kind: 'none' });
});

test('the first character says that a scan may begin', () => {
  expect(new Scanner().read({ key: '4', code: 'Digit4', at_ms: 0 })).toEqual({ kind: 'begins' });
});
