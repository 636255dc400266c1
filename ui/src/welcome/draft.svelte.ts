// What a new shop has said of itself so far. Going back and forth loses none of it; nothing is kept before the last step.

import type { FirstRun, SettingChange, SettingName } from '../ipc/client';

export const steps = ['language', 'shop', 'till', 'owner', 'goods', 'ready'] as const;
export type Step = (typeof steps)[number];
export type Receipts = 'zh' | 'en' | 'both';
export type Goods = 'sample' | 'file' | 'none';

export class Draft {
  at = $state(0);
  receipts = $state<Receipts>('zh');
  name = $state('');
  taxId = $state('');
  address = $state('');
  phone = $state('');
  till = $state('T1');
  owner = $state('');
  pin = $state('');
  again = $state('');
  goods = $state<Goods>('sample');

  get step(): Step {
    return steps[this.at] ?? 'ready';
  }

  /** A shop that says nothing of itself is the sample shop. */
  get named(): boolean {
    return [this.name, this.taxId, this.address, this.phone].some((text) => text.trim() !== '');
  }

  get owned(): boolean {
    return this.owner.trim() !== '' || this.pin !== '' || this.again !== '';
  }

  get pinsDiffer(): boolean {
    return this.again !== '' && this.pin !== this.again;
  }

  /** Whether what a step asks for is all there, or none of it. */
  get complete(): boolean {
    return this.step !== 'owner' || !this.owned || (this.owner.trim() !== '' && this.pin !== '' && this.pin === this.again);
  }

  /** What a step would set. */
  changes(step: Step): SettingChange[] {
    const text = (name: SettingName, value: string): SettingChange => ({ name, value: { kind: 'text', value: value.trim() } });
    switch (step) {
      case 'language': return [text('receipt.language', this.receipts)];
      case 'shop': return this.named ? [text('shop.name', this.name), text('shop.tax_id', this.taxId), text('shop.address', this.address), text('shop.phone', this.phone)] : [];
      case 'till': return [text('till.id', this.till.toUpperCase())];
      default: return [];
    }
  }

  /** All of it, as the till is told. */
  said(): FirstRun {
    return {
      changes: steps.flatMap((step) => this.changes(step)),
      sample: this.goods === 'sample',
      owner: this.owned ? { name: this.owner, pin: this.pin } : null,
    };
  }
}
