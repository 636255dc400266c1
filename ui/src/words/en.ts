// English: the same keys as zh.ts, checked by the type.

import { money } from '../shared/money';
import { hourMinute, type Age } from '../shared/time';
import { refundEn } from './refund.en';
import { dayEn } from './day.en';
import { rangeEn } from './range.en';
import { statementEn } from './statement.en';
import { goods } from './goods/en';
import { settingsEn, welcomeEn } from './settings.en';
import { collectingEn } from './collecting.en';
import { settingProblem } from './setting';
import { sayWrong } from './wrong';
import { statementProblem } from './shape';
import type { ChoiceWords, ErrorWords, MethodWords, NoticeWords, OutsideWords, PrintingWords, ProblemWords, RelayTestWords, RelayWords, StateWords, StopWords, TaskWords, WhyWords } from './shape';
import type { zh } from './zh';

const why: WhyWords = {
  no_answer: 'The gateway cannot be reached, so the result has not arrived yet.',
  gateway_silent: 'ECPay is not answering questions for now; the till asks again by itself.',
  wrong_amount: 'Keep the goods for now; the manager looks this payment up at ECPay.',
  pending_at_bank: 'The bank has not answered yet; this often takes some minutes.',
};

const states: StateWords = {
  created: () => ({ what: 'Preparing the pay page', next: 'One moment.' }),
  presented: () => ({ what: 'Ask the customer to scan', next: 'The phone\'s camera opens the pay page.' }),
  opened: () => ({ what: 'The customer has opened the page', next: 'Wait while they finish on their phone.' }),
  confirming: () => ({ what: 'Confirming with ECPay', next: 'The customer is done; the result is moments away.' }),
  code_issued: () => ({ what: 'Payment code issued', next: 'Once the customer pays before the deadline, this updates by itself.' }),
  paid: (state) =>
    state.over ? { what: 'Paid (twice)', next: 'This money is too much; see "To do".' }
    : state.late ? { what: 'Paid (late)', next: 'It came after cancelling or expiry; see "To do".' }
    : { what: 'Paid', next: 'Hand over the goods.' },
  unknown: (state) => ({ what: state.why === 'wrong_amount' ? 'Another amount came in' : 'Result not known yet. Look at the customer\'s phone', next: why[state.why] }),
  cancel_requested: () => ({ what: 'Cancelled, still watched', next: 'If the customer pays after all, you will be told.' }),
  failed: (state) => ({ what: 'This try did not go through', next: `The customer may try again on the same page, or pay another way. (code ${state.code})` }),
  expired: () => ({ what: 'Time is up', next: 'Open a new payment; if this one is paid late you will be told.' }),
};

const problems: ProblemWords = {
  name: { what: 'That cannot be a name', next: 'Use 1 to 20 visible characters.' }, name_taken: { what: 'Somebody else has that name', next: 'Choose one that tells them apart.' },
  pin: { what: 'That cannot be a PIN', next: 'Use 4 to 12 digits.' }, easy_pin: { what: 'That PIN is too easy to guess', next: 'No runs, no single digit repeated.' },
  first_is_owner: { what: 'The first person is the owner', next: 'Add the owner, then the others.' }, last_owner: { what: 'One owner has to stay', next: 'Make somebody else an owner first.' },
  unknown: { what: 'No such person', next: 'They may have left; choose again.' }, too_many: { what: 'Too many people', next: 'Let go of those who left first.' }, reason: { what: 'No reason given', next: 'Choose or write one.' },
};

