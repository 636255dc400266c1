// A cashier at the keyboard: the whole window over the fake till, with a clock that is moved by hand.

import { flushSync, mount, tick, unmount } from 'svelte';
import { vi } from 'vitest';
import type { Page } from '../src/frame/place.svelte';
import { Till } from '../src/frame/till.svelte';
import Window from '../src/frame/Window.svelte';
import { FakeTill, HandClock, type FakeStart } from '../src/ipc/fake';
import { silence } from '../src/shared/sounds';
import { language } from '../src/words/language.svelte';

export const noon = Date.UTC(2026, 10, 20, 4, 0);
export let clock: HandClock;
export let till: Till;
export let fake: FakeTill;
let shown: ReturnType<typeof mount> | null = null;
let at_ms = 0;

/** The window of a till; on another page than the sale's where a story begins there. */
export async function open(start: FakeStart = {}, page: Page = 'till'): Promise<void> {
  clock = new HandClock(noon);
  fake = new FakeTill(start, clock);
  till = new Till(fake, silence);
  await till.start();
  till.place.page = page;
  shown = mount(Window, { target: document.body, props: { till } });
  await settle();
}

/** Lets every promise and effect that is under way finish. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    await Promise.resolve();
    await tick();
  }
  flushSync();
}

export function find(testid: string): HTMLElement | null {
  return document.querySelector(`[data-testid="${testid}"]`);
}

export function dispatch(key: string, gap_ms: number, code = '', repeat = false): void {
  at_ms += gap_ms;
  const event = new KeyboardEvent('keydown', { key, code, repeat, bubbles: true, cancelable: true });
  Object.defineProperty(event, 'timeStamp', { value: at_ms });
  const target = document.activeElement ?? document.body;
  const goesOn = target.dispatchEvent(event);
  if (!goesOn) return;
  // What a browser does next by itself.
  if (target instanceof HTMLInputElement && key.length === 1) {
    target.value += key;
    target.dispatchEvent(new Event('input', { bubbles: true }));
  }
  if (target instanceof HTMLButtonElement && key === 'Enter') target.click();
}

export async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    dispatch(key, 400);
    await settle();
  }
}

/** As a barcode scanner types. */
export async function scan(code: string): Promise<void> {
  at_ms += 400;
  for (const key of code) dispatch(key, 4);
  dispatch('Enter', 4, 'Enter');
  await settle();
}

/** Before each test. */
export function begin(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  // jsdom lays nothing out, so there is no size to follow.
  vi.stubGlobal('ResizeObserver', class { observe = () => undefined; unobserve = () => undefined; disconnect = () => undefined; });
  // Nor does it know modal dialogs.
  HTMLDialogElement.prototype.showModal = function showModal(): void { this.open = true; };
  language.name = 'zh';
  at_ms = 0;
}

/** After each test. */
export async function end(): Promise<void> {
  if (shown !== null) await unmount(shown);
  shown = null;
  vi.useRealTimers();
  document.body.innerHTML = '';
}
