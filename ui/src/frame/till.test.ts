import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeTill, fakeProducts, HandClock, scene, type FakeStart } from '../ipc/fake';
import type { Sounds } from '../shared/sounds';
import { Till } from './till.svelte';

const noon = Date.UTC(2026, 10, 20, 4, 0);
let clock: HandClock;
let heard: string[];
let till: Till;

async function open(start: FakeStart = {}): Promise<void> {
  clock = new HandClock(noon);
  heard = [];
  const sound = (name: string) => () => void heard.push(name);
  const sounds: Sounds = { accepted: sound('accepted'), unknown: sound('unknown'), paid: sound('paid'), alarm: sound('alarm') };
  till = new Till(new FakeTill(start, clock), sounds);
  await till.start();
}

function barcode(name: string): string {
  const found = fakeProducts.find((each) => each.name === name)?.barcode;
  if (found === null || found === undefined) throw new Error(`${name} has no barcode`);
  return found;
}

const cart = () => till.view?.cart;

beforeEach(() => open());

describe('ringing up', () => {
  test('how many products there are comes with the first view, and not they themselves', () => {
    expect(till.shelf.total).toBeGreaterThan(100);
    expect(till.stage).toBe('products');
  });

  test('a scan adds a line and selects it', async () => {
    till.scan(barcode('茶葉蛋'));
    await vi.waitFor(() => expect(cart()?.total).toBe(13));
    expect(till.selected).toBe(cart()?.lines[0]?.line);
    expect(heard).toEqual(['accepted']);
  });

  test('ten scans in one breath all arrive', async () => {
    for (let at = 0; at < 10; at += 1) till.scan(barcode('茶葉蛋'));
    await vi.waitFor(() => expect(cart()?.items).toBe(10));
    expect(cart()?.lines).toHaveLength(1);
  });

  test('an unknown barcode is heard and seen, and the next scan still counts', async () => {
    till.scan('0000000000000');
    await vi.waitFor(() => expect(till.trouble?.error).toEqual({ code: 'unknown_barcode', barcode: '0000000000000' }));
    expect(heard).toEqual(['unknown']);
    till.scan(barcode('茶葉蛋'));
    await vi.waitFor(() => expect(cart()?.items).toBe(1));
    // Nobody has read it yet.
    expect(till.trouble?.error.code).toBe('unknown_barcode');
    till.askFor('cash');
    expect(till.trouble).toBeNull();
  });

  test('a question opened while the one before is still being answered stays open', async () => {
    till.open('open_item');
    const added = till.addOpen('紙箱', 120);
    till.panel = 'note';
    await added;
    expect([till.panel, cart()?.total]).toEqual(['note', 120]);
    await till.setNote('袋子');
    expect(till.panel).toBeNull();
  });

  test('three of the next product, then one again', async () => {
    till.times = 3;
    await till.add('T001');
    await till.add('T001');
    expect(cart()?.lines[0]?.quantity).toBe(4);
    expect(till.times).toBe(1);
  });

  test('one fewer than one removes the line and selects another', async () => {
    await till.add('T001');
    await till.add('T002');
    await till.setQuantity(cart()?.lines[1]?.line ?? 0, 0);
    expect(cart()?.lines.map((each) => each.code)).toEqual(['T001']);
    expect(till.selected).toBe(cart()?.lines[0]?.line);
  });

  test('paying for nothing is refused with words', () => {
    till.askFor('cash');
    expect(till.trouble?.error.code).toBe('empty_cart');
    expect(till.stage).toBe('products');
  });
});

describe('cash', () => {
  test('more than due gives change and closes the sale', async () => {
    await till.add('T001');
    till.askFor('cash');
    expect(till.stage).toBe('cash');
    await till.payCash(100);
    expect(till.stage).toBe('closed');
    expect(till.view?.closed).toMatchObject({ sale: 'T1-000042', total: 35, change: 65 });
  });

  test('too little is refused and the sale stays open', async () => {
    await till.add('T001');
    await till.payCash(30);
    expect(till.trouble?.error).toEqual({ code: 'too_little_cash', due: 35, received: 30 });
    expect(till.view?.closed).toBeNull();
  });

  test('a scan after a closed sale begins the next one', async () => {
    await till.add('T001');
    await till.payCash(35);
    till.scan(barcode('茶葉蛋'));
    await vi.waitFor(() => expect(till.stage).toBe('products'));
    expect(cart()?.total).toBe(13);
  });

  test('two presses of Enter take the money once', async () => {
    await till.add('T001');
    const both = await Promise.all([till.payCash(35), till.payCash(35)]);
    expect(both).toEqual([true, false]);
  });
});

