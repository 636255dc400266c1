// All that the customer's window has of the till: one stream in, one beat out. Its screens import this file and nothing
// beside or below it.

import type { Display } from './bindings';

export type { Bill, BillLine, Display, PaymentCode, PayStep, Shows } from './bindings';

export interface DisplaySource {
  /** Calls back with what is so now, and with every change. */
  follow(show: (display: Display) => void): void;
  /** This page runs, and can be seen or not. */
  beat(visible: boolean): void;
}

/** The till behind the app's window; in a plain browser a picture book, `?scene=…`. */
export async function connect(): Promise<DisplaySource> {
  if ('__TAURI_INTERNALS__' in window) {
    const { TauriDisplay } = await import('./display-tauri');
    return new TauriDisplay();
  }
  const { displayScene } = await import('./fake/displays');
  const display = displayScene(new URLSearchParams(window.location.search).get('scene') ?? 'bill', Date.now());
  return { follow: (show) => show(display), beat: () => undefined };
}
