// The fake till's X report: adds up what the fake sold.

import type { Attempt, CartLine, Recent, XReport } from '../bindings';

type Sold = { recent: Recent; lines: readonly CartLine[] };

const noRefunds: XReport['refunds'] = { count: 0, amount: 0, tax: 0, by_tax: { taxable: 0, zero_rated: 0, exempt: 0 }, settled: 0, ways: [], unapplied: [] };

export function fakeReport(sold: readonly Sold[], watched: readonly Attempt[], now: number, partPaid: XReport['part_paid'] = [], refunds: XReport['refunds'] = noRefunds, tallies: readonly XReport['tallies'][number][] = []): XReport {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  const net = sum(sold.map((each) => each.recent.total));
  const lines = sold.flatMap((each) => each.lines);
  const gross = sum(lines.map((each) => each.gross));
  const taxed = (kind: CartLine['tax']): number => sum(lines.filter((each) => each.tax === kind).map((each) => each.amount));
  const by_tax = { taxable: taxed('taxable'), zero_rated: taxed('zero_rated'), exempt: taxed('exempt') };
  const tenders = new Map<string, { count: number; amount: number }>();
  const hours = new Map<string, { count: number; net: number }>();
  for (const { recent } of sold) {
    for (const tender of recent.tenders) {
      const name = tender.kind === 'cash' ? 'cash' : tender.kind === 'online' ? tender.method : tender.through;
      const so = tenders.get(name) ?? { count: 0, amount: 0 };
      tenders.set(name, { count: so.count + 1, amount: so.amount + tender.amount });
    }
    const hour = String((Math.floor(recent.closed_ms / 3_600_000) + 8) % 24).padStart(2, '0');
    const so = hours.get(hour) ?? { count: 0, net: 0 };
    hours.set(hour, { count: so.count + 1, net: so.net + recent.total });
  }
  const times = sold.map((each) => each.recent.closed_ms);
  return {
    z: null, till: 'T1', shop: '和平青草茶行', made_ms: now, from_seq: 1, to_seq: 214 + sold.length * 4,
    head: '9f2c41d7a8e05b3364f1c0de77ab19528e6d4c20fb93a1e7d5580c14be62f7a9', first_ms: Math.min(...times), last_ms: Math.max(...times),
    count: sold.length, gross, discounts: gross - net, net, tax: Math.round((by_tax.taxable * 5) / 105), by_tax,
    tenders: [...tenders].map(([tender, so]) => ({ tender, ...so })),
    refunds,
    took: net - refunds.amount,
    cross_foot: { gross_less_discounts: gross - (gross - net), by_tax: sum(Object.values(by_tax)), tenders: sum([...tenders.values()].map((each) => each.amount)), net, agrees: true },
    open: watched.map((each) => ({ attempt: each.number, sale: each.sale, amount: each.amount, state: each.state.kind })),
    unapplied: 0, part_paid: [...partPaid], cash_held: sum(partPaid.map((each) => each.cash)),
    cash: { at_start: 0, floats: 0, sales: 0, returned: 0, refunds: 0, ins: 0, outs: 0, drops: 0, over: 0, banked: 0, expected: 0 }, shifts: [],
    ever: { count: sold.length, net, refunded: 0 }, mismatches: [],
    unverified: 0, unverified_count: 0, tallies: tallies.map((each) => ({ ...each })),
    hours: [...hours].map(([hour, so]) => ({ hour, ...so })).sort((a, b) => a.hour.localeCompare(b.hour)),
  };
}
