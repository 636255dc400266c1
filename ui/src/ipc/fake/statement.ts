// The fake gateway's statement: one payment that only it knows, one refund nobody booked, one payment it does not list.

import type { CommandError, FindingLine, Reconciled, ReconciledLine } from '../bindings';

const refusal = (error: CommandError): CommandError => error;

export class FakeStatements {
  #held: Reconciled[] = [];

  hold(from: string, to: string, now: number, by: string): Reconciled {
    if (Date.parse(to) - Date.parse(from) > 6 * 86_400_000) throw refusal({ code: 'statement', problem: { kind: 'too_many_days' } });
    const now_paid = { state: 'paid', confirmed: true, late: false, vouched: false, paid_at: `${from.replaceAll('-', '/')} 12:31:07`, trade_no: '2611181231071187' };
    const findings: FindingLine[] = [
      { difference: 'theirs_only', number: 'T1261118123456Q7K2MB', sale: 'T1-000412', day: from, trade_no: '2611181235021204', ours: 0, theirs: 145, now: { ...now_paid, state: 'opened', confirmed: false, paid_at: null, trade_no: null } },
      { difference: 'ours_only', number: 'T1261118123050P3ZQ8D', sale: 'T1-000409', day: from, trade_no: '2611181231071187', ours: 260, theirs: 0, now: now_paid },
      { difference: 'refund', number: 'T1261119181422M5TT9X', sale: 'T1-000466', day: to, trade_no: '2611191815300433', ours: 0, theirs: 60, now: { ...now_paid, paid_at: `${to.replaceAll('-', '/')} 18:15:30` } },
    ];
    const first = this.#held.length === 0;
    const made: Reconciled = { seq: 1_000 + this.#held.length, from, to, at_ms: now, by, lines: 214, matched: first ? 208 : 211, matched_amount: 21_385, elsewhere: 3, findings: first ? findings : [], more: 0 };
    this.#held.push(made);
    return made;
  }

  list(): ReconciledLine[] {
    return this.#held.map((each) => ({ seq: each.seq, at_ms: each.at_ms, from: each.from, to: each.to, matched: each.matched, findings: each.findings.length })).reverse();
  }

  one(seq: number): Reconciled {
    const found = this.#held.find((each) => each.seq === seq);
    if (found === undefined) throw refusal({ code: 'statement', problem: { kind: 'no_days' } });
    return found;
  }
}
