// The customer's window, fed by hand: what it shows, in both languages, and that it keeps saying it is there.

import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { beatMs, keepBeating } from '../src/customer/beat';
import CustomerWindow from '../src/customer/CustomerWindow.svelte';
import type { Display } from '../src/ipc/bindings';
import { displayScene, displayScenes } from '../src/ipc/fake/displays';
import { en } from '../src/words/en';
import { zh } from '../src/words/zh';

const noon = Date.UTC(2026, 10, 20, 4, 0);
let show: (display: Display) => void = () => undefined;
let shown: ReturnType<typeof mount> | null = null;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) {
    await Promise.resolve();
    await tick();
  }
  flushSync();
}

async function open(scene: string): Promise<void> {
  shown = mount(CustomerWindow, { target: document.body, props: { source: { follow: (told) => { show = told; }, beat: () => undefined } } });
  await settle();
  show(displayScene(scene, noon));
  await settle();
}

const find = (testid: string): HTMLElement | null => document.querySelector(`[data-testid="${testid}"]`);
const text = (): string => document.body.textContent ?? '';

beforeEach(() => {
  vi.useFakeTimers({ now: noon, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(async () => {
  if (shown !== null) await unmount(shown);
  shown = null;
  vi.useRealTimers();
  document.body.innerHTML = '';
});

describe('the customer\'s display', () => {
  test.each(displayScenes)('%s says it in both languages', async (scene) => {
    await open(scene);
    const spoken = [...document.querySelectorAll('.both')];
    expect(spoken.length).toBeGreaterThan(0);
    for (const each of spoken) {
      expect(each.querySelector('[lang="zh-Hant-TW"]')?.textContent).toMatch(/[一-鿿]/);
      expect(each.querySelector('[lang="en"]')?.textContent).toMatch(/[A-Za-z]/);
    }
  });

  test('shows the lines and the total as they are rung up', async () => {
    await open('bill');
    expect(find('display-lines')?.querySelectorAll('li').length).toBe(5);
    expect(Number(find('display-total')?.dataset['amount'])).toBeGreaterThan(0);
    const now = displayScene('bill', noon);
    if (now.shows.kind !== 'bill') throw new Error('a bill');
    const [first] = now.shows.bill.lines;
    if (first === undefined) throw new Error('a line');
    show({ ...now, revision: 2, shows: { kind: 'bill', bill: { ...now.shows.bill, lines: now.shows.bill.lines.map((line) => (line === first ? { ...line, quantity: 9 } : line)) } } });
    await settle();
    expect(document.querySelector('li.fresh')?.textContent).toContain(first.name);
  });

  test.each(['scan', 'on_phone', 'try_again'])('%s has the QR and the amount', async (scene) => {
    await open(scene);
    expect(find('qr')).not.toBeNull();
    expect(text()).toContain('$');
  });

  test.each(['confirming', 'unknown', 'time_up', 'received'])('%s offers nothing to pay with', async (scene) => {
    await open(scene);
    expect(find('qr')).toBeNull();
    expect(find('display-code')).toBeNull();
  });

  test('not knowing never reads as not paid', () => {
    for (const kind of ['unknown', 'confirming'] as const) {
      expect(zh.customer.steps[kind].what + zh.customer.steps[kind].next).not.toMatch(/未付|沒付|失敗|重新付/);
      expect(en.customer.steps[kind].what + en.customer.steps[kind].next).not.toMatch(/unpaid|failed|declined/i);
      expect(en.customer.steps[kind].next).toMatch(/not pay again|no need to pay again/);
    }
  });

  test('thanks and the change, and after half a minute the next customer is not shown them', async () => {
    await open('change');
    expect(find('display-change')?.dataset['amount']).toBe('215');
    vi.advanceTimersByTime(29_000);
    await settle();
    expect(find('display-thanks')).not.toBeNull();
    vi.advanceTimersByTime(2_000);
    await settle();
    expect(find('display')?.dataset['shows']).toBe('welcome');
    show({ ...displayScene('bill', noon), revision: 2 });
    await settle();
    expect(find('display')?.dataset['shows']).toBe('bill');
  });

  test('what is older than what is shown is not shown', async () => {
    await open('bill');
    show({ ...displayScene('unknown', noon), revision: 5 });
    show({ ...displayScene('scan', noon), revision: 4 });
    await settle();
    expect(find('display-step')?.dataset['step']).toBe('unknown');
  });

  test('practice is marked as practice', async () => {
    await open('bill');
    expect(find('display-profile')).toBeNull();
    show({ ...displayScene('bill', noon), profile: 'training', revision: 2 });
    await settle();
    expect(find('display-profile')?.textContent).toContain('訓練模式');
    expect(find('display-profile')?.textContent).toContain('Training');
  });
});

describe('the beat', () => {
  test('comes at once and several times a second, and says when the page is hidden', () => {
    const beats: boolean[] = [];
    const stop = keepBeating((visible) => beats.push(visible));
    expect(beats).toEqual([true]);
    vi.advanceTimersByTime(beatMs * 3);
    expect(beats).toEqual([true, true, true, true]);
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(beats.at(-1)).toBe(false);
    visibility.mockRestore();
    stop();
    vi.advanceTimersByTime(beatMs * 3);
    expect(beats.length).toBe(5);
  });
});
