// Where the cashier is: a page of the window, and on the till's page a stage of the sale.

import type { View } from '../ipc/client';

export type Page = 'till' | 'recent' | 'refunds' | 'report' | 'range' | 'statement' | 'tasks' | 'aside' | 'people' | 'products' | 'scanner' | 'day' | 'settings';
/** What the cashier asked to see; the sale itself decides the rest. */
export type Wanted = 'products' | 'cash' | 'methods';
export type Stage = Wanted | 'payment' | 'closed';

/** A live payment or a sale just closed outranks what was asked for, except a look at the other methods. */
export function stageOf(view: View, wanted: Wanted): Stage {
  const paid = view.attempt?.state.kind === 'paid';
  if (view.closed !== null && (view.attempt === null || paid)) return 'closed';
  // Paid, yet not closed: part of the sum is still due, and may be asked for in another way.
  if (paid) return wanted === 'products' ? 'payment' : wanted;
  if (view.attempt !== null) return wanted === 'methods' ? 'methods' : 'payment';
  if (view.cart.lines.length === 0) return 'products';
  return wanted;
}

export class Place {
  page = $state<Page>('till');
  wanted = $state<Wanted>('products');

  open(page: Page): void {
    this.page = this.page === page ? 'till' : page;
  }

  want(wanted: Wanted): void {
    this.page = 'till';
    this.wanted = wanted;
  }
}
