// English: what is said about shifts, the drawer and closing the day.

import type { dayZh } from './day.zh';

export const dayEn: typeof dayZh = {
  title: 'Drawer and close of day', lead: 'Open a shift, count, hand over, close the day', shift: (n) => `Shift ${n}`, openedBy: (name, time) => `${name}, opened ${time}`,
  noShift: 'No shift is open', noShiftHint: 'Count the float in the drawer and open one. Sales go on without a shift, and are kept all the same.', open: 'Count and open',
  openTitle: 'Open: count the float', openHint: (text) => `By the settings the drawer starts with ${text}. Type how many of each there are.`, openYes: 'Open the shift',
  float: 'Float', ins: 'Put in', outs: 'Taken out', drops: 'To the safe', count: 'Count and hand over',
  countTitle: 'Hand over: count the drawer', countBlind: 'Count first: what the till thinks is shown once your count is kept.', countHint: (text) => `The till thinks ${text}.`, countYes: 'Keep the count',
  piecesOf: (text) => `How many of ${text}`, rare: 'There are 2000 or 200 notes', counted: 'Counted',
  result: 'What the count came to', exact: 'Exact', over: (text) => `${text} over`, short: (text) => `${text} short`,
  countedTimes: (text, times) => (times > 1 ? `Counted ${text} (${times} times)` : `Counted ${text}`),
  note: 'Why', noteHint: 'Such as: wrong change, unknown', stays: 'Stays for the next shift', toBank: 'To the bank', tooMuch: 'The drawer has less', again: 'Count again', closeShift: 'Close the shift',
  amount: 'Amount', reason: 'Reason',
  ways: {
    in: { name: 'Put in', title: 'Cash into the drawer', hint: 'Not from a sale: change fetched, for example.', yes: 'It is in', example: 'Such as: change fetched' },
    out: { name: 'Take out', title: 'Cash out of the drawer', hint: 'Neither change nor a refund: a delivery paid for, for example.', yes: 'It is out', example: 'Such as: paid for milk' },
    drop: { name: 'To the safe', title: 'Cash into the safe', hint: 'When the drawer gets too full.', yes: 'It is in the safe', example: 'Such as: afternoon drop' },
  },
  z: (n) => `Z ${n}`, zTitle: 'Close of day (Z report)', zHint: 'Makes a Z report of everything sold so far. Numbers have no gap, and nothing of it can be changed.', zHintOpen: 'A shift is still open. The day can be closed all the same; the shift goes on tomorrow.',
  zMake: (n) => `Close the day: Z ${n}`, zSure: (n) => `Press again to make Z ${n}`, zNone: 'No Z report yet',
  zReport: (n) => `Z report ${n}`, zLead: (time, by) => `${time}, closed by ${by}`,
  paper: 'On paper', drawer: 'Drawer', atStart: 'At the start', floats: 'Float over (short)', sales: 'Cash sales', returned: 'Given back before the close', refunds: 'Cash refunds', overShort: 'Counts over (short)', banked: 'To the bank', expected: 'In the drawer now',
  shifts: 'Shifts', shiftRuns: 'still open', shiftEnded: (by, time) => `${by}, closed ${time}`, ever: 'Sold in all', everHint: (n) => `${n} sales since the first day`, mismatch: 'Figures do not agree',
};