const errors: ErrorWords = {
  unknown_barcode: (e) => ({ what: `No product with barcode ${e.barcode}`, next: 'Scan again, or search by name.' }),
  unknown_product: (e) => ({ what: `No product ${e.product}`, next: 'It may have been withdrawn; search again.' }),
  bad_label: (e) => ({ what: `Label ${e.barcode} was misread, or has no weight`, next: 'Scan it again; if that fails, weigh again.' }),
  weight_needed: (e) => ({ what: `${e.name} is sold by weight`, next: 'Type the grams.' }),
  bad_weight: (e) => ({ what: 'That cannot be a weight', next: `1 to ${e.max.toLocaleString('en')} grams.` }),
  product_refused: (e) => ({ what: sayWrong(goods.wrong, e.what), next: 'Correct it and save again; the rest of what you typed stays.' }),
  product_changed: (e) => ({ what: `Product ${e.product} was changed meanwhile`, next: 'Nothing was written over. Compare, then save again.' }),
  bad_quantity: (e) => ({ what: `The quantity cannot be ${e.given}`, next: `Enter 1 to ${e.max}.` }),
  bad_discount: (e) => ({ what: 'That discount is not possible', next: `At most ${money(e.max)} off, or 1 to 100%.` }),
  bad_article: (e) => ({ what: 'A name and a price are needed', next: `The price is 1 to ${money(e.max)}.` }),
  below_paid: (e) => ({ what: `${money(e.paid)} is paid already; the sale cannot come to less`, next: 'Give the money back first, then change the items.' }),
  money_held: (e) => ({ what: `${money(e.amount)} has come in for this sale`, next: 'To give it up, say what becomes of the money.' }),
  reason_missing: () => ({ what: 'A reason is needed', next: 'It is kept in the journal.' }),
  counter_busy: () => ({ what: 'A sale is on the counter', next: 'Finish it or put it aside before taking another back.' }),
  aside_full: (e) => ({ what: `${e.max} sales are put aside already`, next: 'Finish some of them first.' }),
  empty_cart: () => ({ what: 'Nothing rung up yet', next: 'Scan or tap a product first.' }),
  cart_locked: () => ({ what: 'A payment is under way, so items cannot change', next: 'Wait for the result, or cancel the payment first.' }),
  catalogue_refused: (e) => ({ what: `The file has ${e.problems} problems; nothing was taken`, next: `The first: ${e.first}` }),
  cart_full: (e) => ({ what: `At most ${e.max} lines in a sale`, next: 'Take payment, then start another sale.' }),
  total_too_large: (e) => ({ what: `Over the limit of ${money(e.max)}`, next: 'Split it into two sales.' }),
  too_little_cash: (e) => ({ what: `${money(e.due - e.received)} short`, next: `${money(e.due)} is due; enter the amount received again.` }),
  bad_amount: () => ({ what: 'That amount is not valid', next: 'Enter it again.' }),
  amount_out_of_limits: (e) => ({ what: `This method takes ${money(e.min)} to ${money(e.max)}`, next: 'Choose another way to pay.' }),
  payment_live: () => ({ what: 'Another payment is under way', next: 'Wait for its result, or cancel it.' }),
  money_waiting: (e) => ({ what: `$${e.amount} has come in late for this sale`, next: 'Accept it or give it back first; do not collect twice.' }),
  outcome_unknown: (e) => ({ what: 'The result of an earlier payment is not known', next: `Wait for it, or ask a manager to release it. (${e.attempt})` }),
  no_payment: () => ({ what: 'No payment is under way', next: 'Choose a way to pay again.' }),
  gateway_maintenance: (e) => ({ what: `ECPay is down for maintenance until ${hourMinute(e.until_ms)}`, next: 'Take cash until then.' }),
  check_later: (e) => ({ what: 'Asked a moment ago', next: `Can be asked again after ${hourMinute(e.at_ms)}; the result shows by itself.` }),
  unknown_sale: (e) => ({ what: `No sale ${e.sale}`, next: 'Pick one from recent sales.' }),
  unknown_task: () => ({ what: 'This was already dealt with', next: 'Nothing more to do.' }),
  shift_open: () => ({ what: 'A shift is open already', next: 'Close it before opening another.' }),
  no_shift: () => ({ what: 'No shift is open', next: 'Count the float and open one first.' }),
  statement: ({ problem }) => statementProblem(statementEn.problems, problem),
  bad_days: () => ({ what: 'These days cannot be', next: 'From a day to the same or a later one, ten years at most.' }),
  bad_count: () => ({ what: 'That count cannot be right', next: 'Check how many there are of each note and coin.' }),
  count_first: () => ({ what: 'The drawer was not counted', next: 'Count it before closing the shift.' }),
  not_in_drawer: () => ({ what: 'The drawer does not have as much', next: 'Check the amount; if it is really there, count the drawer first.' }),
  day_closed: (e) => ({ what: `Z ${e.number} is made already`, next: 'Look at that report before closing another day.' }),
  unknown_report: (e) => ({ what: `There is no Z ${e.number}`, next: 'Check the number.' }),
  unknown_refund: (e) => ({ what: `There is no refund ${e.refund}`, next: 'Check the number.' }),
  nothing_to_refund: () => ({ what: 'There is nothing to give back', next: 'Choose what comes back, and how many.' }),
  refund_too_many: (e) => ({ what: `Only ${e.left} of this are left to come back`, next: 'The others came back before: choose again.' }),
  refund_too_much: (e) => ({ what: `Only ${e.left} dollars of this sale are left`, next: 'Look at the sale again.' }),
  refund_whole_only: () => ({ what: 'Instalments and bonus points go back as a whole', next: 'Refund everything, or nothing.' }),
  refund_reason_missing: () => ({ what: 'A refund needs a reason', next: 'A few words will do.' }),
  choice_not_possible: () => ({ what: 'Not possible right now', next: 'Choose another way to deal with it.' }),
  locked: () => ({ what: 'The till is locked', next: 'Sign in first.' }),
  approval_needed: () => ({ what: 'This needs approval', next: 'Ask a supervisor to enter their PIN.' }),
  not_allowed: (e) => ({ what: `${e.name} may not approve this`, next: 'Ask a supervisor or the owner.' }),
  wrong_pin: (e) => ({ what: 'Wrong PIN', next: e.until_ms === null ? 'Enter it again.' : `Too many wrong PINs; try again after ${hourMinute(e.until_ms)}.` }),
  pin_wait: (e) => ({ what: 'Too many wrong PINs', next: `Try again after ${hourMinute(e.until_ms)}.` }),
  person_refused: (e) => problems[e.why],
  setting_refused: (e) => ({ what: `"${settingsEn.names[e.name].label}" cannot be like that`, next: settingProblem(settingsEn.problems, e.why) }),
  settings_unreadable: (e) => ({ what: 'The settings file cannot be read; nothing was changed', next: `Put the file right first: ${e.message}` }),
  settings_not_written: (e) => ({ what: 'The settings were not saved; they are as they were', next: `See whether the disk and the folder can be written to. (${e.reason})` }),
  keys_refused: (e) => collectingEn.problems[e.why],
  payments_under_way: (e) => ({ what: `${e.count} payments or refunds have no result yet`, next: 'Wait for them first, so that somebody watches them.' }),
  disk_full: () => ({ what: 'The disk is full', next: 'Ask the manager to make room, then carry on.' }),
  journal_damaged: (e) => ({ what: e.at_seq === null ? 'The journal is damaged' : `The journal is damaged at record ${e.at_seq}`, next: 'Stop selling and tell the manager; the file is kept as it is.' }),
  stopped: () => ({ what: 'The till has stopped', next: 'Follow the instructions on the screen.' }),
  wrong_passphrase: () => ({ what: 'Wrong passphrase', next: 'Enter it again.' }),
  receipt_failed: (e) => ({ what: 'The receipt could not be made', next: `The sale is complete; do not charge again. Try once more. (${e.reason})` }),
  internal: (e) => ({ what: 'Something unforeseen went wrong', next: `Try again; if it persists restart the program, nothing is lost. (${e.message})` }),
};

