// The whole window over the fake till, driven by keys alone.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeProducts, scene } from '../src/ipc/fake';
import { language } from '../src/words/language.svelte';
import { begin, clock, dispatch, end, fake, find, noon, open, press, scan, settle, till } from './counter';

const egg = fakeProducts.find((each) => each.name === '茶葉蛋');
const eggCode = egg?.barcode ?? '';
const total = () => find('cart-total')?.dataset['amount'];

beforeEach(begin);
afterEach(end);

describe('the scanner', () => {
  test('adds with nothing focused', async () => {
    await open();
    await scan(eggCode);
    expect(total()).toBe('13');
    expect(find('cart-line-1')?.dataset['code']).toBe(egg?.code);
  });

  test('adds from inside the search field and leaves what was typed', async () => {
    await open();
    await press('/', '茶');
    await scan(eggCode);
    expect(total()).toBe('13');
    expect((find('search') as HTMLInputElement).value).toBe('茶');
  });

  test('does not press the product that has the focus', async () => {
    await open();
    find('product-T001')?.focus();
    await scan(eggCode);
    expect(total()).toBe('13');
  });

  test('does not become an amount of cash', async () => {
    await open();
    await scan(eggCode);
    await press('F8', '5', '0');
    await scan(eggCode);
    expect(find('cash-due')?.dataset['amount']).toBe('26');
    expect((find('cash-received') as HTMLInputElement).value).toBe('50');
    expect(find('sale-closed')).toBeNull();
  });

  test('shows an unknown code as a line and takes no focus', async () => {
    await open();
    const before = document.activeElement;
    await scan('0000000000000');
    expect(find('trouble')?.dataset['code']).toBe('unknown_barcode');
    expect(find('trouble')?.textContent).toContain('0000000000000');
    expect(document.activeElement).toBe(before);
  });

  test('does not become cash either when a keypad key has the focus', async () => {
    await open();
    await scan(eggCode);
    await press('F8');
    find('note-100')?.focus();
    await scan(eggCode);
    expect(find('cash-due')?.dataset['amount']).toBe('26');
    expect((find('cash-received') as HTMLInputElement).value).toBe('');
  });

  test('does not choose a method by its first digit', async () => {
    await open();
    await scan(eggCode);
    await press('F9');
    await scan(eggCode);
    vi.advanceTimersByTime(1000);
    await settle();
    expect(till.view?.attempt).toBeNull();
    expect(total()).toBe('26');
  });

  test('a dash inside a code is not one piece fewer', async () => {
    await open();
    await scan(eggCode);
    await scan('TEA-0042-9');
    expect(find('cart-line-1')?.dataset['quantity']).toBe('1');
    expect(find('trouble')?.textContent).toContain('TEA-0042-9');
  });

  test('a code that begins with a slash leaves no rest in the search field', async () => {
    await open();
    await scan('/ABC1234');
    expect((find('search') as HTMLInputElement).value).toBe('');
    expect(find('trouble')?.textContent).toContain('/ABC1234');
  });

  test('3* before a scan rings up three', async () => {
    await open();
    await press('3', '*');
    expect(find('times')).not.toBeNull();
    await scan(eggCode);
    expect(find('cart-line-1')?.dataset['quantity']).toBe('3');
  });
});

