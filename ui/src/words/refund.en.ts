// English: what is said about money on its way back.

import { dayMonthHourMinute, hourMinute } from '../shared/time';
import type { refundZh } from './refund.zh';
import type { RefundRefusalWords, RefundSaysWords, RefundStateWords, RefundWaitWords } from './shape';

const waits: RefundWaitWords = {
  daily_closing: (time) => ({ what: `Goes out by itself after ${time}`, next: 'ECPay closes the day from 20:15 to 20:30 and takes no refunds then. Give the customer the slip; nobody has to wait.' }),
  until_morning: (time) => ({ what: `Goes out by itself after ${time}`, next: 'The day was closed tonight; it can be taken back from six in the morning. Give the customer the slip; nobody has to wait.' }),
  until_captured: (time) => ({ what: `Goes out by itself after ${time}`, next: 'The card has not been charged yet, and part of it can go back only after the daily closing. Give the customer the slip; nobody has to wait.' }),
};

const says: RefundSaysWords = {
  balance: { what: 'The ECPay account has too little money for this', next: 'The owner tops it up in the back office, then press "Try again"; or a supervisor approves giving it back by hand.' },
  too_old: { what: 'Too old for a refund online', next: 'The manager calls ECPay, or a supervisor approves giving it back by hand.' },
  not_there: { what: 'ECPay says there is no such order', next: 'The manager checks the payment number in the back office and decides.' },
  other: { what: 'ECPay does not accept this refund', next: 'No money has gone back. ECPay\'s own words are below; try again, or a supervisor approves giving it back by hand.' },
};

const refusals: RefundRefusalWords = {
  gateway: says.other,
  not_found: { what: 'ECPay knows no such card payment', next: 'No money has gone back. The manager checks it in ECPay\'s back office and decides.' },
  cancelled: { what: 'This authorisation was cancelled before', next: 'The customer was never charged, so nothing has to go back. Check in the back office, then give the refund up.' },
  not_authorised: { what: 'The bank never agreed to this payment', next: 'The customer was not charged. The manager checks it in the back office.' },
  not_captured: { what: 'Not charged yet, so not in part', next: 'No money has gone back. The manager captures it in the back office, then "Try again"; or give this up and refund all of it.' },
  whole_only: { what: 'Instalments and bonus points go back as a whole', next: 'No money has gone back. Give this up and refund all of it.' },
  too_much: { what: 'Less is left at ECPay than is to go back', next: 'Somebody may have refunded it in the back office. The manager checks; no cash before that.' },
  strange_stage: { what: 'ECPay\'s answer makes no sense to the till', next: 'No money has gone back. The manager looks in the back office; then try again, or give it back by hand.' },
  unclear: { what: 'Nobody can tell whether it went back', next: 'No cash yet. The manager looks in the back office: if it went back, press "By hand" and choose "ECPay back office" to record it; if not, try again.' },
  too_often: { what: 'Sent several times, and it never happened', next: 'The manager looks in the back office; then try again, or give it back by hand.' },
  not_listed: { what: 'No answer, and not in ECPay\'s list', next: 'The list may not show refunds. No cash yet; the manager looks in the back office: if it went back, press "By hand" and choose "ECPay back office" to record it; if not, try again.' },
};

const states: RefundStateWords = {
  asking: () => ({ what: 'Asking ECPay how it can go back', next: 'The till first asks how far the payment has come, then chooses the right way. It finishes by itself.' }),
  waiting: (state) => waits[state.why](state.why === 'daily_closing' ? hourMinute(state.until_ms) : dayMonthHourMinute(state.until_ms)),
  queued: () => ({ what: 'Behind an earlier refund', next: 'An earlier refund to the same card has to end first; this one then follows by itself.' }),
  sending: () => ({ what: 'Sending', next: 'One moment.' }),
  unknown: () => ({ what: 'Not known yet whether it went back', next: 'It was sent, and no clear answer came. The till asks by itself and sends nothing twice. Do not pay it out in cash meanwhile.' }),
  on_its_way: (state) =>
    state.overdue ? { what: 'Not seen to arrive for too long', next: 'ECPay accepted it long ago. The manager looks in the back office; no cash meanwhile.' }
    : { what: 'Accepted by ECPay, on its way', next: 'Nothing more to do. When it shows on the statement is up to the customer\'s bank; give them the slip.' },
  to_hand_over: () => ({ what: 'A person has to give this back', next: 'Follow the steps below, then record that it is done.' }),
  refused: (state) => refusals[state.why],
  done: (state) =>
    state.by_hand !== null ? { what: 'Given back to the customer', next: 'This refund is complete.' }
    : state.released ? { what: 'Released, never charged', next: 'It was cancelled before the card was charged; nothing shows on the statement.' }
    : { what: 'Back on the card', next: 'This refund is complete.' },
  dropped: () => ({ what: 'Given up, nothing refunded', next: 'Neither money nor goods have moved; it can be refunded another time.' }),
};