const stops: StopWords = {
  journal_damaged: (s) => ({
    what: s.at_seq === null ? 'The journal cannot be read. Selling has stopped so that nothing is recorded wrongly.' : `The journal does not check out from record ${s.at_seq}. Selling has stopped so that nothing is recorded wrongly.`,
    next: 'Do not delete or move the file. Ask the manager to restore a backup; until then, write sales on paper.',
  }),
  journal_newer: () => ({ what: 'The journal was written by a newer version, which this one cannot read.', next: 'Update the program and open it again. The journal was not touched.' }),
  disk_full: () => ({ what: 'The disk is full. A new sale could not be recorded, so no money is taken.', next: 'Make room on the disk, then open the program again.' }),
  keys_missing: () => ({ what: 'The ECPay keys are missing, so payments could not be verified.', next: 'Ask the manager to set up the keys, then open the program again.' }),
  keys_locked: () => ({ what: 'The ECPay keys are locked. A passphrase is needed before selling.', next: 'Enter the passphrase the manager chose.' }),
  settings: () => ({ what: 'The settings file has a problem, and the till will not guess.', next: 'Ask the manager to correct the item below, then open the program again.' }),
  already_running: () => ({ what: 'This till is already open.', next: 'Switch to the open window; this one can be closed.' }),
};

const notices: NoticeWords = {
  gateway_silent: (n) => ({ what: `ECPay answers no questions until ${hourMinute(n.until_ms)}`, next: 'Cash works. Payments that are announced still show by themselves.' }),
  gateway_unreachable: (n) => ({ what: `No connection since ${hourMinute(n.since_ms)}`, next: 'Cash works. Open payments are still watched.' }),
  relay_away: (n) => ({ what: `No connection to the relay since ${hourMinute(n.since_ms)}`, next: 'Go on selling: this till shows the pay page itself (phones on the shop’s Wi-Fi), and results take a little longer. It comes back by itself.' }),
  relay_key: () => ({ what: 'The relay does not know this till’s key', next: 'Go on selling. Ask the manager to put the relay key in again.' }),
  gateway_maintenance: (n) => ({ what: `ECPay is down for maintenance until ${hourMinute(n.until_ms)}`, next: 'Take cash. Open payments are still watched.' }),
  gateway_out: (n) => ({ what: `ECPay has not answered properly since ${hourMinute(n.since_ms)}`, next: 'Cash works. Open payments are still watched.' }),
  recovered: (n) => ({ what: `Sale ${n.sale} was picked up from the journal`, next: 'The program was interrupted; this sale is now complete.' }),
  backup_failed: (n) => ({ what: 'The backup did not come about', next: `${n.folder}: ${n.why}. Selling works; look at the stick or the share.` }),
  backup_stale: () => ({ what: 'There has been no backup for a long time', next: 'Selling works; plug in the backup stick, or look at the share.' }),
  clock_off: (n) => ({ what: `The computer\'s clock is off by ${n.seconds} s`, next: 'Selling works; ask the manager to set the clock.' }),
};

