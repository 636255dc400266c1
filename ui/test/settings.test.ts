// Setting a till up, and setting it up differently later: the whole window over the fake till, by keyboard.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeProducts, sampleStaff } from '../src/ipc/fake';
import { language } from '../src/words/language.svelte';
import { begin, end, fake, find, open, press, scan, settle, till } from './counter';

beforeEach(begin);
afterEach(end);

const egg = fakeProducts.find((each) => each.name === '茶葉蛋')?.barcode ?? '';
const step = () => find('welcome')?.dataset['step'];

async function type(testid: string, text: string): Promise<void> {
  const field = find(testid) as HTMLInputElement;
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}

/** Enter in a field, as a browser hands it to the form around it. */
async function go(): Promise<void> {
  document.querySelector('form')?.requestSubmit();
  await settle();
}

describe('the first run', () => {
  test('leads from nothing to a till that sells', async () => {
    await open({ firstRun: true });
    expect(step()).toBe('language');
    expect(document.activeElement?.getAttribute('role')).toBe('radio');
    await press('Enter');
    expect(step()).toBe('shop');
    expect(document.activeElement).toBe(find('welcome-name'));
    await type('welcome-name', '對街茶行');
    await go();
    await type('welcome-till', 'a2');
    await go();
    await type('welcome-owner', '林老闆');
    await type('welcome-pin', '4711');
    await type('welcome-pin-again', '4711');
    await go();
    expect(step()).toBe('goods');
    await press('Enter');
    expect(find('welcome-facts')?.textContent).toContain('林老闆');
    expect(find('welcome-facts')?.textContent).toContain('A2');
    await go();
    expect(find('welcome')).toBeNull();
    expect(till.view?.till).toMatchObject({ shop: '對街茶行', id: 'A2', cashier: '林老闆' });
    await scan(egg);
    expect(till.view?.cart.lines).toHaveLength(1);
  });

  test('loses nothing on the way back', async () => {
    await open({ firstRun: true });
    await press('Enter');
    await type('welcome-name', '對街茶行');
    await type('welcome-phone', '02-1');
    await go();
    await press('Escape');
    expect(step()).toBe('shop');
    expect((find('welcome-name') as HTMLInputElement).value).toBe('對街茶行');
    expect((find('welcome-phone') as HTMLInputElement).value).toBe('02-1');
    await press('Escape', 'Escape', 'Escape');
    expect(step()).toBe('language');
  });

  test('says which number was mistyped, and goes on when it is right', async () => {
    await open({ firstRun: true });
    await press('Enter');
    await type('welcome-name', '茶');
    await type('welcome-tax-id', '12345678');
    await go();
    expect(step()).toBe('shop');
    expect(find('welcome-tax-id')?.getAttribute('aria-invalid')).toBe('true');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('打錯');
    await type('welcome-tax-id', '22099131');
    await go();
    expect(step()).toBe('till');
  });

  test('waits until both PINs are the same, or there is no owner at all', async () => {
    await open({ firstRun: true });
    await press('Enter');
    await go();
    await go();
    expect(step()).toBe('owner');
    await type('welcome-pin', '4711');
    expect((find('welcome-next') as HTMLButtonElement).disabled).toBe(true);
    await type('welcome-owner', '林');
    await type('welcome-pin-again', '4712');
    expect((find('welcome-next') as HTMLButtonElement).disabled).toBe(true);
    await type('welcome-pin-again', '4711');
    expect((find('welcome-next') as HTMLButtonElement).disabled).toBe(false);
  });

  test('can be skipped as a whole, in the sample shop', async () => {
    await open({ firstRun: true });
    find('welcome-skip')?.click();
    await settle();
    expect(find('welcome')).toBeNull();
    expect(till.shelf.total).toBe(fakeProducts.length);
  });

  test('leads to the file of products where somebody brings one', async () => {
    await open({ firstRun: true });
    await press('Enter');
    await go();
    await go();
    await go();
    find('welcome-goods-file')?.click();
    await settle();
    await go();
    await go();
    expect(find('import')).not.toBeNull();
    expect(till.shelf.total).toBe(0);
  });

  test('leads to ECPay where somebody wants to collect', async () => {
    await open({ firstRun: true });
    await press('Enter');
    await go();
    await go();
    await go();
    await go();
    find('welcome-collecting')?.click();
    await settle();
    expect(find('collecting')).not.toBeNull();
    await press('Escape', ',');
    expect(find('setting-shop.name')).not.toBeNull();
  });

  test('takes no scan, no function key and no sale behind it', async () => {
    await open({ firstRun: true });
    await press('F6', 'F8', ',');
    await scan('4710001000011');
    expect(step()).toBe('language');
    expect(till.place.page).toBe('till');
    expect(find('trouble')).toBeNull();
  });

  test('changes its language in the middle and keeps what was typed', async () => {
    await open({ firstRun: true });
    await press('Enter');
    await type('welcome-name', '對街茶行');
    await press('Escape');
    find('welcome-language-en')?.click();
    await settle();
    expect(find('welcome')?.textContent).toContain('Which language?');
    await press('Enter');
    expect((find('welcome-name') as HTMLInputElement).value).toBe('對街茶行');
  });

  test('is shown to nobody twice', async () => {
    await open({});
    expect(find('welcome')).toBeNull();
  });
});

