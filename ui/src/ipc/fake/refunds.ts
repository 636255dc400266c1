// The fake till gives money back: cards first and by themselves, the rest by a person's hand.

import type {
  CommandError, HandWay, Refund, Refundable, RefundableLine, RefundFigure, RefundItem, RefundLeg, RefundQuote, RefundSource, RefundsReport, RefundState, RefundTo,
  RefundWish, CartLine, Recent, Tender,
} from '../bindings';
import type { FakeClock } from './clock';

/** A sale as the fake till keeps it. */
export type Sold = { recent: Recent; lines: readonly CartLine[] };

const over = (refund: Refund): boolean => refund.state.kind === 'done' || refund.state.kind === 'dropped';

export class FakeRefunds {
  #clock: FakeClock;
  #all: Refund[];
  /** What becomes of a card's refund once the gateway has been asked. */
  #ends: RefundState | null;
  #changed: () => void;

  constructor(clock: FakeClock, before: readonly Refund[], ends: RefundState | null, changed: () => void) {
    this.#clock = clock;
    this.#all = [...before];
    this.#ends = ends;
    this.#changed = changed;
  }

  /** Those that are not over, oldest first. */
  open(): Refund[] {
    return this.#all.filter((each) => !over(each));
  }

  /** Newest first. */
  list(): Refund[] {
    return [...this.#all].reverse();
  }

  find(number: string): Refund {
    const found = this.#all.find((each) => each.number === number);
    if (found === undefined) throw refusal({ code: 'unknown_refund', refund: number });
    return found;
  }

  refundable(sold: Sold): Refundable {
    const refunds = this.#all.filter((each) => each.sale === sold.recent.sale);
    const refunded = sum(refunds.filter(counts).map((each) => each.amount));
    return {
      sale: sold.recent.sale, closed_ms: sold.recent.closed_ms, total: sold.recent.total, refunded, left: sold.recent.total - refunded,
      lines: sold.lines.map((line) => this.#line(line, refunds)), payments: this.#sources(sold, refunds), refunds,
    };
  }

  quote(sold: Sold, wishes: readonly RefundWish[], byHand: HandWay | null): RefundQuote {
    const { lines, payments, left } = this.refundable(sold);
    const items = wishes.filter((wish) => wish.quantity > 0).map((wish): RefundItem => {
      const line = lines.find((each) => each.line === wish.line);
      if (line === undefined || wish.quantity > line.left) throw refusal({ code: 'refund_too_many', line: wish.line, left: line?.left ?? 0 });
      return { line: line.line, name: line.name, quantity: wish.quantity, amount: Math.round((line.left_amount * wish.quantity) / line.left) };
    });
    const amount = sum(items.map((each) => each.amount));
    if (amount === 0) throw refusal({ code: 'nothing_to_refund' });
    if (payments.some((each) => each.whole_only) && amount < left) throw refusal({ code: 'refund_whole_only' });
    const legs: RefundLeg[] = [];
    let rest = amount;
    for (const source of payments) {
      const part = Math.min(rest, source.brought - source.given_back);
      if (part > 0) legs.push({ amount: part, to: whereTo(source, byHand) });
      rest -= part;
    }
    const needs_approval = byHand !== null && payments.some((each) => each.by_card);
    return { amount, tax: Math.round((amount * 5) / 105), items, legs, needs_approval };
  }

  ask(sold: Sold, wishes: readonly RefundWish[], reason: string, byHand: HandWay | null, asked_by: string, approved_by: string | null): void {
    if (reason.trim() === '') throw refusal({ code: 'refund_reason_missing' });
    const { legs, items } = this.quote(sold, wishes, byHand);
    const request = numbered(this.#all.length + 1);
    for (const leg of legs) {
      const number = numbered(this.#all.length + 1);
      const paid = sold.recent.tenders.find((each) => each.kind === 'online');
      this.#all.push({
        ...sample(number, this.#clock.now(), leg.to.kind === 'card' ? { kind: 'asking' } : { kind: 'to_hand_over' }),
        request, sale: sold.recent.sale, attempt: leg.to.kind === 'card' && paid?.kind === 'online' ? paid.number : null, amount: leg.amount, reason: reason.trim(), asked_by, approved_by, to: leg.to,
        items: number === request ? items : items.map((each) => ({ ...each, quantity: 0 })),
      });
      if (leg.to.kind === 'card') this.#clock.after(1500, () => this.#becomes(number, this.#ends ?? { kind: 'on_its_way', since_ms: this.#clock.now(), overdue: false }));
    }
  }

  retry(number: string): void {
    const refund = this.find(number);
    if (!refund.can_retry) throw refusal({ code: 'choice_not_possible' });
    this.#becomes(number, refund.state.kind === 'refused' ? { kind: 'asking' } : refund.state);
  }

  handOver(number: string, way: HandWay, by: string): void {
    if (!this.find(number).can_hand_over) throw refusal({ code: 'choice_not_possible' });
    this.#all = this.#all.map((each) => (each.number === number ? { ...each, handed_by: by } : each));
    this.#becomes(number, { kind: 'done', at_ms: this.#clock.now(), by_hand: way, released: false });
  }

  drop(number: string): void {
    const refund = this.find(number);
    if (!refund.can_drop) throw refusal({ code: 'choice_not_possible' });
    for (const each of this.#all.filter((other) => other.request === refund.request)) this.#becomes(each.number, { kind: 'dropped' });
  }

  slip(number: string): number {
    const { slips } = this.find(number);
    this.#all = this.#all.map((each) => (each.number === number ? { ...each, slips: slips + 1 } : each));
    return slips;
  }

  report(): RefundsReport {
    const counted = this.#all.filter(counts);
    const ways = new Map<string, RefundFigure>();
    for (const each of counted) {
      const way = each.to.kind === 'card' ? each.to.method : each.to.way === 'back_office' ? (each.to.method ?? each.to.outside ?? 'cash') : each.to.way;
      const so = ways.get(way) ?? { way, count: 0, amount: 0, settled_count: 0, settled: 0 };
      const settled = each.state.kind === 'done';
      ways.set(way, { way, count: so.count + 1, amount: so.amount + each.amount, settled_count: so.settled_count + (settled ? 1 : 0), settled: so.settled + (settled ? each.amount : 0) });
    }
    const amount = sum(counted.map((each) => each.amount));
    const tax = Math.round((amount * 5) / 105);
    return { count: counted.length, amount, tax, by_tax: { taxable: amount, zero_rated: 0, exempt: 0 }, settled: sum([...ways.values()].map((each) => each.settled)), ways: [...ways.values()], unapplied: [] };
  }

  #becomes(number: string, state: RefundState): void {
    this.#all = this.#all.map((each) => (each.number === number ? { ...each, ...abilities(state, each.to), state } : each));
    this.#changed();
  }

  #line(line: CartLine, refunds: readonly Refund[]): RefundableLine {
    const back = sum(refunds.filter(counts).flatMap((each) => each.items).filter((item) => item.line === line.line).map((item) => item.quantity));
    const left = line.quantity - back;
    return { line: line.line, code: line.code, name: line.name, unit_price: line.unit_price, sold: line.quantity, refunded: back, left, left_amount: Math.round((line.amount * left) / line.quantity) };
  }

  #sources({ recent }: Sold, refunds: readonly Refund[]): RefundSource[] {
    const sources = recent.tenders.map((tender): RefundSource => {
      const by_card = tender.kind === 'online' && tender.method === 'credit';
      const given_back = sum(refunds.filter((each) => counts(each) && sameWay(each.to, tender)).map((each) => each.amount));
      return {
        method: tender.kind === 'online' ? tender.method : null, outside: tender.kind === 'recorded' ? tender.through : null, attempt: tender.kind === 'online' ? tender.number : null,
        card_last4: tender.kind === 'online' ? tender.card_last4 : null, brought: tender.amount, given_back, by_card, whole_only: false,
        ways: tender.kind === 'cash' ? ['cash', 'bank_transfer'] : tender.kind === 'online' ? ['back_office', 'cash', 'bank_transfer'] : tender.through === 'transfer' ? ['bank_transfer', 'cash'] : ['back_office', 'cash', 'bank_transfer'],
      };
    });
    const rank = (source: RefundSource): number => (source.by_card ? 0 : source.method !== null ? 1 : source.outside !== null ? 2 : 3);
    return sources.sort((a, b) => rank(a) - rank(b));
  }
}

/** A refund in a state, for a scene. */
export function sample(number: string, now: number, state: RefundState, to: RefundTo = { kind: 'card', method: 'credit', last4: '4242' }): Refund {
  return {
    number, request: number, sale: 'T1-000040', attempt: to.method === null ? null : 'T1K2M7A4D39X0Q1WE7ZB', amount: 120, items: [{ line: 1, name: '凍頂烏龍茶 75g', quantity: 1, amount: 120 }], reason: '商品有瑕疵', asked_by: '小芳', approved_by: '張主管',
    handed_by: state.kind === 'done' && state.by_hand !== null ? '小芳' : null, to, state, requested_ms: now, next_check_ms: nextCheck(state, now), ...abilities(state, to), slips: 0,
  };
}

function abilities(state: RefundState, to: RefundTo): Pick<Refund, 'can_retry' | 'can_hand_over' | 'can_drop'> {
  const stuck = state.kind === 'refused' && (state.why === 'unclear' || state.why === 'not_listed');
  return {
    can_retry: state.kind === 'unknown' || state.kind === 'on_its_way' || (state.kind === 'refused' && to.kind === 'card'),
    can_hand_over: state.kind === 'to_hand_over' || state.kind === 'refused',
    can_drop: ['asking', 'waiting', 'queued', 'to_hand_over', 'refused'].includes(state.kind) && !stuck,
  };
}

function nextCheck(state: RefundState, now: number): number | null {
  switch (state.kind) {
    case 'unknown': return now + 8 * 60_000;
    case 'on_its_way': return now + 6 * 3_600_000;
    case 'waiting': return state.until_ms;
    default: return null;
  }
}

function counts(refund: Refund): boolean {
  return refund.state.kind !== 'dropped';
}

function whereTo(source: RefundSource, byHand: HandWay | null): RefundTo {
  if (source.by_card && byHand === null) return { kind: 'card', method: source.method ?? 'credit', last4: source.card_last4 };
  const way = byHand !== null && source.ways.includes(byHand) ? byHand : (source.ways[0] ?? 'cash');
  return { kind: 'hand', way, method: source.method, outside: source.outside };
}

function sameWay(to: RefundTo, tender: Tender): boolean {
  if (to.kind === 'card') return tender.kind === 'online' && tender.method === to.method;
  return tender.kind === 'online' ? to.method === tender.method : tender.kind === 'recorded' ? to.outside === tender.through : to.method === null && to.outside === null;
}

function numbered(count: number): string {
  return `T1-R${String(count).padStart(6, '0')}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function refusal(error: CommandError): CommandError {
  return error;
}