const relays: RelayWords = {
  unknown: () => ({ what: 'Nothing heard of the relay yet', next: 'The program has just started; it will be known in a moment, or press test.' }),
  answers: () => ({ what: 'Connected', next: 'Customers can pay over mobile data, and results arrive at once.' }),
  away: (r) => ({ what: `No connection since ${hourMinute(r.since_ms)}`, next: 'Go on selling: this till shows the pay page itself, and goes back by itself.' }),
  refuses_key: () => ({ what: 'It does not know this till’s key', next: 'Ask the manager to put the key in again with guitaictl relay key.' }),
};

const relayTests: RelayTestWords = {
  works: (t) => ({ what: 'The test succeeded', next: `A letter to ourselves came back after ${(t.took_ms / 1000).toFixed(1)} s.` }),
  no_key: () => ({ what: 'This till has no key for the relay', next: 'Ask the manager to put it in with guitaictl relay key, and open the program again.' }),
  not_reached: () => ({ what: 'The relay cannot be reached', next: 'Look whether the network works, and in the settings whether the relay’s address is right.' }),
  wrong_key: () => ({ what: 'The relay does not know this till’s key', next: 'Ask the manager to put the key in again; it may have been revoked.' }),
  not_a_relay: () => ({ what: 'What answers there is not a relay', next: 'Ask the manager to check the relay’s address in the settings.' }),
  out_of_order: () => ({ what: 'The relay cannot answer now', next: 'Try again in a few minutes; selling goes on.' }),
  door_closed: (t) => ({ what: 'ECPay’s notices cannot get in', next: `This till reaches the relay, but the notices’ door answers ${t.status}. Ask the manager to check the server in front of it.` }),
  lost: () => ({ what: 'A letter went in and did not come back', next: 'Try again in a few minutes; if it stays so, ask the manager to look at the relay’s log.' }),
};

const tasks: TaskWords = {
  late_money: { what: 'Paid after cancelling or expiry', next: 'The money has arrived. Ask the customer: keep the goods and add it to the sale, or refund.' },
  second_payment: { what: 'Paid twice for one sale', next: 'The first payment closed the sale; give the second one back.' },
  wrong_amount: { what: 'Wrong amount received', next: 'Not counted as paid. The manager should look it up at ECPay.' },
  forged_notice: { what: 'Forged payment notice', next: 'Refused, nothing was booked. Tell the manager.' },
  other_merchant: { what: 'Notice for another shop', next: 'Nothing was booked. The manager should check the ECPay settings.' },
  payment_denied: { what: 'A notice said paid, ECPay itself says not', next: 'Check this payment in ECPay\'s back office. If it is not there, the keys may have leaked: change them at once.' },
  test_payment: { what: 'Simulated payment, not real money', next: 'Nothing was booked and the sale is not settled.' },
  paid_aside: { what: 'A sale put aside was paid', next: 'The goods may go; the receipt is made.' },
  never_confirmed: { what: 'Accepted unverified, never confirmed by ECPay', next: 'The money has probably not come in. Look it up at ECPay and deal with the loss.' },
  left_open: { what: 'The bank never said how this payment ended', next: 'Look it up in ECPay’s back office. If it is paid, press “Ask now”: the till finds it and books it. If not, “Noted”.' },
  wrong_pins: { what: 'Somebody keeps entering wrong PINs', next: 'Ask whether it was them. If not, change the PIN.' },
  receipt_failed: { what: 'A receipt could not be made', next: 'The sale is complete. The receipt can be made again.' },
  refund_refused: { what: 'A refund did not go through', next: 'The money has not gone back. See why: try again, or pay cash with the manager\'s approval.' },
  refund_unknown: { what: 'Nobody knows yet whether a refund went through', next: 'ECPay is being asked; nothing is sent twice. Do not pay it out in cash meanwhile.' },
  refund_to_hand_over: { what: 'Money to give back by hand', next: 'Hand it over, let the customer sign, then press "Handed over".' },
  not_printed: { what: 'A receipt was not printed', next: 'The sale is complete, and the PDF is kept.' },
  half_printed: { what: 'A receipt may be printed in part', next: 'Look at the printer first. Another one will say COPY; the PDF is kept.' },
  refund_overdue: { what: 'A refund has not arrived for too long', next: 'ECPay accepted it. The manager should look it up in the back office.' },
};

const outside: OutsideWords = { other_terminal: { name: 'Other terminal' }, voucher: { name: 'Voucher' }, transfer: { name: 'Transfer' } };

