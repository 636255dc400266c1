import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeTill, HandClock, scene } from '../ipc/fake';
import type { Refundable } from '../ipc/client';
import { RefundDraft } from './draft.svelte';

const noon = Date.UTC(2026, 10, 20, 4, 0);
let client: FakeTill;
let sale: Refundable;

async function open(name: string): Promise<RefundDraft> {
  client = new FakeTill(scene(name, noon), new HandClock(noon));
  sale = await client.refundable('T1-000041');
  return new RefundDraft(sale, client, false);
}
const settled = async (draft: RefundDraft): Promise<number> => {
  await vi.waitFor(() => expect(draft.quote ?? draft.refused).not.toBeNull());
  return draft.quote?.amount ?? 0;
};

let draft: RefundDraft;
beforeEach(async () => (draft = await open('refund')));

describe('how many', () => {
  test('never more than are left, never fewer than none', () => {
    const line = sale.lines[1]!;
    draft.set(line, 99);
    expect(draft.pieces(line)).toBe(2);
    draft.set(line, -1);
    expect(draft.pieces(line)).toBe(0);
    expect(draft.wishes).toEqual([]);
  });

  test('all of it is what is left of the sale', async () => {
    draft.all();
    expect(await settled(draft)).toBe(sale.left);
    draft.none();
    expect(draft.quote).toBeNull();
    expect(draft.missing).toBe('lines');
  });

  test('only the last question counts, in whatever order the till answers', async () => {
    const answers: Array<() => void> = [];
    const ask = client.refundQuote;
    client.refundQuote = async (...asked) => {
      const answer = await ask(...asked);
      await new Promise<void>((done) => answers.push(done));
      return answer;
    };
    draft.set(sale.lines[1]!, 2);
    draft.set(sale.lines[1]!, 1);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.();
    await vi.waitFor(() => expect(draft.quote?.amount).toBe(95));
    answers[0]?.();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    expect(draft.quote?.amount).toBe(95);
  });
});

describe('where it goes', () => {
  test('to the card by itself, unless a person is to do it: then somebody approves', async () => {
    draft.all();
    await settled(draft);
    expect(draft.quote?.legs.map((leg) => leg.to.kind)).toEqual(['card']);
    expect(draft.ways).toEqual(['back_office', 'cash', 'bank_transfer']);
    draft.choose('cash');
    await vi.waitFor(() => expect(draft.quote?.needs_approval).toBe(true));
    expect(draft.quote?.legs[0]?.to).toMatchObject({ kind: 'hand', way: 'cash' });
  });

  test('the card first and the drawer last, where a sale was paid in two ways', async () => {
    draft = await open('refund-split');
    draft.all();
    await settled(draft);
    expect(draft.quote?.legs.map((leg) => leg.to.kind === 'card' ? 'card' : leg.to.way)).toEqual(['card', 'cash']);
  });

  test('the usual way by hand is not offered a second time', async () => {
    draft = await open('refund-twqr');
    expect(draft.ways).toEqual(['cash', 'bank_transfer']);
  });
});

test('a reason is wanted, and a name where nobody is registered and a person gives card money back', async () => {
  const alone = new RefundDraft(sale, client, true);
  alone.all();
  await settled(alone);
  expect(alone.missing).toBe('reason');
  alone.reason = ' ';
  expect(alone.missing).toBe('reason');
  alone.reason = '壞了';
  expect(alone.missing).toBeNull();
  alone.choose('cash');
  await vi.waitFor(() => expect(alone.missing).toBe('approver'));
  alone.approver = '店長';
  expect(alone.missing).toBeNull();
});

test('instalments go back as a whole: all is chosen from the start', async () => {
  const bound = { ...sale, payments: sale.payments.map((payment) => ({ ...payment, whole_only: true })) };
  const whole = new RefundDraft(bound, client, false);
  expect(whole.wishes).toEqual(sale.lines.map((line) => ({ line: line.line, quantity: line.left })));
});
