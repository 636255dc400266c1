// Which key means what, as a table that can be tested without a window.

import type { Page, Stage } from './place.svelte';

export type Command =
  | 'search' | 'recent' | 'refunds' | 'report' | 'tasks' | 'cash' | 'online' | 'display' | 'people' | 'settings' | 'lock' | 'back'
  | 'more' | 'fewer' | 'remove' | 'next_sale' | 'aside' | 'discount' | 'open_item' | 'note' | 'products' | 'drawer' | 'return_goods';

export type Where = {
  page: Page;
  stage: Stage;
  /** The focus is in a field that takes text. */
  typing: boolean;
  /** The focus is on something Enter presses. */
  onControl: boolean;
};

export function commandOf(key: string, where: Where): Command | null {
  switch (key) {
    case 'F1': return 'products';
    case 'F2': return 'search';
    case 'F3': return 'aside';
    case 'F4': return 'recent';
    case 'F5': return 'refunds';
    case 'F6': return 'report';
    case 'F7': return 'tasks';
    case 'F8': return 'cash';
    case 'F9': return 'online';
    case 'F11': return 'display';
    case 'F10': return 'people';
    case 'F12': return 'lock';
    case 'Escape': return 'back';
    default:
  }
  if (where.typing || where.page !== 'till') return null;
  if (key === '/') return 'search';
  if (key === ',') return 'settings';
  if (where.stage === 'closed') return key === 'Enter' && !where.onControl ? 'next_sale' : null;
  if (where.stage !== 'products') return null;
  if (key === '+') return 'more';
  if (key === '-') return 'fewer';
  if (key === 'Delete') return 'remove';
  if (key === '%') return 'discount';
  if (key === '.') return 'open_item';
  if (key === '#') return 'note';
  if (key === '=') return 'drawer';
  if (key === '&') return 'return_goods';
  return null;
}