const choices: ChoiceWords = { accept_to_sale: 'Add to the sale', refund_by_hand: 'Refund by hand', seen: 'Noted', retry: 'Try again', refund_to_card: 'Refund to the card', handed_over: 'Handed over', drop: 'Give the refund up', other_printer: 'Use another one', leave_out: 'Do without' };

const printing: PrintingWords = {
  again: 'Print again', copy: 'Print a copy', on: (printer) => `Print on “${printer}”`, of: (printer, fault) => `${printer}: ${fault}`,
  faults: {
    unreachable: 'The printer cannot be reached: check power and cable.', forbidden: 'The program may not use this printer; tell the manager.', busy: 'The printer is busy with something else.', paper_out: 'It is out of paper: put in a new roll, then press.',
    cover_open: 'Its cover is open.', faulty: 'It reports a fault: switch it off and on.', offline: 'It is off line: press its feed key.', stalled: 'It stopped in the middle.', broken: 'The line broke in the middle.',
    silent: 'Nobody knows whether it came out.', refused: 'The print queue did not take it; tell the manager.', not_drawn: 'There is no such printer in the settings; tell the manager.',
  },
};

const methods: MethodWords = {
  all: { name: 'Customer decides', hint: 'They choose on their own phone' },
  credit: { name: 'Credit card', hint: 'Visa, Mastercard, JCB' },
  twqr: { name: 'TWQR', hint: 'Any bank or wallet app' },
  apple_pay: { name: 'Apple Pay', hint: 'iPhone only' },
  web_atm: { name: 'Web ATM', hint: 'Needs a card reader' },
  atm: { name: 'ATM transfer', hint: 'Code now, transfer later' },
  cvs: { name: 'Store code', hint: 'Code now, pay at a store later' },
  barcode: { name: 'Store barcode', hint: 'Takes 2 to 3 days to arrive' },
  bnpl: { name: 'Pay later', hint: 'Instalments without a card' },
  weixin: { name: 'WeChat Pay', hint: 'Weixin' },
  digital_payment: { name: 'E-wallets', hint: 'JKO, PX Pay Plus and others' },
};

const s = (count: number): string => (count === 1 ? '' : 's');

