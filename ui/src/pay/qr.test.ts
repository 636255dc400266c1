import { expect, test } from 'vitest';
import { fakeQrRows } from '../ipc/fake/qr';
import { qrPath, quietModules } from './qr';

test('dark runs become rectangles behind the quiet zone', () => {
  expect(qrPath(['011', '100'])).toBe('M5 4h2v1h-2zM4 5h1v1h-1z');
});

test('every dark module is drawn once', () => {
  const drawn = [...qrPath(fakeQrRows).matchAll(/h(\d+)v1/g)].reduce((sum, run) => sum + Number(run[1]), 0);
  expect(drawn).toBe(fakeQrRows.join('').replaceAll('0', '').length);
  expect(quietModules).toBe(4);
});
