// English: what is said about ECPay's statements.
import type { statementZh } from './statement.zh';

export const statementEn: typeof statementZh = {
  title: "ECPay's statement", lead: "ECPay's statement held against the journal, payment by payment; only what differs is listed", open: "ECPay's statement", back: 'Report',
  from: 'From', to: 'To', fetch: 'Fetch from ECPay', fetching: 'Fetching…', choose: 'Choose a file', file: 'Statement', hint: "Choose the merchant reconciliation file (TradeNoAio) saved from ECPay's back office, or fetch it (one file a minute; this machine's address must be registered there).",
  agrees: (n: number) => `${n} agree`, sum: 'They come to', lines: 'Lines', elsewhere: 'Other tills', differs: (n: number) => `${n} differ`, allAgree: 'Everything agrees', more: (n: number) => `${n} more are not listed`,
  ours: 'Journal', theirs: 'Statement', sale: (n: string) => `Sale ${n}`, trade: (n: string) => `ECPay ${n}`, none: 'nothing', confirmed: "ECPay's answer agreed", unconfirmed: 'not confirmed by ECPay', late: 'came late', vouched: "on a manager's word", paidAt: (text: string) => `paid ${text}`, notPaid: 'not paid',
  past: 'Earlier statements', pastLine: (from: string, to: string) => (from === to ? from : `${from} – ${to}`), by: (name: string, time: string) => `${name}, ${time}`, nothingYet: 'None so far',
  problems: {
    unreadable: ({ what }) => ({ what: 'This file cannot be read', next: `Use the file as ECPay gave it, not saved again by a spreadsheet. (${what})` }),
    truncated: ({ row }) => ({ what: `The file breaks off in row ${row}`, next: 'Fetch it again.' }),
    other_merchant: ({ merchant }) => ({ what: `This statement is of merchant ${merchant}`, next: "Choose this shop's." }),
    other_days: ({ day }) => ({ what: `It has payments of ${day}, which is not among the days chosen`, next: 'Choose other days, or another file.' }),
    nothing_of_ours: ({ payments }) => ({ what: `None of its ${payments} payments is of this till`, next: "It may be another shop's: this till has payments on these days." }),
    no_days: () => ({ what: 'The file is empty', next: 'Choose the days it is about, and do it again.' }),
    too_many_days: () => ({ what: 'A week at most', next: 'Choose fewer days, and fetch more than once.' }),
    too_soon: () => ({ what: 'ECPay gives one file a minute', next: 'Wait a minute.' }),
    refused: ({ status }) => ({ what: `ECPay refuses this file (${status})`, next: "Register this machine's address in its back office (system integration settings), or save the file there yourself." }),
    not_reached: () => ({ what: 'ECPay cannot be reached', next: 'Look at the network, or save the file yourself.' }),
  },
  differences: {
    amount: { what: 'Another amount', next: "Look it up in ECPay's back office." },
    theirs_only: { what: 'ECPay has it, the till does not', next: 'ECPay is being asked; what it says becomes a task.' },
    not_in_journal: { what: 'A number of this till that its journal does not know', next: 'The journal may be an older backup. Book it from the receipt, or give it back at ECPay.' },
    ours_only: { what: 'The till has it, ECPay does not', next: "Look the number up in ECPay's back office, or ask ECPay." },
    refund: { what: 'Another refund', next: "If it was made in ECPay's back office: find the sale under Refunds and book it by hand (back office)." },
  },
};
