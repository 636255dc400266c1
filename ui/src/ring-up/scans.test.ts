import { expect, test, vi } from 'vitest';
import { Scans } from './scans';

test('scans that arrive while one is worked on are all handled, in order', async () => {
  const done: string[] = [];
  const waiting: Array<() => void> = [];
  const scans = new Scans((code) => new Promise((resolve) => waiting.push(() => { done.push(code); resolve(); })));
  ['a', 'b', 'c'].forEach((code) => scans.put(code));
  for (let at = 0; at < 3; at += 1) {
    expect(waiting).toHaveLength(at + 1);
    waiting[at]?.();
    await vi.waitFor(() => expect(done).toHaveLength(at + 1));
    await Promise.resolve();
  }
  expect(done).toEqual(['a', 'b', 'c']);
});

test('a scan that fails does not stop the next', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const done: string[] = [];
  const scans = new Scans(async (code) => {
    if (code === 'bad') throw new Error('unknown');
    done.push(code);
  });
  scans.put('bad');
  scans.put('good');
  await vi.waitFor(() => expect(done).toEqual(['good']));
  expect(logged).toHaveBeenCalledOnce();
  logged.mockRestore();
});

test('a full queue refuses instead of growing', () => {
  const scans = new Scans(() => new Promise(() => undefined));
  const taken = Array.from({ length: 250 }, (_, at) => scans.put(String(at))).filter(Boolean);
  // One is being worked on, 200 wait.
  expect(taken).toHaveLength(201);
});