describe('the settings', () => {
  test('open on a key, are changed and saved, and count at once', async () => {
    await open({});
    await press(',');
    expect(find('settings')).not.toBeNull();
    await type('setting-shop.name-input', '巷尾柑仔店');
    find('settings-save')?.click();
    await go();
    expect(till.view?.till.shop).toBe('巷尾柑仔店');
    expect(find('settings-saved')).not.toBeNull();
  });

  test('say what is wrong where it stands, whichever group that is', async () => {
    await open({});
    await press(',');
    await type('setting-shop.tax_id-input', '12345678');
    find('group-relay')?.click();
    await settle();
    await go();
    expect(find('setting-shop.tax_id-wrong')?.textContent).toContain('打錯');
    expect(document.activeElement).toBe(find('setting-shop.tax_id-input'));
    expect((await fake.settings()).settings.find((each) => each.name === 'shop.tax_id')?.value).toEqual({ kind: 'text', value: '' });
  });

  test('take the owner\'s PIN from a cashier, and nothing changes when nobody gives it', async () => {
    await open({ staff: sampleStaff });
    await press(',');
    await type('setting-shop.phone-input', '02-1');
    await go();
    expect(find('approval')).not.toBeNull();
    expect(find('approver-zhang')).toBeNull();
    find('approval-no')?.click();
    await settle();
    expect((find('setting-shop.phone-input') as HTMLInputElement).value).toBe('02-1');
    await go();
    find('approval-reason-0')?.click();
    await type('approval-pin', '3456');
    find('approval-yes')?.click();
    await settle();
    expect(find('settings-saved')).not.toBeNull();
  });

  test('are found by what they are for', async () => {
    await open({});
    await press(',');
    await type('settings-search', '折扣');
    expect(find('setting-till.discount_limit_percent')).not.toBeNull();
    expect(find('setting-shop.name')).toBeNull();
    await type('settings-search', 'zzz');
    expect(find('settings-fields')?.textContent).toContain('沒有符合的設定');
  });

  test('say what waits for the next start, and ask twice before it', async () => {
    await open({});
    const restart = vi.spyOn(fake, 'restart');
    await press(',');
    find('group-screen')?.click();
    await settle();
    find('setting-customer_display.place-off')?.click();
    await settle();
    await go();
    find('settings-restart')?.click();
    await settle();
    expect(restart).not.toHaveBeenCalled();
    find('settings-restart')?.click();
    expect(restart).toHaveBeenCalledOnce();
  });

  test('a number that is none is refused with its range', async () => {
    await open({});
    await press(',');
    find('group-counter')?.click();
    await settle();
    for (const text of ['101', 'abc', '', '1e3', '-5']) {
      await type('setting-till.discount_limit_percent-input', text);
      await go();
      expect(find('setting-till.discount_limit_percent-wrong')?.textContent, text).toContain('100');
    }
  });

  test('change the language while something lies on the counter, and are remembered', async () => {
    await open({});
    await scan(egg);
    expect(till.view?.cart.lines).toHaveLength(1);
    const before = till.view?.cart;
    await press(',');
    find('group-screen')?.click();
    await settle();
    find('settings-language-en')?.click();
    await settle();
    expect(language.name).toBe('en');
    expect(localStorage.getItem('guitai.language')).toBe('en');
    expect(till.view?.cart).toEqual(before);
    await press('Escape');
    expect(find('cart-total')?.dataset['amount']).toBe(String(before?.total));
  });
});

describe('where money is collected', () => {
  async function keysOf(profile: string): Promise<void> {
    await press(',');
    find('group-gateway')?.click();
    await settle();
    find(`world-${profile}`)?.click();
    await settle();
  }
  async function typeKeys(merchant: string, key: string): Promise<void> {
    await type('keys-merchant', merchant);
    await type('keys-key', key);
    await type('keys-iv', 'fedcba9876543210');
  }

  test('a pair is tried, and what is wrong with it is said', async () => {
    await open({ staff: sampleStaff });
    await keysOf('production');
    await typeKeys('3412345', 'wrongwrongwrong1');
    find('keys-test')?.click();
    await settle();
    expect(find('keys-found')?.dataset['kind']).toBe('wrong_keys');
    await type('keys-key', 'ejCk326UnaZWKisg');
    expect(find('keys-found')).toBeNull();
    find('keys-test')?.click();
    await settle();
    expect(find('keys-found')?.textContent).toContain('別種產品');
  });

  test('the owner keeps a pair, which then stands nowhere on the screen, and switches', async () => {
    await open({ staff: sampleStaff });
    await keysOf('production');
    await typeKeys('3412345', '0123456789abcdef');
    expect((find('keys-key') as HTMLInputElement).type).toBe('password');
    const approve = async (): Promise<void> => {
      find('approval-reason-0')?.click();
      await type('approval-pin', '3456');
      find('approval-yes')?.click();
      await settle();
    };
    find('keys-keep')?.click();
    await settle();
    await approve();
    expect((find('keys-key') as HTMLInputElement).value).toBe('');
    expect(find('world-production')?.textContent).toContain('3412345');
    expect(document.body.innerHTML).not.toContain('0123456789abcdef');
    find('switch-profile')?.click();
    await settle();
    await approve();
    expect(find('settings-wait')).not.toBeNull();
    expect(find('world-production')?.textContent).toContain('下次開啟');
  });

  test('nothing is switched without keys, or while somebody pays', async () => {
    await open({ customer: () => [] });
    await keysOf('production');
    expect((find('switch-profile') as HTMLButtonElement).disabled).toBe(true);
    await press('Escape');
    await scan(egg);
    await press('F9', 'Enter');
    await keysOf('stage');
    expect((find('switch-profile') as HTMLButtonElement).disabled).toBe(true);
    expect(find('under-way')).not.toBeNull();
  });
});
