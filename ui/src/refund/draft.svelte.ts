// A refund that is being put together: how many of each line, why, which way; and what the till says it would be.

import { asCommandError, type Client, type CommandError, type HandWay, type Refundable, type RefundableLine, type RefundQuote, type RefundWish } from '../ipc/client';

export type Missing = 'lines' | 'reason' | 'approver';

export class RefundDraft {
  readonly sale: Refundable;
  /** Nobody is registered, so an approval is a name that is written down. */
  readonly unattended: boolean;
  #client: Client;
  #pieces = $state<Record<number, number>>({});
  #asked = 0;
  /** The line the keys act on. */
  at = $state(0);
  reason = $state('');
  approver = $state('');
  /** How a person gives it back; null for the way it was paid. */
  byHand = $state<HandWay | null>(null);
  /** What it would be; null while nothing is chosen. */
  quote = $state.raw<RefundQuote | null>(null);
  refused = $state.raw<CommandError | null>(null);

  constructor(sale: Refundable, client: Client, unattended: boolean) {
    this.sale = sale;
    this.#client = client;
    this.unattended = unattended;
    const first = sale.lines.findIndex((line) => line.left > 0);
    this.at = Math.max(0, first);
    // Instalments and bonus points go back as a whole: nothing to choose.
    if (this.wholeOnly) this.all();
  }

  get wholeOnly(): boolean {
    return this.sale.payments.some((payment) => payment.whole_only && payment.given_back < payment.brought);
  }

  /** The ways a person could give it back instead, where that is another way than the usual one. */
  get ways(): HandWay[] {
    const open = this.sale.payments.filter((payment) => payment.given_back < payment.brought);
    const usual = open.length === 1 && open[0]?.by_card === false ? open[0].ways[0] : undefined;
    return [...new Set(open.flatMap((payment) => payment.ways))].filter((way) => way !== usual);
  }

  pieces(line: RefundableLine): number {
    return this.#pieces[line.line] ?? 0;
  }

  get wishes(): RefundWish[] {
    return this.sale.lines.filter((line) => this.pieces(line) > 0).map((line) => ({ line: line.line, quantity: this.pieces(line) }));
  }

  get missing(): Missing | null {
    if (this.quote === null) return 'lines';
    if (this.reason.trim() === '') return 'reason';
    return this.unattended && this.quote.needs_approval && this.approver.trim() === '' ? 'approver' : null;
  }

  set(line: RefundableLine, pieces: number): void {
    this.#pieces[line.line] = Math.max(0, Math.min(line.left, Math.trunc(pieces)));
    void this.#ask();
  }

  all(): void {
    for (const line of this.sale.lines) this.#pieces[line.line] = line.left;
    void this.#ask();
  }

  none(): void {
    this.#pieces = {};
    void this.#ask();
  }

  choose(way: HandWay | null): void {
    this.byHand = way;
    void this.#ask();
  }

  /** The till answers in its own time; only the last question counts. */
  async #ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const wishes = this.wishes;
    if (wishes.length === 0) {
      [this.quote, this.refused] = [null, null];
      return;
    }
    try {
      const quote = await this.#client.refundQuote(this.sale.sale, wishes, this.byHand);
      if (asked === this.#asked) [this.quote, this.refused] = [quote, null];
    } catch (thrown) {
      if (asked === this.#asked) [this.quote, this.refused] = [null, asCommandError(thrown)];
    }
  }
}
