// What a tender is called.

import type { Tender } from '../ipc/client';
import type { zh } from '../words/zh';

export function tenderName(words: typeof zh, tender: Tender): string {
  switch (tender.kind) {
    case 'cash': return words.pay.cash;
    case 'online': return words.methods[tender.method].name;
    case 'recorded': return words.outside[tender.through].name;
  }
}