describe('by keys alone', () => {
  test('search, Enter, cash, Enter, Enter: a whole sale', async () => {
    await open();
    await press('/', 'T', '0', '0', '1', 'Enter');
    expect(total()).toBe('35');
    expect((find('search') as HTMLInputElement).value).toBe('');
    await press('F8', '1', '0', '0');
    expect(find('cash-change')?.dataset['amount']).toBe('65');
    await press('Enter');
    expect(find('sale-number')?.textContent).toBe('T1-000042');
    expect(find('closed-change')?.dataset['amount']).toBe('65');
    expect(find('receipt-picture')).not.toBeNull();
    expect(document.activeElement).toBe(find('next-sale'));
    await press('Enter');
    expect(find('sale-closed')).toBeNull();
    expect(find('search')).not.toBeNull();
  });

  test('Enter with nothing typed takes exactly what is due', async () => {
    await open();
    await scan(eggCode);
    await press('F8', 'Enter');
    expect(find('closed-change')?.dataset['amount']).toBe('0');
  });

  test('too little cash closes nothing, and a part is taken on purpose only', async () => {
    await open();
    await scan(eggCode);
    await press('F8', '5', 'Enter');
    expect(find('sale-closed')).toBeNull();
    expect(find('cash-confirm')).toBeNull();
    expect(till.view?.cart.paid).toBe(0);
    find('cash-part')?.click();
    await settle();
    expect(till.view?.cart.paid).toBe(5);
    expect(find('tenders-in')).not.toBeNull();
  });

  test('% takes something off the line or the sale, and the lines add up', async () => {
    await open();
    await till.add('T001');
    await till.add('T008');
    await settle();
    const gross = till.view?.cart.gross ?? 0;
    await press('%');
    find('discount-sale')?.click();
    await settle();
    find('off-10')?.click();
    await settle();
    const cart = till.view?.cart;
    expect(cart?.discount).toEqual({ kind: 'percent', percent: 10 });
    expect(cart?.total).toBeLessThan(gross);
    expect(cart?.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(cart?.total);
    expect(find('discount')).toBeNull();
    expect(find('cart-off')?.dataset['amount']).toBe(String(gross - (cart?.total ?? 0)));
  });

  test('F3 puts the sale aside, frees the counter, and brings it back', async () => {
    await open();
    await scan(eggCode);
    const total = till.view?.cart.total;
    await press('F3');
    expect(document.activeElement).toBe(find('aside-name'));
    await press('Enter');
    expect(till.view?.cart.lines).toEqual([]);
    expect(find('open-aside-count')?.textContent).toBe('1');
    await press('F3');
    find('aside-cart/1')?.click();
    await settle();
    expect(till.place.page).toBe('till');
    expect(till.view?.cart.total).toBe(total);
  });

  test('a part-paid sale is given up only with a reason and a word about its money', async () => {
    await open();
    await scan(eggCode);
    await till.payPartCash(3);
    await settle();
    find('cart-clear')?.click();
    await settle();
    expect(find('void-yes')?.hasAttribute('disabled')).toBe(true);
    const reason = find('void-reason') as HTMLInputElement;
    reason.value = '客人不買了';
    reason.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    find('void-yes')?.click();
    await settle();
    expect(till.view?.cart.lines).toEqual([]);
  });

  test('F9 and Enter open a payment, the customer pays, the screen says so', async () => {
    await open();
    await scan(eggCode);
    await press('F9', 'Enter');
    expect(find('payment-state')?.dataset['state']).toBe('presented');
    expect(find('qr')).not.toBeNull();
    expect(find('pay-link')?.textContent).toContain('https://');
    clock.pass(4000);
    await settle();
    expect(find('payment-state')?.dataset['state']).toBe('opened');
    clock.pass(7500);
    await settle();
    expect(find('payment-state')?.dataset['state']).toBe('paid');
    expect(find('sale-closed')).not.toBeNull();
    expect(find('receipt-picture')).not.toBeNull();
    expect(document.querySelector('[aria-live="polite"].unseen')?.textContent).toContain('$13');
  });

  test('Esc asks once, Enter keeps waiting, Esc twice cancels and the payment stays watched', async () => {
    await open();
    await scan(eggCode);
    await press('F9', 'Enter', 'Escape');
    expect(find('cancel-question')).not.toBeNull();
    await press('Enter');
    expect(find('cancel-question')).toBeNull();
    expect(find('qr')).not.toBeNull();
    await press('Escape', 'Escape');
    expect(find('qr')).toBeNull();
    expect(find('watched')?.querySelector('[data-state="cancel_requested"]')).not.toBeNull();
  });

  test('Esc held down asks, and cancels nothing', async () => {
    await open();
    await scan(eggCode);
    await press('F9', 'Enter', 'Escape');
    for (let at = 0; at < 5; at += 1) dispatch('Escape', 30, 'Escape', true);
    await settle();
    expect(find('cancel-question')).not.toBeNull();
    expect(till.view?.attempt).not.toBeNull();
  });

  test('Enter held down takes the cash and stays on the closed sale', async () => {
    await open();
    await scan(eggCode);
    await press('F8', 'Enter');
    for (let at = 0; at < 5; at += 1) dispatch('Enter', 30, 'Enter', true);
    await settle();
    expect(find('sale-closed')).not.toBeNull();
  });

  test('Enter in the search field never guesses among several products', async () => {
    await open();
    await press('/', '茶', 'Enter');
    expect(total()).toBe('0');
    expect(document.activeElement?.hasAttribute('data-grid-first')).toBe(true);
    await press('Enter');
    expect(till.view?.cart.items).toBe(1);
    await press('Escape');
    expect((find('search') as HTMLInputElement).value).toBe('');
  });

  test('+ - and Delete act on the selected line', async () => {
    await open();
    await scan(eggCode);
    await press('+', '+', '-');
    expect(find('cart-line-1')?.dataset['quantity']).toBe('2');
    await press('Delete');
    expect(find('cart-line-1')).toBeNull();
  });

  test('F4, F6 and F7 open and close their pages, Esc comes back', async () => {
    await open(scene('tasks', noon));
    for (const [key, page] of [['F4', 'recent'], ['F6', 'report-x'], ['F7', 'tasks']] as const) {
      await press(key);
      expect(find(page)).not.toBeNull();
      await press('Escape');
      expect(find(page)).toBeNull();
    }
  });

  test('the focus never falls off the page', async () => {
    await open();
    await scan(eggCode);
    for (const key of ['F8', 'Escape', 'F9', 'Enter', 'Escape', 'Escape', 'F6', 'F6', 'F4', 'Escape', 'F8', 'Enter', 'Enter']) {
      await press(key);
      expect([key, document.activeElement?.tagName]).not.toEqual([key, 'BODY']);
    }
  });
});

describe('the customer has a display', () => {
  test('the QR is theirs while it shows, and large here the moment it does not', async () => {
    await open({ screen: { kind: 'showing' }, customer: () => [] });
    await scan(eggCode);
    await press('F9', 'Enter');
    expect(find('shown-elsewhere')?.querySelector('[data-testid="qr"]')).not.toBeNull();
    const number = till.view?.attempt?.number;
    fake.setCustomerScreen({ kind: 'lost' });
    await settle();
    expect(find('shown-elsewhere')).toBeNull();
    expect(find('qr')).not.toBeNull();
    expect(find('display-lost')?.getAttribute('role')).toBe('alert');
    expect([till.view?.attempt?.number, find('payment-state')?.dataset['state']]).toEqual([number, 'presented']);
    fake.setCustomerScreen({ kind: 'closed' });
    await settle();
    expect(find('display-lost')).toBeNull();
    expect(find('qr')).not.toBeNull();
  });

  test('F11 opens and closes it, wherever the cashier is', async () => {
    await open();
    expect(find('customer-screen')?.dataset['screen']).toBe('closed');
    await press('F6', 'F11');
    expect(find('customer-screen')?.getAttribute('aria-pressed')).toBe('true');
    await press('F11');
    expect(find('customer-screen')?.dataset['screen']).toBe('closed');
  });

  test('a shop without one is not offered one', async () => {
    await open({ screen: { kind: 'off' } });
    const toggled = vi.spyOn(fake, 'toggleCustomerScreen');
    await press('F11');
    expect(find('customer-screen')).toBeNull();
    expect(toggled).not.toHaveBeenCalled();
  });

  test('a code to pay later is as large as ever', async () => {
    await open({ ...scene('code', noon), screen: { kind: 'showing' } });
    await scan(eggCode);
    await press('F9', 'Enter');
    clock.pass(300);
    await settle();
    expect(find('payment-code')).not.toBeNull();
  });
});

describe('the screens', () => {
  test('the report proves that it adds up', async () => {
    await open();
    await press('F6');
    expect(find('report-agrees')?.dataset['agrees']).toBe('true');
    expect(find('report-agrees')?.textContent).toContain('相符');
    expect(Number(find('report-net')?.dataset['amount'])).toBeGreaterThan(0);
  });

  test('a closed method shows the number that closes it', async () => {
    await open();
    await scan(eggCode);
    await press('F9');
    expect(find('method-bnpl')?.hasAttribute('disabled')).toBe(true);
    expect(find('method-bnpl')?.textContent).toContain('$3,000');
  });

  test('unknown is shown as unknown, and nothing more is collected until a manager says so', async () => {
    await open(scene('unknown', noon));
    await scan(eggCode);
    await press('F9', '1');
    vi.advanceTimersByTime(150);
    await settle();
    clock.pass(300);
    await settle();
    expect(find('payment-state')?.dataset['state']).toBe('unknown');
    expect(find('payment-state')?.textContent).toContain('還不知道結果');
    await press('F9');
    expect(find('trouble')?.dataset['code']).toBe('outcome_unknown');
    expect(find('qr')).not.toBeNull();
    find('release')?.click();
    await settle();
    expect(document.activeElement).toBe(find('release-manager'));
    await press(...'Lin', 'Enter');
    expect(find('held')).not.toBeNull();
    find('release-reason')?.focus();
    await press(...'saw the app', 'Enter');
    expect(find('held')).toBeNull();
    expect(till.view?.watched[0]?.state.kind).toBe('unknown');
    await press('F8', 'Enter');
    expect(find('sale-closed')).not.toBeNull();
  });

  test('cancelling what is not known makes nothing known', async () => {
    await open(scene('unknown', noon));
    await scan(eggCode);
    await press('F9', 'Enter');
    clock.pass(300);
    await settle();
    await press('Escape', 'Escape');
    expect(find('qr')).toBeNull();
    expect(find('held')).not.toBeNull();
    await press('F8');
    expect(find('cash-received')).toBeNull();
    expect(find('trouble')?.dataset['code']).toBe('outcome_unknown');
  });

  test('the language changes at once and is remembered', async () => {
    await open();
    find('language')?.click();
    await settle();
    expect(find('pay-cash')?.textContent).toContain('Cash');
    expect(localStorage.getItem('guitai.language')).toBe('en');
  });

  test('a stopped till says why, sells nothing, and still shows its report', async () => {
    await open(scene('stopped-journal', noon));
    expect(find('stopped')?.dataset['kind']).toBe('journal_damaged');
    expect(find('pay-cash')).toBeNull();
    await press('F6');
    expect(find('report-x')).not.toBeNull();
    await press('Escape');
    expect(document.activeElement).toBe(find('still-report'));
    find('still-export')?.click();
    await settle();
    expect(find('exported')?.textContent).toContain('records.jsonl');
    find('still-recent')?.click();
    await settle();
    expect(find('recent')).not.toBeNull();
    expect(find('receipt-picture')).not.toBeNull();
  });

  test('a passphrase unlocks, and digits typed into it are no scan', async () => {
    await open(scene('stopped-locked', noon));
    const scanned = vi.spyOn(till, 'scan');
    find('passphrase')?.focus();
    for (const key of '1234') dispatch(key, 4);
    dispatch('Enter', 4, 'Enter');
    await settle();
    expect(find('stopped')).toBeNull();
    expect(scanned).not.toHaveBeenCalled();
  });

  test.each([['training', '訓練模式'], ['stage', '測試環境']] as const)('%s is unmistakable', async (profile, text) => {
    await open({ profile });
    expect(find('profile')?.textContent).toContain(text);
  });

  test('a production till wears no badge', async () => {
    await open({ profile: 'production' });
    expect(find('profile')).toBeNull();
  });
});
