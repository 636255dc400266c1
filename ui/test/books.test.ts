// Many days and ECPay's statement, in the whole window: reached by the keyboard, looked at as a chart and a table, saved,
// and asked for where a cashier may not see them alone.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { scene } from '../src/ipc/fake';
import { language } from '../src/words/language.svelte';
import { begin, end, find, noon, open, press, settle, till } from './counter';

async function click(testid: string): Promise<void> {
  find(testid)?.click();
  await settle();
}
const took = (day: string): number => Number(find(`span-${day}`)?.dataset['took']);
const rows = (): number => find('range-spans')?.querySelectorAll('tbody tr').length ?? 0;

beforeEach(() => {
  begin();
  // The screens' own idea of today, which decides what "this month" is.
  vi.setSystemTime(noon);
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

async function toRange(name = ''): Promise<void> {
  await open(scene(name, noon));
  await press('F6');
  await click('open-range');
}

describe('many days', () => {
  test('begin with this month by day, and add up in the table as they do above', async () => {
    await toRange();
    expect(find('range-spans')).not.toBeNull();
    const days = [...(find('range-spans')?.querySelectorAll<HTMLElement>('tbody tr') ?? [])];
    const sum = days.reduce((sum, row) => sum + Number(row.dataset['took']), 0);
    expect(sum).toBe(Number(find('range-figures')?.dataset['took']));
    expect(find('preset-month')?.getAttribute('aria-pressed')).toBe('true');
  });

  test('a week of them is the sum of its days', async () => {
    await toRange();
    await click('preset-lastWeek');
    const days = [...(find('range-spans')?.querySelectorAll<HTMLElement>('tbody tr') ?? [])];
    expect(days).toHaveLength(7);
    const sum = days.reduce((sum, row) => sum + Number(row.dataset['took']), 0);
    await click('grain-week');
    expect(rows()).toBe(1);
    expect(took(days[0]?.querySelector('th')?.textContent ?? '')).toBe(sum);
  });

  test('the chart says in words what it shows', async () => {
    await toRange();
    const said = find('range')?.querySelector('svg[role="img"]')?.getAttribute('aria-label') ?? '';
    expect(said.split(';').length).toBe(rows());
  });

  test('are saved as a table and as paper, and the screen says where', async () => {
    await toRange();
    await click('csv-product');
    expect(find('range-said')?.textContent).toContain('-product.csv');
    await click('range-pdf');
    expect(find('range-said')?.textContent).toContain('.pdf');
  });

  test('Escape goes back to the report, and from there to the till', async () => {
    await toRange();
    await press('Escape');
    expect(till.place.page).toBe('report');
    await press('Escape');
    expect(till.place.page).toBe('till');
  });

  test('a cashier asks for them', async () => {
    await toRange('people');
    expect(till.asking?.what).toBe('see_books');
    expect(find('range-figures')).toBeNull();
    await till.asking?.give({ person: 'zhang', pin: '2345', reason: 'x' });
    await settle();
    expect(find('range-figures')).not.toBeNull();
  });
});

describe("ECPay's statement", () => {
  async function toStatement(): Promise<void> {
    await open(scene('', noon));
    await press('F6');
    await click('open-statement');
  }

  test('lists what differs, each with what both sides say and what to do', async () => {
    await toStatement();
    await click('statement-fetch');
    const findings = [...(find('statement-held')?.querySelectorAll<HTMLElement>('[data-difference]') ?? [])];
    expect(findings.map((each) => each.dataset['difference'])).toEqual(['theirs_only', 'ours_only', 'refund']);
    const words = language.words.statement;
    expect(findings[0]?.textContent).toContain(words.differences.theirs_only.next);
    expect(findings[1]?.textContent).toContain(words.confirmed);
  });

  test('is on the list afterwards, and can be looked at again', async () => {
    await toStatement();
    await click('statement-fetch');
    await click('statement-fetch');
    expect(find('statement-held')?.querySelectorAll('[data-difference]')).toHaveLength(0);
    await click('reconciled-1000');
    expect(find('statement-held')?.querySelectorAll('[data-difference]')).toHaveLength(3);
  });

  test('of a chosen file is taken as it is', async () => {
    await toStatement();
    const picker = find('statement-file') as HTMLInputElement;
    const reconcile = vi.spyOn(till.client, 'reconcile');
    Object.defineProperty(picker, 'files', { value: [new File(['x'], 'statement.csv')] });
    picker.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(reconcile).toHaveBeenCalledOnce();
    expect(find('statement-held')?.querySelectorAll('[data-difference]')).toHaveLength(3);
  });
});