export const refundEn: typeof refundZh = {
  title: 'Refunds', lead: 'Scan the QR code on the receipt, or type the sale\'s number', find: 'Find the sale', finder: 'Sale number', finderHint: (till: string) => `such as ${till}-000042, or just 42`, fromRecent: 'From recent sales',
  open: 'Under way', earlier: 'Lately completed', none: 'No refunds yet', noneHint: 'Find the sale, then choose what comes back.', show: 'See the refund', start: 'Refund',
  of: (sale: string) => `Refund of sale ${sale}`, sold: (time: string, total: string) => `sold ${time}, ${total} in all`, soFar: (text: string) => `${text} refunded before`, lines: 'What comes back',
  keys: '↑↓ item   ←→ or digits: how many   A all   Enter next', all: 'Everything', nothing: 'Nothing', times: (n: number, of: number) => `${n} of ${of}`, more: 'One more back', fewer: 'One fewer back', bought: (n: number) => `${n} bought`, back: (n: number) => `${n} back before`, lineGone: 'all back before', quantity: (name: string, n: number, left: number) => `${name}, ${n} to come back, ${left} possible`,
  goesBack: 'Goes back', pickFirst: 'Choose what comes back', still: 'Still refundable', after: 'Left after this', tax: (text: string) => `includes ${text} tax`, whole: 'Instalments or bonus points: all or nothing', allBack: 'All of this sale has gone back', wayAsked: 'How', asPaid: 'The way it was paid', instead: 'Given back by hand; a supervisor approves. It will not go to the card any more.',
  reason: 'Reason', reasons: ['Faulty goods', 'Changed mind', 'Wrong item', 'Overcharged', 'Out of stock'], ownReason: 'or write your own reason', approver: 'Approved by', approverHint: 'Nobody is registered: write the supervisor\'s name',
  yes: (text: string) => `Refund ${text}`, yesSure: 'It goes into the journal and cannot be taken back.', needs: { lines: 'Nothing chosen yet', reason: 'No reason yet', approver: 'Nobody approved yet' },
  ways: { cash: 'Cash', bank_transfer: 'Bank transfer', back_office: 'ECPay back office' },
  to: {
    card: (card: string) => `To the card${card}`, byGateway: 'ECPay does it', cash: 'Cash from the drawer', transfer: 'Bank transfer', backOffice: (method: string) => `${method}, in ECPay's back office`, terminal: 'On the other terminal', voucher: 'As a voucher', byHand: 'by a person',
  },
  card: (last4: string) => ` ${last4}`,
  steps: {
    cash: (amount: string) => [`Count ${amount} from the drawer`, 'Print the slip and have the customer sign', 'Hand over the money and the slip'],
    transfer: (amount: string) => ['Have the customer write down bank, account and name (on paper)', `Transfer ${amount} and keep the bank's receipt`, 'Print the slip for the customer'],
    backOffice: (amount: string, payment: string) => ['Sign in to ECPay\'s vendor site, orders', `Find payment ${payment} and refund ${amount} there`, 'Print the slip for the customer'],
    terminal: (amount: string) => [`Refund ${amount} on the same terminal, to the same card`, 'Print the slip and give it with the terminal\'s own'],
    voucher: (amount: string) => ['Print the slip and have the customer sign', `Give the customer vouchers worth ${amount}`],
  },
  stepsTitle: 'What to do', handed: { cash: 'Cash handed over', bank_transfer: 'Transferred', back_office: 'Refunded there' }, handedTerminal: 'Refunded there', handedVoucher: 'Voucher given', sure: (choice: string) => `${choice}, really?`,
  retry: 'Try again', ask: 'Ask now', byHand: 'By hand', byHandHint: 'A person gives it back, with approval; it will not go back by itself any more.', drop: 'Give it up', slip: 'Slip', slipAgain: 'Print the slip again', slipOf: (n: string) => `Refund slip ${n}`, together: 'Asked for together',
  facts: { sale: 'Sale', to: 'To', items: 'Items', reason: 'Reason', asked: 'Asked by', approved: 'Approved by', handed: 'Given by', payment: 'Payment', nextCheck: 'Next check', words: 'ECPay\'s words' },
  item: (name: string, n: number) => (n > 1 ? `${name} ×${n}` : name), moneyOnly: 'Money no sale took', by: (name: string, time: string) => `${name}, ${time}`, code: (code: string) => `code ${code}`, soon: 'any moment',
  report: 'Refunds', reportWay: 'By', reportAsked: 'Asked for', reportSettled: 'Back', reportCount: (n: number) => `${n} refund${n === 1 ? '' : 's'}`, reportPending: 'Not yet back', reportUnapplied: 'Money no sale took, given back', transferWay: 'Bank transfer',
  states, says, refusalsOf: refusals,
};
