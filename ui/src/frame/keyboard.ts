// The one listener for keys: first the scanner, then the keys with a meaning, then a quantity before a scan.

import { Scanner, type Dress, type Reading } from '../ring-up/scanner';
import { Times } from '../ring-up/times';
import { commandOf, type Command } from './keys';
import type { Till } from './till.svelte';

const enterPresses = 'button, a[href], [role="tab"], [role="option"], summary';

export class Keyboard {
  #till: Till;
  #scanner = new Scanner();
  #times = new Times();
  /** A field and what it held before a scan began to type into it. */
  #before: { field: HTMLInputElement; text: string } | null = null;
  /** The scanner's test page, which is shown every key and what it was taken for. */
  watch: ((key: string, at_ms: number, reading: Reading) => void) | null = null;

  constructor(till: Till) {
    this.#till = till;
  }

  wear(dress: Dress): void {
    this.#scanner.wear(dress);
  }

  press(event: KeyboardEvent): void {
    // A window that loads itself again forgets what was being typed.
    if (event.key === 'F5') event.preventDefault();
    const focused = document.activeElement;
    const field = focused instanceof HTMLInputElement ? focused : null;
    // A passphrase is typed; a PIN is digits, which a scanner types too.
    const reading: Reading = field?.type === 'password' && field.dataset['pin'] === undefined ? { kind: 'none' } : this.#read(event);
    this.watch?.(event.key, event.timeStamp, reading);
    if (reading.kind === 'begins') this.#remember(field);
    if (reading.kind === 'scan') {
      this.#scanned(event, reading.code);
      return;
    }
    // The "-" inside a barcode is not one piece fewer.
    if (reading.kind === 'goes_on' && reading.quick) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;

    if (this.#till.locked || this.#till.welcome || this.#till.asking !== null) return;
    const command = commandOf(event.key, {
      page: this.#till.place.page, stage: this.#till.stage, typing: field !== null, onControl: focused?.matches(enterPresses) === true,
    });
    if (event.repeat && (command !== null || event.key === 'Enter') && command !== 'more' && command !== 'fewer') {
      // A key held down asks once: no second Esc cancels, no second Enter starts the next sale.
      event.preventDefault();
      return;
    }
    if (command !== null && this.#obey(command)) {
      event.preventDefault();
      return;
    }
    if (field === null && this.#till.stage === 'products' && this.#till.place.page === 'till') this.#quantity(event.key);
  }

  #read(event: KeyboardEvent): Reading {
    return this.#scanner.read({
      key: event.key, code: event.code, at_ms: event.timeStamp, held: event.repeat, modified: event.ctrlKey || event.altKey || event.metaKey,
    });
  }

  /** Without a focused field the keys may still end up in the stage's only one: a "/" opens the search, digits are cash. */
  #remember(focused: HTMLInputElement | null): void {
    const field = focused ?? document.querySelector<HTMLInputElement>('input:not([type="password"])');
    this.#before = field === null ? null : { field, text: field.value };
  }

  #scanned(event: KeyboardEvent, code: string): void {
    // Enter must neither press the focused button nor confirm the digits the scanner typed into a field.
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.#before !== null) {
      this.#before.field.value = this.#before.text;
      this.#before.field.dispatchEvent(new Event('input', { bubbles: true }));
      this.#before = null;
    }
    this.#times.forget();
    this.#till.scan(code);
  }

  #quantity(key: string): void {
    if (this.#times.key(key) && key === '*') this.#till.times = this.#times.take();
  }

  /** False when the key has nothing to do here and keeps its usual meaning. */
  #obey(command: Command): boolean {
    const till = this.#till;
    switch (command) {
      case 'search': return this.#search();
      case 'recent': till.place.open('recent'); return true;
      case 'refunds': till.refundKey(); return true;
      case 'report': till.reportKey(); return true;
      case 'tasks': till.place.open('tasks'); return true;
      case 'aside': till.asideKey(); return true;
      case 'discount': till.open('discount'); return true;
      case 'open_item': till.open('open_item'); return true;
      case 'note': till.open('note'); return true;
      case 'drawer': till.open('drawer'); return true;
      case 'return_goods': till.open('return_goods'); return true;
      case 'products': till.place.open('products'); return true;
      case 'cash':
        if (!till.paymentLive) till.askFor('cash');
        return true;
      case 'online': till.askFor('methods'); return true;
      case 'display': till.toggleCustomerScreen(); return true;
      case 'people': till.place.open('people'); return true;
      case 'settings': till.place.open('settings'); return true;
      case 'lock': void till.lock(); return true;
      case 'back': return this.#back();
      case 'more': till.changeSelected(1); return true;
      case 'fewer': till.changeSelected(-1); return true;
      case 'remove': till.removeSelected(); return true;
      case 'next_sale': void till.dismissClosed(); return true;
    }
  }

  #search(): boolean {
    const till = this.#till;
    if (till.view === null || till.view.stopped !== null || till.view.attempt !== null) return true;
    till.place.want('products');
    if (till.stage === 'closed') void till.dismissClosed();
    till.focusSearch += 1;
    return true;
  }

  #back(): boolean {
    const till = this.#till;
    if (till.slip !== null) {
      till.slip = null;
      return true;
    }
    if (till.panel !== null) {
      till.panel = null;
      return true;
    }
    if (till.within?.() === true) return true;
    if (till.place.page === 'refunds' && till.refundOf !== null) {
      till.refundOf = null;
      return true;
    }
    if (till.place.page !== 'till') {
      till.place.page = 'till';
      return true;
    }
    if (till.releasing !== null) {
      till.releasing = null;
      return true;
    }
    switch (till.stage) {
      case 'cash':
      case 'methods':
        till.place.want('products');
        return true;
      case 'payment':
        if (till.view?.attempt?.can_cancel !== true) return true;
        if (till.askingToCancel) void till.cancelPayment();
        else till.askingToCancel = true;
        return true;
      case 'closed':
        void till.dismissClosed();
        return true;
      case 'products':
        till.calm();
        till.times = 1;
        this.#times.forget();
        // The search field clears itself.
        return false;
    }
  }
}
