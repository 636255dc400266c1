// The fake shop's past: the same made-up days every time, so that a picture of a month is the same picture tomorrow.

import type { CommandError, RangeReport, SoldLine, SpanLine } from '../bindings';

const dayMs = 86_400_000;
const refusal = (error: CommandError): CommandError => error;
const share = <T>(parts: readonly T[], of: (part: T) => number, total: number): number[] => {
  const all = parts.reduce((sum, part) => sum + of(part), 0);
  const cut = parts.map((part) => Math.floor((of(part) / all) * total));
  cut[0] = (cut[0] ?? 0) + total - cut.reduce((sum, each) => sum + each, 0);
  return cut;
};

/** What a day sold: more at the weekend, and never quite the same. */
function sold(ms: number): { count: number; net: number } {
  const number = Math.floor(ms / dayMs);
  const wave = ((number * 2_654_435_761) >>> 0) / 2 ** 32;
  const weekend = [2, 3].includes(number % 7) ? 1.5 : 1;
  const count = Math.round((70 + wave * 50) * weekend);
  return { count, net: count * (83 + Math.round(wave * 30)) };
}

export function fakeRange(from: string, to: string, now: number): RangeReport {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  if (!(first <= last) || last - first > 3_660 * dayMs) throw refusal({ code: 'bad_days' });
  const text = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const days: SpanLine[] = [];
  for (let ms = first; ms <= Math.min(last, now + 8 * 3_600_000); ms += dayMs) {
    const { count, net } = sold(ms);
    const refunded = count % 9 === 0 ? 120 : 0;
    days.push({ day: text(ms), count, net, discounts: count * 2, refunded, took: net - refunded });
  }
  const group = (begin: (ms: number) => number): SpanLine[] => {
    const groups = new Map<string, SpanLine>();
    for (const line of days) {
      const day = text(begin(Date.parse(`${line.day}T00:00:00Z`)));
      const sum = groups.get(day) ?? { day, count: 0, net: 0, discounts: 0, refunded: 0, took: 0 };
      groups.set(day, { day, count: sum.count + line.count, net: sum.net + line.net, discounts: sum.discounts + line.discounts, refunded: sum.refunded + line.refunded, took: sum.took + line.took });
    }
    return [...groups.values()];
  };
  const all = days.reduce((sum, line) => ({ count: sum.count + line.count, net: sum.net + line.net, discounts: sum.discounts + line.discounts, refunded: sum.refunded + line.refunded }), { count: 0, net: 0, discounts: 0, refunded: 0 });
  const line = (code: string, name: string, category: string, net: number): SoldLine => ({ code, name, category, count: Math.round(net / 90), items: Math.round(net / 52), gross: net, discounts: 0, net });
  const names = [['T001', '四季春青茶', '茶飲', 30], ['T003', '招牌珍珠奶茶', '茶飲', 26], ['C002', '拿鐵咖啡', '咖啡', 16], ['F001', '茶葉蛋', '點心', 9], ['F004', '蘿蔔糕', '點心', 8], ['R002', '池上米 2 kg', '米糧', 11]] as const;
  const nets = share(names, (each) => each[3], all.net);
  const products = names.map(([code, name, category], at) => line(code, name, category, nets[at] ?? 0)).sort((a, b) => b.net - a.net);
  const categories = [...new Set(products.map((each) => each.category))].map((name) => line('', name, '', products.filter((each) => each.category === name).reduce((sum, each) => sum + each.net, 0))).sort((a, b) => b.net - a.net);
  const hours = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
  const busy = (hour: number): number => (hour === 12 ? 9 : hour === 18 ? 8 : hour < 10 ? 2 : 4);
  const hourly = share(hours, busy, all.net);
  const tenders = [['cash', 55], ['credit', 24], ['twqr', 15], ['cvs', 4], ['voucher', 2]] as const;
  const tendered = share(tenders, (each) => each[1], all.net);
  const [credit, twqr, cvs] = [tendered[1] ?? 0, tendered[2] ?? 0, tendered[3] ?? 0];
  const none = { count: 0, amount: 0 };
  const people = share([6, 4], (each) => each, all.net);
  const taxable = Math.round(all.net * 0.89);
  return {
    from, to, till: 'T1', shop: '和平青草茶行', made_ms: now,
    all: { ...line('', '', '', all.net), count: all.count, gross: all.net + all.discounts, discounts: all.discounts },
    tax: Math.round((taxable * 5) / 105), by_tax: { taxable, zero_rated: 0, exempt: all.net - taxable },
    refunds: { count: Math.round(all.refunded / 120), amount: all.refunded, tax: 0, by_tax: { taxable: all.refunded, zero_rated: 0, exempt: 0 }, settled: all.refunded, ways: all.refunded === 0 ? [] : [{ way: 'credit', count: Math.round(all.refunded / 120), amount: all.refunded, settled_count: Math.round(all.refunded / 120), settled: all.refunded }], unapplied: [] },
    took: all.net - all.refunded, days,
    weeks: group((ms) => ms - ((new Date(ms).getUTCDay() + 6) % 7) * dayMs),
    months: group((ms) => Date.UTC(new Date(ms).getUTCFullYear(), new Date(ms).getUTCMonth(), 1)),
    hours: hours.map((hour, at) => ({ hour: String(hour).padStart(2, '0'), count: Math.round((hourly[at] ?? 0) / 95), net: hourly[at] ?? 0 })),
    tenders: tenders.map(([tender], at) => ({ tender, count: Math.round((tendered[at] ?? 0) / 95), amount: tendered[at] ?? 0 })),
    categories, products, more_products: 54, operators: [line('', '小芳', '', people[0] ?? 0), line('', '阿明', '', people[1] ?? 0)],
    voided: [{ tender: '小芳', count: 3, amount: 415 }],
    tallies: [{ name: 'drawer_opened', count: 12, amount: 0 }, { name: 'approved/discount_over_limit', count: 4, amount: 0 }, { name: 'approved/void_sale', count: 3, amount: 0 }],
    online: [
      { method: 'credit', paid: { count: Math.round(credit / 95), amount: credit }, late: { count: 1, amount: 180 }, over: { count: 1, amount: 95 }, expired: { count: 6, amount: 640 }, pending: none, fee: Math.round(credit * 0.0275), payout_from: from, payout_to: to },
      { method: 'cvs', paid: { count: Math.round(cvs / 400), amount: cvs }, late: none, over: none, expired: { count: 2, amount: 760 }, pending: { count: 3, amount: 1_140 }, fee: null, payout_from: null, payout_to: null },
      { method: 'twqr', paid: { count: Math.round(twqr / 95), amount: twqr }, late: none, over: none, expired: { count: 2, amount: 150 }, pending: none, fee: null, payout_from: null, payout_to: null },
    ],
    mismatches: [],
  };
}
