import { describe, expect, test, vi } from 'vitest';
import { FakeTill, fakeProducts, HandClock, sampleStaff, type FakeStart } from '../ipc/fake';
import { Till } from '../frame/till.svelte';

const noon = Date.UTC(2026, 10, 20, 4, 0);
let clock: HandClock;

async function open(start: FakeStart = {}): Promise<Till> {
  clock = new HandClock(noon);
  const quiet = { accepted: () => undefined, unknown: () => undefined, paid: () => undefined, alarm: () => undefined };
  const till = new Till(new FakeTill({ staff: sampleStaff, ...start }, clock), quiet);
  await till.start();
  return till;
}

async function withUnknownPayment(): Promise<Till> {
  const till = await open({ customer: () => [[300, { kind: 'unknown', why: 'no_answer' }]] });
  await till.add(fakeProducts[0]!.code);
  await till.payOnline('credit');
  clock.pass(300);
  expect(till.held).not.toBeNull();
  return till;
}

describe('a locked till', () => {
  test('rings nothing up, and says how many scans that were', async () => {
    const till = await open();
    await till.lock();
    expect(till.locked).toBe(true);
    till.scan('4710001000011');
    till.scan('4710001000011');
    expect(till.notRungUp).toBe(2);
    expect(till.view?.cart.lines).toHaveLength(0);
    expect(await till.signIn('fang', '0000')).toBe(false);
    expect(till.pinWrong).toBe(true);
    expect(await till.signIn('zhang', '2345')).toBe(true);
    expect(till.notRungUp).toBe(0);
    expect(till.view?.till.cashier).toBe('張主管');
  });

  test('where nobody is registered there is nothing to lock', async () => {
    const till = await open({ staff: [] });
    await till.lock();
    expect(till.locked).toBe(false);
  });
});

describe('a consent', () => {
  test('is asked for in place, and the same command is done with it', async () => {
    const till = await withUnknownPayment();
    const done = till.release('', '');
    await vi.waitFor(() => expect(till.asking?.what).toBe('override_unknown'));
    await till.asking?.give({ person: 'fang', pin: '1234', reason: 'x' });
    expect(till.trouble?.error.code).toBe('not_allowed');
    await till.asking?.give({ person: 'zhang', pin: '9999', reason: 'x' });
    expect(till.pinWrong).toBe(true);
    await till.asking?.give({ person: 'zhang', pin: '2345', reason: '看過手機' });
    expect(await done).toBe(true);
    expect(till.asking).toBeNull();
    expect(till.held).toBeNull();
  });

  test('that is left changes nothing', async () => {
    const till = await withUnknownPayment();
    const done = till.release('', '');
    await vi.waitFor(() => expect(till.asking).not.toBeNull());
    till.asking?.leave();
    expect(await done).toBe(false);
    expect(till.held).not.toBeNull();
  });

  test('lets a payment count unverified, and the sale says so', async () => {
    const till = await withUnknownPayment();
    till.override('vouch');
    await vi.waitFor(() => expect(till.asking).not.toBeNull());
    await till.asking?.give({ person: 'chen', pin: '3456', reason: '看過手機' });
    expect(till.view?.closed?.unverified).toBe(true);
    expect((await till.client.recent())[0]?.unverified).toBe(true);
  });

  test('of nobody in particular where nobody is registered: a form asks for a name', async () => {
    const till = await open({ staff: [] });
    till.override('release');
    expect(till.releasing).toBe('release');
  });
});

test('the first person is the owner', async () => {
  const till = await open({ staff: [] });
  expect(await till.addPerson('小華', 'cashier', '8520')).toBe(false);
  expect(till.trouble?.error).toEqual({ code: 'person_refused', why: 'first_is_owner' });
  expect(await till.addPerson('小華', 'owner', '8520')).toBe(true);
  expect(till.view?.people.everyone).toHaveLength(1);
});
