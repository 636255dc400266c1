import { expect, test } from 'vitest';
import { FakeTill, HandClock } from '../ipc/fake';
import type { View } from '../ipc/client';
import { stageOf, type Stage, type Wanted } from './place.svelte';

const till = new FakeTill({ customer: () => [] }, new HandClock(Date.UTC(2026, 10, 20, 4)));
const empty = await till.view();
const full = await till.add('T001');
const live = await till.payOnline('all');
const paid: View = { ...live, attempt: live.attempt && { ...live.attempt, state: { kind: 'paid', late: false, over: false } } };
const closed: View = { ...empty, closed: { sale: 'T1-1', total: 35, closed_ms: 0, tenders: [], change: 0, unverified: false, receipt: { kind: 'due' } } };

const table: Array<[what: string, view: View, wanted: Wanted, stage: Stage]> = [
  ['nothing rung up', empty, 'products', 'products'],
  ['nothing to pay for', empty, 'cash', 'products'],
  ['cash asked for', full, 'cash', 'cash'],
  ['methods asked for', full, 'methods', 'methods'],
  ['a live payment', live, 'products', 'payment'],
  ['a live payment outranks cash', live, 'cash', 'payment'],
  ['another method during a payment', live, 'methods', 'methods'],
  ['a closed sale', closed, 'products', 'closed'],
  ['a closed sale with its paid payment', { ...closed, attempt: paid.attempt }, 'products', 'closed'],
  ['a live payment after an older closed sale', { ...closed, attempt: live.attempt }, 'products', 'payment'],
  ['paid, but more is due', paid, 'products', 'payment'],
  ['paid, and the rest in cash', paid, 'cash', 'cash'],
];

test.each(table)('%s', (_, view, wanted, stage) => {
  expect(stageOf(view, wanted)).toBe(stage);
});
