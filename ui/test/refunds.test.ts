// Money goes back through the whole window, driven by keys alone.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refundScenes } from '../src/ipc/fake/refund-scenes';
import { scene } from '../src/ipc/fake';
import { language } from '../src/words/language.svelte';
import { begin, clock, end, find, noon, open, press, scan, settle, till } from './counter';

const amount = (testid: string) => find(testid)?.dataset['amount'];
const state = () => find('refund-panel')?.dataset['state'];
const focused = () => document.activeElement?.getAttribute('data-testid');

beforeEach(begin);
afterEach(end);

async function intoNewest(name: string): Promise<void> {
  await open(scene(name, noon), 'recent');
  await press('F5');
  expect(find('refund-stage')?.dataset['sale']).toBe('T1-000041');
}

describe('where it begins', () => {
  test('with the chosen one of the recent sales', () => intoNewest('refund'));

  test('with a number that is typed, the short way', async () => {
    await open(scene('refund', noon));
    await press('F5', '4', '1', 'Enter');
    expect(find('refund-stage')?.dataset['sale']).toBe('T1-000041');
  });

  test('with the receipt under the scanner, from anywhere, and nothing is rung up', async () => {
    await open(scene('refund', noon));
    await scan('T1-000041');
    expect(find('refund-stage')?.dataset['sale']).toBe('T1-000041');
    await press('Escape', 'Escape');
    expect(till.view?.cart.lines).toEqual([]);
    expect(find('trouble')).toBeNull();
  });

  test('not with a number of no sale: the till says so, and another can be typed', async () => {
    await open(scene('refund', noon));
    await press('F5', '9', '9', 'Enter');
    expect(find('trouble')?.dataset['code']).toBe('unknown_sale');
    expect(find('refund-sale')).not.toBeNull();
  });
});

describe('one piece of a card sale', () => {
  test('goes to the card with eight keys and a PIN, and is on its way', async () => {
    await intoNewest('refund');
    await press('ArrowDown', '1');
    expect(find('refund-line-2')?.dataset['pieces']).toBe('1');
    expect(amount('refund-total')).toBe('95');
    expect(find('refund-legs')?.querySelector('[data-to]')?.getAttribute('data-to')).toBe('card');
    await press('Enter', 'ArrowRight', 'Enter');
    expect(focused()).toBe('refund-yes');
    await press('Enter');
    expect(till.asking?.what).toBe('refund');
    expect(till.asking?.reason).toBe(language.words.refund.reasons[1]);
    await till.asking?.give({ person: 'zhang', pin: '2345', reason: 'x' });
    await settle();
    expect(state()).toBe('asking');
    clock.pass(1500);
    await settle();
    expect(state()).toBe('on_its_way');
    expect(till.view?.refunds).toHaveLength(1);
    expect(till.view?.refunds[0]).toMatchObject({ amount: 95, approved_by: '張主管', reason: language.words.refund.reasons[1] });
    await press('F6');
    expect(amount('report-refunds')).toBe('95');
    expect(find('refund-way-credit')?.dataset['settled']).toBe('0');
  });

  test('cannot be asked for without a reason, nor come back twice', async () => {
    await intoNewest('refund');
    await press('1', 'Enter');
    expect((find('refund-yes') as HTMLButtonElement).disabled).toBe(true);
    await press('Enter', 'Enter');
    await till.asking?.give({ person: 'chen', pin: '3456', reason: 'x' });
    await settle();
    await press('F4', 'F5');
    expect(find('refund-line-1')?.dataset['left']).toBe('0');
    expect(amount('refund-left')).toBe('283');
    await press('a');
    expect(amount('refund-total')).toBe('283');
  });

  test('left at the approval, nothing has happened', async () => {
    await intoNewest('refund');
    await press('a', 'Enter', 'Enter', 'Enter');
    till.asking?.leave();
    await settle();
    expect(find('refund-stage')).not.toBeNull();
    expect(till.view?.refunds).toEqual([]);
  });
});

describe('by hand', () => {
  test('a sale paid in two ways makes two: the card goes by itself, the cash waits for a person', async () => {
    await intoNewest('refund-split');
    await press('a', 'Enter', 'Enter', 'Enter');
    await till.asking?.give({ person: 'zhang', pin: '2345', reason: 'x' });
    await settle();
    clock.pass(1500);
    await settle();
    find('together-T1-R000002')?.click();
    await settle();
    expect(state()).toBe('to_hand_over');
    expect(find('refund-steps')?.querySelectorAll('li')).toHaveLength(3);
    find('refund-handed')?.click();
    await settle();
    expect(state()).toBe('to_hand_over');
    find('refund-handed')?.click();
    await settle();
    expect(state()).toBe('done');
    expect(find('refund-panel')?.textContent).toContain('小芳，');
  });

  test('what the gateway refused is given in cash only with approval', async () => {
    await open(scene('refund-balance', noon), 'refunds');
    expect(state()).toBe('refused');
    find('refund-by-hand')?.click();
    await settle();
    find('instead-done')?.click();
    find('instead-done')?.click();
    await settle();
    expect(till.asking?.what).toBe('refund');
    await till.asking?.give({ person: 'zhang', pin: '2345', reason: 'x' });
    await settle();
    expect(state()).toBe('done');
  });

  test('where nobody can tell, the back office comes first and cash is not the choice at hand', async () => {
    await open(scene('refund-unclear', noon), 'refunds');
    find('refund-by-hand')?.click();
    await settle();
    expect(find('instead')?.querySelector('[aria-checked="true"]')?.getAttribute('data-id')).toBe('back_office');
    expect(find('refund-drop')).toBeNull();
  });
});

describe('a refund nobody is sure of', () => {
  test('can be asked about, and neither paid out nor given up', async () => {
    await open(scene('refund-unknown', noon), 'refunds');
    expect(state()).toBe('unknown');
    expect(find('refund-retry')?.textContent).toContain(language.words.refund.ask);
    expect(find('refund-by-hand')).toBeNull();
    expect(find('refund-drop')).toBeNull();
  });

  test('is a task that leads to it, and its button asks', async () => {
    await open(scene('refund-tasks', noon), 'tasks');
    expect(find('choice-refund/T1-R000004-retry')?.textContent).toContain(language.words.refund.ask);
    find('see-refund/T1-R000004')?.click();
    await settle();
    expect(find('refund-panel')?.dataset['number']).toBe('T1-R000004');
    expect(focused()).toBe('refund-T1-R000004');
  });
});

describe('every state', () => {
  test.each(refundScenes)('%s is shown in words, in both languages', async (name) => {
    await open(scene(`refund-${name}`, noon), 'refunds');
    const chinese = find('refund-T1-R000003')?.textContent ?? '';
    find('refund-T1-R000003')?.click();
    await settle();
    expect(find('refund-what')?.textContent?.length).toBeGreaterThan(2);
    language.name = 'en';
    await settle();
    expect(find('refund-T1-R000003')?.textContent).not.toBe(chinese);
    expect(find('refund-what')?.textContent).toMatch(/^[\x20-\x7e]+$/);
  });

  test('Esc leads from the lines to the list and from there to the till', async () => {
    await intoNewest('refund');
    await press('Escape');
    expect(find('refunds')).not.toBeNull();
    await press('Escape');
    expect(till.place.page).toBe('till');
  });
});

test('a till that has stopped gives nothing back', async () => {
  await open(scene('stopped-journal', noon));
  await press('F5');
  expect(find('refunds')).toBeNull();
  await press('F4');
  expect(find('recent-refund')).toBeNull();
});