describe('online', () => {
  test('presented, opened, confirming, paid: each shows by itself, and paid is heard', async () => {
    await till.add('T001');
    till.askFor('methods');
    await till.payOnline('all');
    const seen = [till.view?.attempt?.state.kind];
    for (const ms of [4000, 6000]) {
      clock.pass(ms);
      seen.push(till.view?.attempt?.state.kind);
    }
    expect(seen).toEqual(['presented', 'opened', 'confirming']);
    expect(till.stage).toBe('payment');
    clock.pass(1500);
    expect(till.stage).toBe('closed');
    expect(heard).toContain('paid');
  });

  test('the cart is locked while a payment is live', async () => {
    await till.add('T001');
    await till.payOnline('all');
    till.scan(barcode('茶葉蛋'));
    await vi.waitFor(() => expect(till.trouble?.error.code).toBe('cart_locked'));
    expect(cart()?.items).toBe(1);
  });

  test('a cancelled payment is still watched and the cart unlocks', async () => {
    await till.add('T001');
    await till.payOnline('all');
    await till.cancelPayment();
    expect(till.view?.watched.map((each) => each.state.kind)).toEqual(['cancel_requested']);
    expect(cart()?.locked).toBe(false);
    expect(till.stage).toBe('products');
  });

  test('another method is another number; the first stays watched', async () => {
    await till.add('T008');
    await till.payOnline('all');
    const first = till.view?.attempt?.number;
    till.askFor('methods');
    expect(till.stage).toBe('methods');
    await till.payOnline('twqr');
    expect(till.view?.attempt?.number).not.toBe(first);
    expect(till.view?.watched[0]?.number).toBe(first);
    expect(till.stage).toBe('payment');
  });

  test('an amount under a limit closes that method', async () => {
    await till.add('T001');
    const choices = await till.client.methods();
    expect(choices.find((each) => each.method === 'bnpl')).toEqual({ method: 'bnpl', open: false, min: 3000, max: 100000, back_ms: null });
    await till.payOnline('bnpl');
    expect(till.trouble?.error.code).toBe('amount_out_of_limits');
  });

  test('asking again too soon says when', async () => {
    await till.add('T001');
    await till.payOnline('all');
    await till.checkNow();
    await till.checkNow();
    expect(till.trouble?.error).toMatchObject({ code: 'check_later' });
  });

  test('paid while another page is open comes back to the sale', async () => {
    await till.add('T001');
    await till.payOnline('all');
    till.place.open('report');
    clock.pass(20_000);
    expect(till.place.page).toBe('till');
    expect(till.stage).toBe('closed');
  });
});

describe('the rest', () => {
  test('an older view never replaces a newer one', async () => {
    let push: ((view: NonNullable<Till['view']>) => void) | undefined;
    const client = new FakeTill({}, clock);
    const follow = client.onView;
    client.onView = (changed) => {
      push = changed;
      return follow(changed);
    };
    till = new Till(client, { accepted: () => undefined, unknown: () => undefined, paid: () => undefined, alarm: () => undefined });
    await till.start();
    const old = till.view;
    await till.add('T001');
    if (old !== null) push?.(old);
    expect(cart()?.items).toBe(1);
  });

  test('a task is settled by a choice it offers', async () => {
    await open(scene('tasks', noon));
    await till.resolve('k1', 'seen');
    expect(till.trouble?.error.code).toBe('choice_not_possible');
    await till.resolve('k1', 'refund_by_hand');
    expect(till.view?.tasks.some((each) => each.id === 'k1')).toBe(false);
  });

  test('locked keys open with the passphrase only', async () => {
    await open(scene('stopped-locked', noon));
    await till.unlock('wrong');
    expect(till.trouble?.error.code).toBe('wrong_passphrase');
    await till.unlock('1234');
    expect(till.view?.stopped).toBeNull();
  });

  test('the report agrees with itself in four ways', async () => {
    await till.add('T001');
    await till.payCash(35);
    const report = await till.client.reportX();
    const { gross_less_discounts, by_tax, tenders, net } = report.cross_foot;
    expect([gross_less_discounts, by_tax, tenders]).toEqual([net, net, net]);
    expect(report.hours.reduce((sum, each) => sum + each.net, 0)).toBe(net);
  });

  test('copies of a receipt are counted', async () => {
    await till.add('T001');
    await till.payCash(35);
    const [first, second] = [await till.client.copy('T1-000042'), await till.client.copy('T1-000042')];
    expect([first.copy, second.copy]).toEqual([1, 2]);
  });
});
