// The fake shop's drawer: shifts, counts and Z reports, with the rules of the real one as far as a screen can meet them.

import type { CashWay, CommandError, Day, DrawerReport, Pieces, ReportPicture, ShiftReport, XReport } from '../bindings';
import type { FakeClock } from './clock';
import { drawReceipt } from './receipt';

const float = 3000;
const refusal = (error: CommandError): CommandError => error;
const worth = (pieces: Pieces[]): number => pieces.reduce((sum, each) => sum + each.denomination * each.pieces, 0);
const nothing: DrawerReport = { at_start: 0, floats: 0, sales: 0, returned: 0, refunds: 0, ins: 0, outs: 0, drops: 0, over: 0, banked: 0, expected: 0 };

type Running = { number: number; opened_ms: number; opened_by: string; float: number; ins: number; outs: number; drops: number; times: number; counted: number | null; over: number };

export class FakeDay {
  #clock: FakeClock;
  #by: string;
  #sold: () => number;
  #soldBefore = 0;
  #atStart = 0;
  #moved: DrawerReport = { ...nothing };
  #shift: Running | null = null;
  #shifts = 0;
  #ended: ShiftReport[] = [];
  #reports: XReport[] = [];

  constructor(clock: FakeClock, by: string, sold: () => number) {
    this.#clock = clock;
    this.#by = by;
    this.#sold = sold;
  }

  /** The end of the shift, as far as a scene wants it: eight dollars are missing. */
  end(how: 'counted' | 'closed'): void {
    this.countDrawer([{ denomination: 1, pieces: this.#expected() - 8 }]);
    if (how === 'closed') this.closeShift('找錯錢', float);
  }

  day(): Day {
    const shift = this.#shift;
    const now = this.#expected() + (shift?.over ?? 0);
    const next_float = Math.min(now, float);
    return {
      shift: shift === null ? null : {
        number: shift.number, opened_ms: shift.opened_ms, opened_by: shift.opened_by, float: shift.float, ins: shift.ins, outs: shift.outs, drops: shift.drops,
        count: shift.counted === null ? null : { times: shift.times, counted: shift.counted, over: shift.over, now, next_float, to_bank: now - next_float },
      },
      float, expected: shift !== null && shift.counted === null ? null : this.#expected(), next_z: this.#reports.length + 1,
      reports: this.#reports.map((each) => ({ number: each.z?.number ?? 0, at_ms: each.made_ms, by: this.#by, took: each.took })).reverse(),
    };
  }

  openShift(pieces: Pieces[]): Day {
    if (this.#shift !== null) throw refusal({ code: 'shift_open' });
    this.#shifts += 1;
    this.#moved.floats += worth(pieces) - this.#expected();
    this.#shift = { number: this.#shifts, opened_ms: this.#clock.now(), opened_by: this.#by, float: worth(pieces), ins: 0, outs: 0, drops: 0, times: 0, counted: null, over: 0 };
    return this.day();
  }

  moveCash(way: CashWay, amount: number): Day {
    const shift = this.#open();
    if (way !== 'in' && amount > this.#expected()) throw refusal({ code: 'not_in_drawer' });
    const line = ({ in: 'ins', out: 'outs', drop: 'drops' } as const)[way];
    shift[line] += amount;
    this.#moved[line] += amount;
    return this.day();
  }

  countDrawer(pieces: Pieces[]): Day {
    const shift = this.#open();
    [shift.times, shift.counted, shift.over] = [shift.times + 1, worth(pieces), worth(pieces) - this.#expected()];
    return this.day();
  }

  closeShift(note: string, next_float: number): Day {
    const shift = this.#open();
    if (shift.counted === null) throw refusal({ code: 'count_first' });
    if (shift.over !== 0 && note.trim() === '') throw refusal({ code: 'reason_missing' });
    const to_bank = this.#expected() + shift.over - next_float;
    if (to_bank < 0) throw refusal({ code: 'bad_amount' });
    this.#moved.over += shift.over;
    this.#moved.banked += to_bank;
    const end = { at_ms: this.#clock.now(), by: this.#by, counted: shift.counted, over: shift.over, note: note.trim() === '' ? null : note, to_bank, next_float };
    this.#ended.push({ number: shift.number, opened_ms: shift.opened_ms, opened_by: shift.opened_by, float: shift.float, drawer: { ...nothing, expected: next_float }, counts: shift.times, end });
    this.#shift = null;
    return this.day();
  }

  /** What a report says of the drawer. */
  figures(): { cash: DrawerReport; shifts: ShiftReport[] } {
    const running = this.#shift;
    const shifts = running === null ? this.#ended : [...this.#ended, { number: running.number, opened_ms: running.opened_ms, opened_by: running.opened_by, float: running.float, drawer: { ...nothing }, counts: running.times, end: null }];
    return { cash: { ...this.#moved, at_start: this.#atStart, sales: this.#sold() - this.#soldBefore, expected: this.#expected() }, shifts };
  }

  closeDay(number: number, report: XReport): XReport {
    if (number !== this.#reports.length + 1) throw refusal({ code: 'day_closed', number });
    const made: XReport = { ...report, z: { number, by: this.#by } };
    this.#reports.push(made);
    this.#atStart = this.#expected();
    this.#soldBefore = this.#sold();
    this.#moved = { ...nothing };
    this.#ended = [];
    return made;
  }

  reportZ(number: number): XReport {
    const found = this.#reports[number - 1];
    if (found === undefined) throw refusal({ code: 'unknown_report', number });
    return found;
  }

  zPaper(number: number): ReportPicture {
    const report = this.reportZ(number);
    const png_base64 = drawReceipt({ shop: report.shop, sale: `Z ${number}`, at_ms: report.made_ms, lines: [], total: report.took, tax: report.tax, tenders: [], copy: 0 });
    return { number, copy: 0, png_base64, pdf_path: `reports/Z-000${number}.pdf` };
  }

  #open(): Running {
    if (this.#shift === null) throw refusal({ code: 'no_shift' });
    return this.#shift;
  }

  #expected(): number {
    const { floats, ins, outs, drops, over, banked } = this.#moved;
    return this.#atStart + floats + this.#sold() - this.#soldBefore + ins - outs - drops + over - banked;
  }
}