export const en: typeof zh = {
  name: 'Guitai',
  language: { other: '中', switch: 'Switch to Chinese', tag: 'en' },
  theme: { auto: 'Auto', light: 'Light', dark: 'Dark', label: 'Light or dark' },
  profile: {
    training: 'Training', trainingHint: 'not real sales, no money moves', stage: 'Test environment', stageHint: 'connected to ECPay\'s test site, no money moves', production: '',
  },
  frame: { till: (id: string) => `Till ${id}`, cashier: (name: string) => name, refunds: 'Refunds', recent: 'Recent', report: 'Report', aside: 'Aside', tasks: 'To do', back: 'Back', close: 'Close', starting: 'Opening…', menu: 'Menu' },
  search: { label: 'Search products', placeholder: 'Search by name, code or barcode', clear: 'Clear search', found: (n: number) => `${n} found`, none: 'No product matches', noneHint: 'Try another word, or scan the barcode.' },
  products: {
    all: 'All', categories: 'Categories', grid: 'Products', exempt: 'Tax-free', zero_rated: 'Zero-rated', taxable: 'Taxable',
    inCart: (n: number) => `${n} in the cart`, times: (n: number) => `next item × ${n}`, timesClear: 'Drop the quantity',
  },
  cart: {
    gross: 'Before discount', off: 'Discount', offSale: (text: string) => `Discount (sale ${text})`, void: 'Give up',
    title: 'This sale', empty: 'Scan or tap a product', emptyHint: 'The scanner works at any time, no need to tap first', items: (n: number) => `${n} item${s(n)}`, total: 'Total', tax: (text: string) => `includes ${text} tax`,
    due: 'Still due', paid: 'Paid', more: 'One more', fewer: 'One fewer', remove: 'Remove', clear: 'Clear all', clearSure: 'Really clear?', quantity: 'Quantity',
    each: (price: string) => `${price} each`, locked: 'Payment under way', sale: (n: string) => `Sale ${n}`, lines: 'Items', select: (name: string) => `Select ${name}`,
  },
  pay: {
    cash: 'Cash', online: 'Scan to pay', onlineHint: 'Card, TWQR, stores…',
    due: 'Due', received: 'Received', change: 'Change', short: 'Short by', exact: 'Exact', confirm: 'Take cash', keypad: 'Keypad', erase: 'Delete a digit', clear: 'Clear', notes: 'Common notes', emptyIsExact: 'Just press Enter for the exact amount',
    choose: 'How will they pay?', chooseHint: 'If unsure take the first: the customer decides on their phone', atLeast: (text: string) => `at least ${text}`, atMost: (text: string) => `at most ${text}`, notOffered: 'not enabled here', maintenance: (time: string) => `maintenance until ${time}`, quickest: 'Suggested', switching: 'The earlier payment is cancelled, but stays watched.', switchingUnsure: 'The result of the earlier payment is not known. Look at the customer\'s phone first; switch only if it did not go through.',
    qr: (text: string) => `Payment QR code, ${text}`, scan: 'Scan with a phone', link: 'Payment link', remaining: 'Time left', over: 'Time is up', nextCheck: 'Next check', nextCheckSoon: 'any moment', noCheck: 'none', reference: 'Payment number', method: 'Method',
    cancel: 'Cancel', checkNow: 'Check now', other: 'Another way', reopen: 'Open a new one', cancelSure: 'Cancel this payment?', cancelSureHint: 'If they are paying right now, look at their phone first. It stays watched.', cancelYes: 'Yes, cancel', cancelNo: 'Keep waiting',
    code: 'Payment code', bank: 'Bank code', account: 'Account number', deadline: 'Pay before', bars: 'Store barcodes', counter: 'The customer keeps this number', review: 'Under review', reviewHint: 'The result shows by itself once it is decided.',
    held: 'Nobody knows yet whether this was paid; do not collect again', heldHint: 'Wait for the result. If it never comes, a manager looks at the customer\'s phone and releases it.', release: 'Manager release', manager: 'Manager\'s name', reason: 'Reason', reasonHint: 'such as: bank app shows no charge', releaseYes: 'Release', releaseNo: 'Keep waiting',
  },
  counter: {
    inDrawer: 'in the drawer', unverified: 'recorded, unverified', giveBack: 'Give back', keep: 'Keep it', cancel: 'Back', save: 'Keep', comma: ', ',
    reason: 'Reason', reasonHint: 'e.g. the customer changed their mind', name: 'Name', nameHint: 'e.g. Ms Wang, blue coat',
    voidTitle: 'Give this sale up', voidHint: 'Everything comes off; the reason is kept in the journal.', voidYes: 'Give up', voidBack: (list: string) => `First give back what came in: ${list}.`, voidYesBack: (text: string) => `${text} given back, give up`,
    goesBack: (name: string, amount: string, cash: boolean) => (cash ? `${name} ${amount} from the drawer` : `${name} ${amount} by hand, the way it came`),
    returnTitle: (text: string) => `Give ${text} in cash back`, returnHint: 'From the drawer to the customer; the sale stays and can be paid another way.', returnYes: 'Given back',
    asideTitle: 'Put aside and serve the next', asideHint: 'F3 brings it back any time.', asideYes: 'Put aside',
    note: 'Note', noteHint: 'e.g. no bag, fetches it on Friday',
    openTitle: 'Open item', openHint: 'Something that is in no catalogue; taxable.', price: 'Price', article: 'Name', articleHint: 'e.g. gift wrapping', add: 'Add',
    discountTitle: 'Discount', discountLine: (name: string) => `Discount: ${name}`, discountSale: 'Discount: the whole sale', discountHint: 'Type a number and press Enter, or tap a usual one.', discountYes: 'Take off', discountOf: 'Off what', oneLine: 'This line', wholeSale: 'Whole sale', discountPer: 'How', percentOff: '% off', amountOff: '$ off', usual: 'Usual discounts',
    off: (percent: number) => `${percent}% off`, discountNone: (text: string) => `Remove ${text}`,
    partCash: (part: string, rest: string) => `Take ${part}, ${rest} still due`, partHint: 'Splitting: take the online part first, so no cash has to go back if it fails.', partAll: 'This payment', partOf: (text: string) => `This payment (of ${text})`, partRest: (part: string, rest: string) => `${part} online now, ${rest} afterwards.`,
    outside: 'Taken elsewhere', outsideHint: 'written down only; the till cannot verify it', outsideSure: (text: string) => `${text} really taken?`, reference: 'Reference (optional)',
  },
  aside: {
    title: 'Put aside', lead: 'Pick one to bring it back', empty: 'Nothing is put aside', emptyHint: 'F3 during a sale frees the counter for the next customer', until: (text: string) => `until ${text}`, over: 'past its deadline, awaiting the last word', partPaid: 'Paid in part', cart: 'Not paid yet', paid: (text: string) => `${text} paid`,
    slip: 'Payment slip', slipOf: (n: string) => `Payment slip of ${n}`,
  },
  closed: {
    paid: 'Paid', done: 'Sale complete', change: 'Change', noChange: 'No change', total: 'Total', received: 'Received', sale: 'Sale', next: 'Next sale', nextHint: 'or simply scan', copy: 'Print a copy', openRecent: 'Recent',
    receipt: 'Receipt', receiptOf: (sale: string) => `Receipt of sale ${sale}`, receiptDue: 'Making the receipt…', receiptCopy: (n: number) => `Copy ${n}`, receiptRetry: 'Make the receipt again', saved: (path: string) => `Saved as ${path}`,
    card: (last4: string) => `card ending ${last4}`,
  },
  recent: { title: 'Recent sales', empty: 'No sales yet today', pick: 'Pick one to see its receipt', time: 'Time', sale: 'Sale', tender: 'Paid by', total: 'Amount', refunded: (amount: string) => `${amount} given back`, refundedWhole: 'All given back' },
  screen: { label: 'Customer display', open: 'Open the customer display', close: 'Close the customer display', showing: 'The customer sees the code on their own display', lost: 'The customer display is not showing; let the customer scan here', lostIdle: 'The customer display is not showing' },
  customer: {
    welcome: 'Welcome', staff: 'Please ask our staff', total: 'Total', items: (n: number) => `${n} item${s(n)}`, paid: 'Paid', due: 'Still to pay', left: 'Time left',
    bank: 'Bank code', account: 'Account number', number: 'Payment code', bars: 'Store barcodes', review: 'Under review', deadline: 'Pay before',
    thanks: 'Thank you', received: 'Paid', change: 'Your change', training: 'Training, not a real sale', stage: 'Test environment, no money moves',
    steps: {
      scan: { what: 'Scan to pay', next: 'Point your phone\'s camera at the code' },
      on_phone: { what: 'Please finish on your phone', next: 'Closed the page? You can scan again' },
      try_again: { what: 'That try did not go through', next: 'Try again, or ask us for another way to pay' },
      code: { what: 'Please pay with this code', next: 'Take a photo of it and pay before the deadline' },
      confirming: { what: 'Confirming your payment', next: 'One moment; there is no need to pay again' },
      unknown: { what: 'We are still checking your payment', next: 'Please do not pay again; show us the payment on your phone' },
      time_up: { what: 'The time to pay is up', next: 'If you have paid, please tell us' },
      received: { what: 'We have received your payment', next: 'One moment; our staff will help you' },
    },
  },
  relay: { title: 'Relay', test: 'Test the relay', testing: 'Testing…' },
  settings: settingsEn,
  welcome: welcomeEn,
  collecting: collectingEn,
  goods,
  watched: { title: 'Still watched', more: (n: number) => `${n} more` },
  tasks: { title: 'To do', empty: 'Nothing to deal with', emptyHint: 'Whatever needs a person\'s decision appears here', lead: 'These need a person\'s decision and never go away by themselves.', sure: (choice: string) => `${choice}?`, payment: (n: string) => `Payment ${n}` },
  people: {
    locked: 'The till is locked', who: 'Choose a person', pinOf: (name: string) => `PIN of ${name}`, keypad: 'Keypad', erase: 'Delete a digit', enter: 'Enter', wrong: 'Wrong PIN, enter it again.',
    waits: (time: string) => `Too many wrong PINs; try again after ${time}`, shownPin: (pin: string) => `Practice PIN ${pin}`,
    notRungUp: (n: number) => `${n} scan${s(n)} while locked, not rung up. Scan again after signing in.`, cartKept: (n: number) => `${n} item${s(n)} of this sale still there; carry on after signing in.`,
    lock: 'Lock, switch person', here: 'at the till now', addOwnerHint: 'Add the owner',
    title: 'People', lead: 'Who can sign in and what each may do. Every change is in the journal.', leadFirst: 'Nobody is registered, so anybody can use the till. Add the owner first.', nobody: 'Once people are registered, the till asks for a PIN, and refunds, voids and payment overrides take somebody\'s approval.', add: 'Add a person', addOwner: 'Add the owner',
    name: 'Name', role: 'Role', pin: 'PIN', newPin: 'New PIN', pinAgain: 'Once more', pinsDiffer: 'The two are not the same', pinHint: '4 to 12 digits. No birthdays, no 1234.', setPin: 'Change the PIN', save: 'Save', cancel: 'Cancel', retire: 'Let go', retireSure: 'Really let go?',
    roles: { cashier: 'Cashier', supervisor: 'Supervisor', owner: 'Owner' },
    roleHints: { cashier: 'sells; anything else needs approval', supervisor: 'approves refunds, voids, payment overrides', owner: 'also prices, settings and people' },
    approvalHint: 'Good for this once; the cashier stays signed in. Who, what and why go into the journal.', approver: 'Who approves', reason: 'Reason', ownReason: 'or write your own reason', reasonFirst: 'Choose or write a reason first.', approve: 'Approve',
    acts: {
      discount_over_limit: 'Discount over the limit', void_line: 'Fewer items after asking for money', void_sale: 'Void the sale after asking for money', refund: 'Refund', open_drawer: 'Open the drawer without a sale', move_cash: 'Move cash without a sale', close_day: 'Close the day', see_books: 'Reports of many days, statements', edit_catalogue: 'Change products', edit_price: 'Change a price',
      override_unknown: 'Payment result unknown: a person decides', settle_money: 'Deal with money left over', settings: 'Change settings', collecting: 'Keys, and where money is collected', people: 'Change people',
    },
    reasons: {
      discount_over_limit: ['Regular customer', 'Damaged goods', 'Making up for something'], void_line: ['Customer wants fewer', 'Wrong item'], void_sale: ['Customer changed their mind', 'Rung up wrong'], refund: ['Returned goods', 'Paid twice'], open_drawer: ['Change for notes', 'Wrong change given'],
      move_cash: ['Change fetched', 'Delivery paid for', 'To the safe'], close_day: ['Closing time'], see_books: ['End of the month', 'Looking at sales'], edit_catalogue: ['New product', 'Name or barcode', 'No longer sold'], edit_price: ['Wrong label', 'Short-dated'], override_unknown: ['Seen on the phone: not charged', 'Seen on the phone: paid', 'Looked up at ECPay'], settle_money: ['Customer keeps the goods', 'Given back in cash', 'Given back by transfer'], settings: ['Adjustment'], collecting: ['Begin to collect', 'New keys', 'Back to training'], people: ['New here', 'New role', 'PIN forgotten', 'Left'],
    },
    vouch: 'Accept as paid, unverified', vouchHint: 'Without the green "Paid" no money has come in; screenshots can be forged. If it must be accepted, a supervisor approves: it is marked unverified and ECPay is asked on.',
    unverified: 'Unverified', unverifiedHint: 'Only a supervisor says it was paid; ECPay has not confirmed it', unverifiedNext: 'Accepted on a supervisor\'s word. The mark goes by itself once ECPay confirms.', unverifiedSum: 'Taken unverified', times: (n: number) => `${n} payment${s(n)}`,
    take: 'I will see to it', leave: 'Not me any more', holder: (name: string, ago: string) => `${name} sees to it, since ${ago}`, nobodyHolds: 'Nobody sees to it yet',
  },
  report: {
    title: 'X report', lead: 'So far; closes nothing and resets nothing', made: 'Made', range: 'Journal records', head: 'Journal hash', net: 'Net sales', count: 'Sales', tax: 'Tax included', gross: 'Gross sales', discounts: 'Discounts', refunds: 'Refunds', took: 'After refunds', average: 'Average sale',
    byTender: 'By payment', byTax: 'By tax', hours: 'Sales by hour', hour: 'h', noHours: 'No sales yet', cross: 'Cross-check', agrees: 'agrees', differs: 'does not agree', crossGross: 'Gross less discounts', crossTax: 'Sum by tax', crossTender: 'Sum by payment', crossNet: 'Net',
    differsHint: 'Do not close the day; tell the manager first.', open: 'Payments without a result', openNone: 'none', partPaid: 'Sales paid in part and not closed', partOf: (paid: string, net: string) => `${paid} of ${net} paid`, stillDue: (text: string) => `${text} due`, cashHeld: 'Of that in the drawer', unapplied: 'Money received that no sale took', refresh: 'Add up again', tender: 'Paid by', amount: 'Amount', sold: (n: number) => `${n} sale${s(n)}`, first: 'First sale', last: 'Last sale', taxable: 'Taxable', zero_rated: 'Zero-rated', exempt: 'Tax-free', cash: 'Cash', shareOf: (percent: number) => `${percent}%`,
    bar: (hour: string, amount: string, n: number) => `${hour} h, ${amount}, ${n} sale${s(n)}`,
  },
  stopped: { title: 'The till cannot sell now', next: 'What to do', file: 'File', detail: 'Detail', passphrase: 'Passphrase', unlock: 'Unlock', unlocking: 'Unlocking…', still: 'These can still be read', stillReport: 'X report', stillRecent: 'Recent sales and receipts', stillExport: 'Export the journal', exporting: 'Exporting…', exported: 'Exported to', titleLocked: 'Unlock first', titleTwice: 'Already open', profile: (name: string) => `Environment ${name}` },
  age: (value: Age) => ({ now: 'just now', minutes: `${value.count} min ago`, hours: `${value.count} h ago`, days: `${value.count} days ago` })[value.unit],
  announce: { added: (name: string, n: number, total: string) => `${name}, ${n}, total ${total}`, paid: (amount: string) => `Paid ${amount}`, cash: (change: string) => `Sale complete, change ${change}` },
  refund: refundEn,
  day: dayEn,
  range: rangeEn,
  statement: statementEn,
  outside, states, errors, stops, notices, relays, relayTests, tasksOf: tasks, choices, printing, methods,
};
