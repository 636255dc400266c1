// Generated from crates/register/src/view.rs by `GUITAI_BINDINGS=write cargo test -p register bindings`.
// Money is whole NT dollars; names ending in _ms are Unix milliseconds.

export type Profile = "training" | "stage" | "production";

export type TaxKind = "taxable" | "zero_rated" | "exempt";

export type Unit = "piece" | "kilogram";

export type Product = { 
/**
 * The shop's code.
 */
code: string, 
/**
 * Its first barcode.
 */
barcode: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * Its tab.
 */
category: string, 
/**
 * Its price.
 */
price: number, 
/**
 * Its tax.
 */
tax: TaxKind, 
/**
 * What the price is for.
 */
unit: Unit, 
/**
 * It stands at hand.
 */
favourite: boolean, 
/**
 * It has another price on some other day.
 */
later: boolean, };

export type ShelfTab = { "kind": "favourites" } | { "kind": "all" } | { "kind": "category", 
/**
 * Its name.
 */
name: string, };

export type Category = { 
/**
 * Its name.
 */
name: string, 
/**
 * How many products it has.
 */
count: number, };

export type Shelf = { 
/**
 * All of them.
 */
total: number, 
/**
 * Those at hand.
 */
favourites: number, 
/**
 * The categories, in the order in which they come first.
 */
categories: Array<Category>, 
/**
 * So many are shown at a time.
 */
page: number, };

export type ShelfPage = { 
/**
 * These.
 */
products: Array<Product>, 
/**
 * How many come before them.
 */
from: number, 
/**
 * How many the tab has.
 */
total: number, };

export type LaterPrice = { 
/**
 * The day, as `2026-12-31`.
 */
from: string, 
/**
 * The price.
 */
price: number, };

export type ProductForm = { 
/**
 * The shop's code.
 */
code: string, 
/**
 * Every barcode that means it.
 */
barcodes: Array<string>, 
/**
 * Its name.
 */
name: string, 
/**
 * Its tab.
 */
category: string, 
/**
 * Its price before any later one.
 */
price: number, 
/**
 * Its tax.
 */
tax: TaxKind, 
/**
 * What the price is for.
 */
unit: Unit, 
/**
 * It stands at hand.
 */
favourite: boolean, 
/**
 * Prices of later days.
 */
prices: Array<LaterPrice>, };

export type Wrong = { "kind": "code", 
/**
 * As given.
 */
given: string, } | { "kind": "code_twice", 
/**
 * Which.
 */
code: string, 
/**
 * The line.
 */
line: number, } | { "kind": "code_taken", 
/**
 * Which.
 */
code: string, } | { "kind": "barcode", 
/**
 * As given.
 */
given: string, } | { "kind": "check_digit", 
/**
 * As given.
 */
given: string, 
/**
 * What the digits before it ask for.
 */
expected: string, } | { "kind": "barcode_twice", 
/**
 * Which.
 */
barcode: string, 
/**
 * The line.
 */
line: number, } | { "kind": "barcode_taken", 
/**
 * Which.
 */
barcode: string, 
/**
 * That product's code.
 */
product: string, } | { "kind": "name", 
/**
 * The most characters.
 */
max: number, } | { "kind": "category" } | { "kind": "price", 
/**
 * The highest.
 */
max: number, } | { "kind": "not_dollars", 
/**
 * As given.
 */
given: string, } | { "kind": "tax", 
/**
 * As given.
 */
given: string, } | { "kind": "unit", 
/**
 * As given.
 */
given: string, } | { "kind": "yes_or_no", 
/**
 * As given.
 */
given: string, } | { "kind": "later_price", 
/**
 * As given.
 */
given: string, } | { "kind": "day", 
/**
 * As given.
 */
given: string, } | { "kind": "too_many", 
/**
 * The most barcodes.
 */
codes: number, 
/**
 * The most later prices.
 */
prices: number, } | { "kind": "row" };

export type FileProblem = { "kind": "not_text" } | { "kind": "column", 
/**
 * Which.
 */
missing: string, } | { "kind": "column_twice", 
/**
 * Which.
 */
twice: string, } | { "kind": "empty" } | { "kind": "too_long", 
/**
 * The most rows.
 */
rows: number, 
/**
 * The most megabytes.
 */
megabytes: number, };

export type RowProblem = { 
/**
 * The line of the file.
 */
line: number, 
/**
 * What.
 */
what: Wrong, };

export type ImportPlan = { 
/**
 * Why the file as a whole is not taken.
 */
file: FileProblem | null, 
/**
 * What stands against its rows.
 */
problems: Array<RowProblem>, 
/**
 * There are more problems than are listed.
 */
more: boolean, 
/**
 * Products the till does not have.
 */
added: number, 
/**
 * Products that differ.
 */
changed: number, 
/**
 * Of those, how many in price.
 */
repriced: number, 
/**
 * Products that are as the file has them.
 */
same: number, 
/**
 * Somebody said stop.
 */
cancelled: boolean, };

export type ImportProgress = { 
/**
 * Of a hundred.
 */
percent: number, };

export type Exported = { 
/**
 * How many products it has.
 */
products: number, 
/**
 * The file.
 */
path: string, };

export type ScannerEnd = "enter" | "tab";

export type Scanner = { 
/**
 * What it types before each code.
 */
prefix: string, 
/**
 * What it types after each code, before the key that ends it.
 */
suffix: string, 
/**
 * The key that ends a code.
 */
end: ScannerEnd, };

export type Discount = { "kind": "amount", 
/**
 * How many.
 */
amount: number, } | { "kind": "percent", 
/**
 * How many.
 */
percent: number, };

export type Outside = "other_terminal" | "voucher" | "transfer";

export type HandedBack = "nothing_came_in" | "given_back";

export type CartLine = { 
/**
 * Its id.
 */
line: number, 
/**
 * The product's code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its barcode.
 */
barcode: string | null, 
/**
 * Price of one.
 */
unit_price: number, 
/**
 * How many.
 */
quantity: number, 
/**
 * At shelf price.
 */
gross: number, 
/**
 * What this line alone has off, as it was said.
 */
discount: Discount | null, 
/**
 * What that comes to.
 */
off: number, 
/**
 * What it comes to, its share of what the whole sale has off taken off too.
 */
amount: number, 
/**
 * Its tax.
 */
tax: TaxKind, };

export type Cart = { 
/**
 * Lines, oldest first.
 */
lines: Array<CartLine>, 
/**
 * Pieces.
 */
items: number, 
/**
 * At shelf price.
 */
gross: number, 
/**
 * What the whole sale has off, as it was said.
 */
discount: Discount | null, 
/**
 * What that comes to.
 */
taken_off: number, 
/**
 * What it comes to, tax included.
 */
total: number, 
/**
 * The tax included.
 */
tax: number, 
/**
 * What the customer wants remembered.
 */
note: string | null, 
/**
 * What has come in, one by one.
 */
tenders: Array<Tender>, 
/**
 * The part of that which lies in the drawer and would go back.
 */
cash_held: number, 
/**
 * Its number, once money was asked for.
 */
sale: string | null, 
/**
 * What has come in.
 */
paid: number, 
/**
 * What is owed.
 */
due: number, 
/**
 * Lines cannot change now (PF-04).
 */
locked: boolean, };

export type Method = "all" | "credit" | "twqr" | "apple_pay" | "web_atm" | "atm" | "cvs" | "barcode" | "bnpl" | "weixin" | "digital_payment";

export type MethodChoice = { 
/**
 * The method.
 */
method: Method, 
/**
 * It takes this amount.
 */
open: boolean, 
/**
 * The least it takes.
 */
min: number, 
/**
 * The most it takes.
 */
max: number, 
/**
 * The gateway is out of service for maintenance until then (PF-81).
 */
back_ms: number | null, };

export type PaymentCode = { "kind": "atm", 
/**
 * Bank.
 */
bank: string, 
/**
 * Account.
 */
account: string, } | { "kind": "cvs", 
/**
 * The code.
 */
number: string, 
/**
 * The same as a barcode: `1` dark, `0` light, one character a unit.
 */
units: string, } | { "kind": "barcode", 
/**
 * Top to bottom.
 */
bars: [string, string, string], 
/**
 * The same drawn: `1` dark, `0` light, one character a unit.
 */
units: [string, string, string], } | { "kind": "review" };

export type UnknownWhy = "no_answer" | "gateway_silent" | "wrong_amount" | "pending_at_bank";

export type AttemptState = { "kind": "created" } | { "kind": "presented" } | { "kind": "opened" } | { "kind": "confirming" } | { "kind": "code_issued", 
/**
 * The code.
 */
code: PaymentCode, 
/**
 * Until when it can be paid.
 */
deadline_ms: number | null, } | { "kind": "paid", 
/**
 * After the counter gave it up.
 */
late: boolean, 
/**
 * No sale wanted the money any more.
 */
over: boolean, } | { "kind": "unknown", 
/**
 * Why.
 */
why: UnknownWhy, } | { "kind": "cancel_requested" } | { "kind": "failed", 
/**
 * The gateway's code.
 */
code: string, } | { "kind": "expired" };

export type Qr = { 
/**
 * Modules a side.
 */
size: number, 
/**
 * Rows of `0` and `1`, top to bottom.
 */
rows: Array<string>, };

export type Attempt = { 
/**
 * Its number.
 */
number: string, 
/**
 * Its sale.
 */
sale: string, 
/**
 * Its amount.
 */
amount: number, 
/**
 * The method asked for.
 */
method: Method, 
/**
 * Where it stands.
 */
state: AttemptState, 
/**
 * The pay page.
 */
link: string, 
/**
 * The link as a QR; empty for an attempt that is not on the screen.
 */
qr: Qr, 
/**
 * When it was made.
 */
created_ms: number, 
/**
 * When the page stops.
 */
expires_ms: number, 
/**
 * When the gateway is asked next.
 */
next_check_ms: number | null, 
/**
 * It can be cancelled.
 */
can_cancel: boolean, 
/**
 * The gateway may be asked now.
 */
can_check: boolean, 
/**
 * Collecting again waits for a manager (PF-07).
 */
held: boolean, 
/**
 * A manager can say that it was paid (PF-60).
 */
can_vouch: boolean, 
/**
 * A manager has said that it was paid, and the gateway not yet.
 */
unverified: boolean, };

export type Tender = { "kind": "cash", 
/**
 * What counts.
 */
amount: number, 
/**
 * Handed over.
 */
received: number, 
/**
 * Given back.
 */
change: number, } | { "kind": "online", 
/**
 * How in the end.
 */
method: Method, 
/**
 * How much.
 */
amount: number, 
/**
 * Our number.
 */
number: string, 
/**
 * ECPay's number.
 */
trade_no: string | null, 
/**
 * Card.
 */
card_last4: string | null, } | { "kind": "recorded", 
/**
 * Through what.
 */
through: Outside, 
/**
 * How much.
 */
amount: number, 
/**
 * The slip's or voucher's number.
 */
note: string | null, };

export type ReceiptState = { "kind": "due" } | { "kind": "ready", 
/**
 * Copies after the original.
 */
copies: number, } | { "kind": "failed", 
/**
 * Why.
 */
reason: string, };

export type ClosedSale = { 
/**
 * Its number.
 */
sale: string, 
/**
 * What it came to.
 */
total: number, 
/**
 * When it closed.
 */
closed_ms: number, 
/**
 * How it was paid.
 */
tenders: Array<Tender>, 
/**
 * Given back.
 */
change: number, 
/**
 * Part of it rests on a manager's word (PF-60).
 */
unverified: boolean, 
/**
 * Its receipt.
 */
receipt: ReceiptState, };

export type Waits = { 
/**
 * Its number.
 */
attempt: string, 
/**
 * The method.
 */
method: Method, 
/**
 * Its amount.
 */
amount: number, 
/**
 * Where it stands; a code has its deadline here.
 */
state: AttemptState, };

export type Aside = { 
/**
 * Names it for `recall`.
 */
id: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * Since when.
 */
since_ms: number, 
/**
 * Pieces.
 */
items: number, 
/**
 * What it comes to.
 */
total: number, 
/**
 * What has come in.
 */
paid: number, 
/**
 * What is owed.
 */
due: number, 
/**
 * Its number, once money was asked for.
 */
sale: string | null, 
/**
 * The payment it waits for.
 */
waits: Waits | null, };

export type HandWay = "cash" | "bank_transfer" | "back_office";

export type RefundWish = { 
/**
 * The line.
 */
line: number, 
/**
 * How many.
 */
quantity: number, };

export type RefundTo = { "kind": "card", 
/**
 * How it was paid.
 */
method: Method, 
/**
 * Card.
 */
last4: string | null, } | { "kind": "hand", 
/**
 * How.
 */
way: HandWay, 
/**
 * How it was paid online; nothing for cash and for what was taken outside the till.
 */
method: Method | null, 
/**
 * What took it outside the till.
 */
outside: Outside | null, };

export type RefundItem = { 
/**
 * The line.
 */
line: number, 
/**
 * What it was called.
 */
name: string, 
/**
 * How many; nought where another refund of the same request has counted them.
 */
quantity: number, 
/**
 * What they come to.
 */
amount: number, };

export type RefundLeg = { 
/**
 * How much.
 */
amount: number, 
/**
 * Where to.
 */
to: RefundTo, };

export type RefundQuote = { 
/**
 * What it comes to.
 */
amount: number, 
/**
 * The tax in it.
 */
tax: number, 
/**
 * What comes back.
 */
items: Array<RefundItem>, 
/**
 * To what the money goes, one for each payment of the sale it comes out of.
 */
legs: Array<RefundLeg>, 
/**
 * A manager has to approve it.
 */
needs_approval: boolean, };

export type RefundWait = "daily_closing" | "until_morning" | "until_captured";

export type RefundRefusal = "gateway" | "not_found" | "cancelled" | "not_authorised" | "not_captured" | "whole_only" | "too_much" | "strange_stage" | "unclear" | "too_often" | "not_listed";

export type RefundState = { "kind": "asking" } | { "kind": "waiting", 
/**
 * When.
 */
until_ms: number, 
/**
 * Why.
 */
why: RefundWait, } | { "kind": "queued" } | { "kind": "sending" } | { "kind": "unknown", 
/**
 * Since when.
 */
since_ms: number, } | { "kind": "on_its_way", 
/**
 * Since when.
 */
since_ms: number, 
/**
 * For longer than it should take.
 */
overdue: boolean, } | { "kind": "to_hand_over" } | { "kind": "refused", 
/**
 * Why.
 */
why: RefundRefusal, 
/**
 * The gateway's code, where it has one.
 */
code: string | null, 
/**
 * The gateway's words.
 */
message: string | null, } | { "kind": "done", 
/**
 * When.
 */
at_ms: number, 
/**
 * How, when a person gave it back.
 */
by_hand: HandWay | null, 
/**
 * What the card never paid was let go of: nothing appears on the statement.
 */
released: boolean, } | { "kind": "dropped" };

export type Refund = { 
/**
 * Its number.
 */
number: string, 
/**
 * The first of those asked for together.
 */
request: string, 
/**
 * Its sale.
 */
sale: string, 
/**
 * The attempt whose money it is.
 */
attempt: string | null, 
/**
 * How much.
 */
amount: number, 
/**
 * What came back; empty for money no sale took.
 */
items: Array<RefundItem>, 
/**
 * Why.
 */
reason: string, 
/**
 * Who asked.
 */
asked_by: string, 
/**
 * Who approved.
 */
approved_by: string | null, 
/**
 * Who gave the money back, where a person did.
 */
handed_by: string | null, 
/**
 * Where it goes.
 */
to: RefundTo, 
/**
 * Where it stands.
 */
state: RefundState, 
/**
 * When it was asked for.
 */
requested_ms: number, 
/**
 * When the gateway is asked next.
 */
next_check_ms: number | null, 
/**
 * It can be tried again, or asked about, now.
 */
can_retry: boolean, 
/**
 * A person can give the money back by hand, and it will not go back twice.
 */
can_hand_over: boolean, 
/**
 * It can be given up.
 */
can_drop: boolean, 
/**
 * How many slips were made.
 */
slips: number, };

export type RefundSource = { 
/**
 * How it was paid online; nothing for cash and for what was taken outside the till.
 */
method: Method | null, 
/**
 * What took it outside the till.
 */
outside: Outside | null, 
/**
 * The attempt that brought it.
 */
attempt: string | null, 
/**
 * Card.
 */
card_last4: string | null, 
/**
 * What it brought.
 */
brought: number, 
/**
 * What of that has gone back, or is on its way.
 */
given_back: number, 
/**
 * The gateway gives it back to the card; else a person does.
 */
by_card: boolean, 
/**
 * All or nothing: instalments, bonus points (PF-54).
 */
whole_only: boolean, 
/**
 * The ways a person can give it back, the usual one first.
 */
ways: Array<HandWay>, };

export type RefundableLine = { 
/**
 * Its id.
 */
line: number, 
/**
 * The product's code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Price of one, as on the shelf.
 */
unit_price: number, 
/**
 * How many were sold.
 */
sold: number, 
/**
 * How many have come back.
 */
refunded: number, 
/**
 * How many are left.
 */
left: number, 
/**
 * What all that are left come to, as the customer paid them.
 */
left_amount: number, };

export type Refundable = { 
/**
 * The sale.
 */
sale: string, 
/**
 * When it was closed.
 */
closed_ms: number, 
/**
 * What it came to.
 */
total: number, 
/**
 * What of that has come back, or is on its way.
 */
refunded: number, 
/**
 * What is left.
 */
left: number, 
/**
 * Its lines.
 */
lines: Array<RefundableLine>, 
/**
 * Its payments, in the order in which money goes back to them.
 */
payments: Array<RefundSource>, 
/**
 * Its refunds, oldest first.
 */
refunds: Array<Refund>, };

export type RefundSlip = { 
/**
 * Its refund.
 */
refund: string, 
/**
 * 0 is the original.
 */
copy: number, 
/**
 * The picture.
 */
png_base64: string, 
/**
 * Where the PDF is.
 */
pdf_path: string, };

export type RelayHealth = { "kind": "unknown" } | { "kind": "answers" } | { "kind": "away", 
/**
 * Since when.
 */
since_ms: number, } | { "kind": "refuses_key" };

export type RelayLook = { 
/**
 * Where it is.
 */
address: string, 
/**
 * How it was when the till last heard of it.
 */
state: RelayHealth, };

export type RelayTest = { "kind": "works", 
/**
 * How long that took.
 */
took_ms: number, } | { "kind": "no_key" } | { "kind": "not_reached" } | { "kind": "wrong_key" } | { "kind": "not_a_relay" } | { "kind": "out_of_order" } | { "kind": "door_closed", 
/**
 * What it answers there.
 */
status: number, } | { "kind": "lost" };

export type TaskKind = "late_money" | "second_payment" | "wrong_amount" | "forged_notice" | "other_merchant" | "test_payment" | "payment_denied" | "receipt_failed" | "paid_aside" | "never_confirmed" | "left_open" | "wrong_pins" | "refund_refused" | "refund_unknown" | "refund_to_hand_over" | "refund_overdue" | "not_printed" | "half_printed";

export type TaskChoice = "accept_to_sale" | "refund_by_hand" | "seen" | "retry" | "refund_to_card" | "handed_over" | "drop" | "other_printer" | "leave_out";

export type Role = "cashier" | "supervisor" | "owner";

export type Act = "discount_over_limit" | "void_line" | "void_sale" | "refund" | "open_drawer" | "move_cash" | "close_day" | "see_books" | "edit_catalogue" | "edit_price" | "override_unknown" | "settle_money" | "settings" | "collecting" | "people";

export type Person = { 
/**
 * Names them for commands.
 */
id: string, 
/**
 * What they are called.
 */
name: string, 
/**
 * What they may do.
 */
role: Role, 
/**
 * What they may approve, for themselves or for others.
 */
may: Array<Act>, 
/**
 * No PIN is looked at under this name before then.
 */
wait_until_ms: number | null, 
/**
 * Their PIN, where it is for practice only.
 */
shown_pin: string | null, };

export type People = { 
/**
 * Nobody is signed in: the till takes nothing.
 */
locked: boolean, 
/**
 * Who is at the till, by id; nobody where nobody is registered.
 */
at_till: string | null, 
/**
 * Everybody who works here.
 */
everyone: Array<Person>, };

export type Holder = { 
/**
 * Who.
 */
name: string, 
/**
 * Whether it is the one at the till.
 */
mine: boolean, 
/**
 * Since when.
 */
since_ms: number, };

export type PrintFault = "unreachable" | "forbidden" | "busy" | "paper_out" | "cover_open" | "faulty" | "offline" | "stalled" | "broken" | "silent" | "refused" | "not_drawn";

export type PrintTrouble = { 
/**
 * Of which printer.
 */
printer: string, 
/**
 * The next one on the shop's list.
 */
other: string | null, 
/**
 * Why.
 */
fault: PrintFault, };

export type Task = { 
/**
 * Names it for `resolve`.
 */
id: string, 
/**
 * What it is.
 */
what: TaskKind, 
/**
 * The sale it is about.
 */
sale: string | null, 
/**
 * The attempt it is about.
 */
attempt: string | null, 
/**
 * The refund it is about.
 */
refund: string | null, 
/**
 * The money it is about.
 */
amount: number, 
/**
 * Since when.
 */
since_ms: number, 
/**
 * What can be done.
 */
choices: Array<TaskChoice>, 
/**
 * Who sees to it.
 */
holder: Holder | null, 
/**
 * Whose name it is about, where it is about a person.
 */
person: string | null, 
/**
 * Why a paper did not come out, where it is about one.
 */
print: PrintTrouble | null, };

export type Notice = { "kind": "gateway_silent", 
/**
 * Until when.
 */
until_ms: number, } | { "kind": "gateway_unreachable", 
/**
 * Since when.
 */
since_ms: number, } | { "kind": "relay_away", 
/**
 * Since when.
 */
since_ms: number, } | { "kind": "relay_key" } | { "kind": "gateway_maintenance", 
/**
 * Until when.
 */
until_ms: number, } | { "kind": "gateway_out", 
/**
 * Since when.
 */
since_ms: number, } | { "kind": "recovered", 
/**
 * Which.
 */
sale: string, } | { "kind": "backup_failed", 
/**
 * Where it was to go.
 */
folder: string, 
/**
 * Why it did not.
 */
why: string, } | { "kind": "backup_stale", 
/**
 * Since when; nothing where there was never one.
 */
since_ms: number | null, } | { "kind": "clock_off", 
/**
 * By so many seconds; positive when it is behind.
 */
seconds: number, };

export type Stop = { "kind": "journal_damaged", 
/**
 * The first record that does not fit.
 */
at_seq: number | null, 
/**
 * The file.
 */
path: string, } | { "kind": "journal_newer", 
/**
 * The file.
 */
path: string, } | { "kind": "disk_full" } | { "kind": "keys_missing", 
/**
 * Which.
 */
profile: string, } | { "kind": "keys_locked", 
/**
 * Which.
 */
profile: string, } | { "kind": "settings", 
/**
 * What is wrong and what to do.
 */
message: string, } | { "kind": "already_running" };

export type TillFace = { 
/**
 * Its id.
 */
id: string, 
/**
 * The shop.
 */
shop: string, 
/**
 * Which world it sells in.
 */
profile: Profile, 
/**
 * Who is at it.
 */
cashier: string, };

export type View = { 
/**
 * Grows with every change.
 */
revision: number, 
/**
 * Whose till.
 */
till: TillFace, 
/**
 * Who is at it.
 */
people: People, 
/**
 * The cart.
 */
cart: Cart, 
/**
 * The attempt on the screen.
 */
attempt: Attempt | null, 
/**
 * The sale that closed last, until the next line is rung up.
 */
closed: ClosedSale | null, 
/**
 * Attempts given up and still watched.
 */
watched: Array<Attempt>, 
/**
 * What waits beside the counter, oldest first.
 */
aside: Array<Aside>, 
/**
 * Refunds that are not over, oldest first.
 */
refunds: Array<Refund>, 
/**
 * What waits for a person.
 */
tasks: Array<Task>, 
/**
 * Quiet lines.
 */
notices: Array<Notice>, 
/**
 * The till cannot sell.
 */
stopped: Stop | null, 
/**
 * Another number when the products are others than they were.
 */
shelf: number, 
/**
 * How the scanner types.
 */
scanner: Scanner, };

export type Recent = { 
/**
 * Its number.
 */
sale: string, 
/**
 * What it came to.
 */
total: number, 
/**
 * When it closed.
 */
closed_ms: number, 
/**
 * How it was paid.
 */
tenders: Array<Tender>, 
/**
 * Part of it rests on a manager's word (PF-60).
 */
unverified: boolean, 
/**
 * What has been asked back of it and was not given up.
 */
refunded: number, };

export type ReceiptPicture = { 
/**
 * Its sale.
 */
sale: string, 
/**
 * 0 is the original.
 */
copy: number, 
/**
 * The picture.
 */
png_base64: string, 
/**
 * Where the PDF is.
 */
pdf_path: string, };

export type SlipPicture = { 
/**
 * The attempt it is about.
 */
attempt: string, 
/**
 * The picture.
 */
png_base64: string, 
/**
 * Where the PDF is.
 */
pdf_path: string, };

export type ByTax = { 
/**
 * 應稅.
 */
taxable: number, 
/**
 * 零稅率.
 */
zero_rated: number, 
/**
 * 免稅.
 */
exempt: number, };

export type TenderFigure = { 
/**
 * `cash`, `credit`, …
 */
tender: string, 
/**
 * How often.
 */
count: number, 
/**
 * How much.
 */
amount: number, };

export type CrossFoot = { 
/**
 * Gross less discounts.
 */
gross_less_discounts: number, 
/**
 * Sum by tax kind.
 */
by_tax: number, 
/**
 * Sum of the tenders.
 */
tenders: number, 
/**
 * Net.
 */
net: number, 
/**
 * All four are the same.
 */
agrees: boolean, };

export type OpenAttempt = { 
/**
 * Its number.
 */
attempt: string, 
/**
 * Its sale.
 */
sale: string, 
/**
 * Its amount.
 */
amount: number, 
/**
 * Where it stands.
 */
state: string, };

export type HourFigure = { 
/**
 * `09`.
 */
hour: string, 
/**
 * Sales.
 */
count: number, 
/**
 * Net.
 */
net: number, };

export type Tally = { 
/**
 * `drawer_opened`, `goods_returned`, or `approved/` and what was approved.
 */
name: string, 
/**
 * How often.
 */
count: number, 
/**
 * What it came to, where it is about money.
 */
amount: number, };

export type PartPaid = { 
/**
 * Its number.
 */
sale: string, 
/**
 * What it is called where it waits aside.
 */
name: string | null, 
/**
 * What it comes to.
 */
net: number, 
/**
 * What has come in.
 */
paid: number, 
/**
 * The part of that which lies in the drawer.
 */
cash: number, 
/**
 * What is owed.
 */
due: number, };

export type RefundFigure = { 
/**
 * `cash`, `bank_transfer`, or the method through which it goes back: `credit`, …
 */
way: string, 
/**
 * How many were asked for.
 */
count: number, 
/**
 * What they come to.
 */
amount: number, 
/**
 * How many are back with the customer.
 */
settled_count: number, 
/**
 * What those come to.
 */
settled: number, };

export type RefundsReport = { 
/**
 * How many refunds of goods were asked for.
 */
count: number, 
/**
 * What they come to: what the day took less.
 */
amount: number, 
/**
 * The tax in them.
 */
tax: number, 
/**
 * By tax kind.
 */
by_tax: ByTax, 
/**
 * What is back with the customers, of goods.
 */
settled: number, 
/**
 * By the way the money goes.
 */
ways: Array<RefundFigure>, 
/**
 * Refunds of money that no sale took, by way. They are in no other figure.
 */
unapplied: Array<RefundFigure>, };

export type DrawerReport = { 
/**
 * In it at the start, as far as the till knew.
 */
at_start: number, 
/**
 * What counted floats were over that, or short of it.
 */
floats: number, 
/**
 * Paid by customers in cash.
 */
sales: number, 
/**
 * Given back before the sale was closed.
 */
returned: number, 
/**
 * Refunded in cash.
 */
refunds: number, 
/**
 * Put in without a sale.
 */
ins: number, 
/**
 * Taken out without a sale.
 */
outs: number, 
/**
 * Put into the safe.
 */
drops: number, 
/**
 * Over, or short, by the counts at the end of shifts.
 */
over: number, 
/**
 * Taken to the bank.
 */
banked: number, 
/**
 * In it now, as far as the till knows.
 */
expected: number, };

export type ShiftEnd = { 
/**
 * When.
 */
at_ms: number, 
/**
 * By whom.
 */
by: string, 
/**
 * What the last count came to.
 */
counted: number, 
/**
 * Over, or, negative, short.
 */
over: number, 
/**
 * What was said to it.
 */
note: string | null, 
/**
 * What went to the bank.
 */
to_bank: number, 
/**
 * What stayed.
 */
next_float: number, };

export type ShiftReport = { 
/**
 * Its number.
 */
number: number, 
/**
 * When it was opened.
 */
opened_ms: number, 
/**
 * By whom.
 */
opened_by: string, 
/**
 * What was counted then.
 */
float: number, 
/**
 * What came and went.
 */
drawer: DrawerReport, 
/**
 * How often the drawer was counted at the end.
 */
counts: number, 
/**
 * Its end; nothing while it runs.
 */
end: ShiftEnd | null, };

export type Ever = { 
/**
 * Sales.
 */
count: number, 
/**
 * What they came to.
 */
net: number, 
/**
 * What came back of that.
 */
refunded: number, };

export type Mismatch = { 
/**
 * Which rule: `net = tenders`.
 */
rule: string, 
/**
 * What the one side comes to.
 */
left: number, 
/**
 * What the other does.
 */
right: number, };

export type ZMark = { 
/**
 * Its number.
 */
number: number, 
/**
 * Who closed the day.
 */
by: string, };

export type XReport = { 
/**
 * What makes it a Z report; nothing in an X report.
 */
z: ZMark | null, 
/**
 * The till.
 */
till: string, 
/**
 * The shop.
 */
shop: string, 
/**
 * When it was made.
 */
made_ms: number, 
/**
 * The first record it covers.
 */
from_seq: number, 
/**
 * The last record it covers.
 */
to_seq: number, 
/**
 * The journal's head: the hash of that record.
 */
head: string, 
/**
 * The first sale's close.
 */
first_ms: number | null, 
/**
 * The last sale's close.
 */
last_ms: number | null, 
/**
 * Sales.
 */
count: number, 
/**
 * At shelf price.
 */
gross: number, 
/**
 * Taken off.
 */
discounts: number, 
/**
 * What customers owed, tax included.
 */
net: number, 
/**
 * The tax included.
 */
tax: number, 
/**
 * `net` by tax kind.
 */
by_tax: ByTax, 
/**
 * By tender.
 */
tenders: Array<TenderFigure>, 
/**
 * What came back.
 */
refunds: RefundsReport, 
/**
 * What the day took: net less refunds.
 */
took: number, 
/**
 * The proof that what the day took adds up.
 */
cross_foot: CrossFoot, 
/**
 * Attempts without an outcome.
 */
open: Array<OpenAttempt>, 
/**
 * Money that came in and counts toward no sale.
 */
unapplied: number, 
/**
 * Sales paid in part and not closed: what came in for them is in none of the figures above.
 */
part_paid: Array<PartPaid>, 
/**
 * The cash of those, which lies in the drawer all the same.
 */
cash_held: number, 
/**
 * What came into the drawer and left it.
 */
cash: DrawerReport, 
/**
 * The shifts that ended, and the one that runs, oldest first.
 */
shifts: Array<ShiftReport>, 
/**
 * Everything the till has ever sold, this report included.
 */
ever: Ever, 
/**
 * Where figures that must agree do not; none in a report that adds up.
 */
mismatches: Array<Mismatch>, 
/**
 * What rests on a manager's word, the gateway not having answered (PF-60).
 */
unverified: number, 
/**
 * So many payments.
 */
unverified_count: number, 
/**
 * What was done at the counter and has to be looked at.
 */
tallies: Array<Tally>, 
/**
 * By hour, for the chart.
 */
hours: Array<HourFigure>, };

export type SpanLine = { 
/**
 * Its first day.
 */
day: string, 
/**
 * Sales.
 */
count: number, 
/**
 * What they come to.
 */
net: number, 
/**
 * What was taken off.
 */
discounts: number, 
/**
 * What came back.
 */
refunded: number, 
/**
 * What was taken, refunds taken off.
 */
took: number, };

export type SoldLine = { 
/**
 * A product's code; empty for anything else.
 */
code: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * A product's category; empty for anything else.
 */
category: string, 
/**
 * Sales; of products, lines.
 */
count: number, 
/**
 * Pieces.
 */
items: number, 
/**
 * At shelf price.
 */
gross: number, 
/**
 * What was taken off.
 */
discounts: number, 
/**
 * What was paid.
 */
net: number, };

export type OutcomeFigure = { 
/**
 * How many.
 */
count: number, 
/**
 * How much.
 */
amount: number, };

export type OnlineLine = { 
/**
 * The method.
 */
method: string, 
/**
 * Paid, the late and the second ones included.
 */
paid: OutcomeFigure, 
/**
 * Of those: after the counter had given them up.
 */
late: OutcomeFigure, 
/**
 * Of those: for a sale that was paid already.
 */
over: OutcomeFigure, 
/**
 * Ran out.
 */
expired: OutcomeFigure, 
/**
 * Still without an end.
 */
pending: OutcomeFigure, 
/**
 * What the gateway may keep, by the settings; nothing where they do not say.
 */
fee: number | null, 
/**
 * When what was paid first may be paid out.
 */
payout_from: string | null, 
/**
 * When what was paid last may be.
 */
payout_to: string | null, };

export type RangeReport = { 
/**
 * The first day: `2026-11-01`.
 */
from: string, 
/**
 * The last day.
 */
to: string, 
/**
 * Which till.
 */
till: string, 
/**
 * Which shop.
 */
shop: string, 
/**
 * When it was made.
 */
made_ms: number, 
/**
 * All sales.
 */
all: SoldLine, 
/**
 * The tax included.
 */
tax: number, 
/**
 * The net by tax.
 */
by_tax: ByTax, 
/**
 * What came back.
 */
refunds: RefundsReport, 
/**
 * Sales less what came back.
 */
took: number, 
/**
 * Day by day, days on which nothing happened left out.
 */
days: Array<SpanLine>, 
/**
 * From Monday to Sunday.
 */
weeks: Array<SpanLine>, 
/**
 * By the month of the calendar.
 */
months: Array<SpanLine>, 
/**
 * By the hour of the day.
 */
hours: Array<HourFigure>, 
/**
 * By tender.
 */
tenders: Array<TenderFigure>, 
/**
 * By category, the one that brought most first.
 */
categories: Array<SoldLine>, 
/**
 * The products that brought most.
 */
products: Array<SoldLine>, 
/**
 * How many products that were sold are not among them: the file has all.
 */
more_products: number, 
/**
 * By whoever closed the sale.
 */
operators: Array<SoldLine>, 
/**
 * Sales given up after money was asked for, by who gave them up.
 */
voided: Array<TenderFigure>, 
/**
 * What is worth a look.
 */
tallies: Array<Tally>, 
/**
 * Payments through the gateway.
 */
online: Array<OnlineLine>, 
/**
 * What does not agree; nothing when the report adds up.
 */
mismatches: Array<Mismatch>, };

export type RangeTable = "day" | "week" | "month" | "hour" | "category" | "product" | "tender" | "operator" | "method" | "tally";

export type Difference = "amount" | "theirs_only" | "not_in_journal" | "ours_only" | "refund";

export type OursSays = { 
/**
 * What is known of the money: `paid`, `presented` and so on.
 */
state: string, 
/**
 * The gateway's own answer has agreed.
 */
confirmed: boolean, 
/**
 * It came after the counter had given it up.
 */
late: boolean, 
/**
 * A manager has said that it was paid.
 */
vouched: boolean, 
/**
 * When it was paid, in the gateway's words.
 */
paid_at: string | null, 
/**
 * The gateway's number.
 */
trade_no: string | null, };

export type FindingLine = { 
/**
 * In which way.
 */
difference: Difference, 
/**
 * Our number of the payment.
 */
number: string, 
/**
 * The sale it was for.
 */
sale: string | null, 
/**
 * The day it was paid.
 */
day: string | null, 
/**
 * The gateway's number, as the statement says.
 */
trade_no: string | null, 
/**
 * What the journal said then: of a refund what went back, else what was paid.
 */
ours: number, 
/**
 * What the statement says.
 */
theirs: number, 
/**
 * What the journal says now.
 */
now: OursSays | null, };

export type Reconciled = { 
/**
 * Where that is recorded.
 */
seq: number, 
/**
 * The first day it is about.
 */
from: string, 
/**
 * The last day.
 */
to: string, 
/**
 * When it was done.
 */
at_ms: number, 
/**
 * Who had it done.
 */
by: string, 
/**
 * Its lines.
 */
lines: number, 
/**
 * Payments on which both agree.
 */
matched: number, 
/**
 * What those come to.
 */
matched_amount: number, 
/**
 * Payments of other tills.
 */
elsewhere: number, 
/**
 * The exceptions.
 */
findings: Array<FindingLine>, 
/**
 * How many more there were.
 */
more: number, };

export type ReconciledLine = { 
/**
 * Where it is recorded.
 */
seq: number, 
/**
 * When.
 */
at_ms: number, 
/**
 * The first day.
 */
from: string, 
/**
 * The last day.
 */
to: string, 
/**
 * Payments that agree.
 */
matched: number, 
/**
 * Exceptions.
 */
findings: number, };

export type CashWay = "in" | "out" | "drop";

export type Pieces = { 
/**
 * What one is worth.
 */
denomination: number, 
/**
 * How many.
 */
pieces: number, };

export type Counted = { 
/**
 * How often it was.
 */
times: number, 
/**
 * What the last count came to.
 */
counted: number, 
/**
 * What it was over what the till thought, or, negative, short of it.
 */
over: number, 
/**
 * What is in the drawer now: the count, and what came and went since.
 */
now: number, 
/**
 * What could stay for the next shift.
 */
next_float: number, 
/**
 * What could then go to the bank.
 */
to_bank: number, };

export type Shift = { 
/**
 * Its number.
 */
number: number, 
/**
 * Since when.
 */
opened_ms: number, 
/**
 * Opened by whom.
 */
opened_by: string, 
/**
 * What was counted then.
 */
float: number, 
/**
 * What was put in since, without a sale.
 */
ins: number, 
/**
 * What was taken out.
 */
outs: number, 
/**
 * What went into the safe.
 */
drops: number, 
/**
 * What came of counting the drawer, once it was.
 */
count: Counted | null, };

export type ZLine = { 
/**
 * Its number.
 */
number: number, 
/**
 * When it was made.
 */
at_ms: number, 
/**
 * By whom.
 */
by: string, 
/**
 * What the day took: sales less what came back.
 */
took: number, };

export type Day = { 
/**
 * The shift that runs.
 */
shift: Shift | null, 
/**
 * What a shift is to start with, by the settings.
 */
float: number, 
/**
 * What the till thinks is in the drawer; nothing where it is to be counted without knowing.
 */
expected: number | null, 
/**
 * The number of the next Z report.
 */
next_z: number, 
/**
 * The last Z reports, newest first.
 */
reports: Array<ZLine>, };

export type ReportPicture = { 
/**
 * Its number.
 */
number: number, 
/**
 * 0 is the original.
 */
copy: number, 
/**
 * The picture.
 */
png_base64: string, 
/**
 * The same as a file.
 */
pdf_path: string, };

export type BillLine = { 
/**
 * Its id.
 */
line: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Price of one.
 */
unit_price: number, 
/**
 * How many.
 */
quantity: number, 
/**
 * What it comes to.
 */
amount: number, };

export type Bill = { 
/**
 * Lines, oldest first.
 */
lines: Array<BillLine>, 
/**
 * Pieces.
 */
items: number, 
/**
 * What it comes to, tax included.
 */
total: number, 
/**
 * What has come in.
 */
paid: number, 
/**
 * What is owed.
 */
due: number, };

export type PayStep = { "kind": "scan", 
/**
 * The pay page.
 */
qr: Qr, 
/**
 * When it stops.
 */
expires_ms: number, } | { "kind": "on_phone", 
/**
 * The pay page, for whoever closed it.
 */
qr: Qr, 
/**
 * When it stops.
 */
expires_ms: number, } | { "kind": "try_again", 
/**
 * The pay page.
 */
qr: Qr, 
/**
 * When it stops.
 */
expires_ms: number, } | { "kind": "code", 
/**
 * The code.
 */
code: PaymentCode, 
/**
 * Until when it can be paid.
 */
deadline_ms: number | null, } | { "kind": "confirming" } | { "kind": "unknown" } | { "kind": "time_up" } | { "kind": "received" };

export type Shows = { "kind": "welcome" } | { "kind": "bill", 
/**
 * It.
 */
bill: Bill, } | { "kind": "paying", 
/**
 * What for.
 */
bill: Bill, 
/**
 * How much of it.
 */
amount: number, 
/**
 * What the customer does.
 */
step: PayStep, } | { "kind": "thanks", 
/**
 * What it came to.
 */
total: number, 
/**
 * What goes back in cash.
 */
change: number, } | { "kind": "staff" };

export type Display = { 
/**
 * Grows with every change.
 */
revision: number, 
/**
 * The shop.
 */
shop: string, 
/**
 * Which world it sells in: a customer is not to mistake practice for a sale either.
 */
profile: Profile, 
/**
 * What is going on.
 */
shows: Shows, };

export type CustomerScreen = { "kind": "off" } | { "kind": "closed" } | { "kind": "showing" } | { "kind": "lost" };

export type SettingName = "shop.name" | "shop.tax_id" | "shop.address" | "shop.phone" | "shop.header" | "shop.footer" | "receipt.language" | "till.id" | "till.cashier" | "till.lock_after_minutes" | "till.discount_limit_percent" | "till.scale_labels" | "scanner.prefix" | "scanner.suffix" | "scanner.end" | "day.float" | "day.blind_count" | "backup.folders" | "backup.keep" | "backup.every_hours" | "customer_display.place" | "pay_page.minutes" | "pay_page.listen" | "pay_page.address" | "pay_page.static_page" | "pay_page.browser_return" | "relay.address" | "relay.tell" | "gateway.burst" | "gateway.every_seconds" | "gateway.silence_minutes" | "gateway.first_check_seconds" | "gateway.refund_api" | "gateway.auto_capture" | "gateway.previous_keys_days" | "stage.return_url" | "production.return_url";

export type SettingValue = { "kind": "text", "value": string } | { "kind": "number", "value": number } | { "kind": "flag", "value": boolean } | { "kind": "lines", "value": Array<string> };

export type SettingChange = { 
/**
 * Which.
 */
name: SettingName, 
/**
 * What it is to be.
 */
value: SettingValue, };

export type Setting = { 
/**
 * Which.
 */
name: SettingName, 
/**
 * What it says.
 */
value: SettingValue, 
/**
 * What it may say; nothing where that is not a choice.
 */
choices: Array<string>, 
/**
 * The smallest and the largest number.
 */
range: [number, number] | null, 
/**
 * A change counts at once; otherwise from the next start.
 */
live: boolean, };

export type SettingsLook = { 
/**
 * In the order of the file.
 */
settings: Array<Setting>, 
/**
 * Where the file is.
 */
path: string, 
/**
 * Something in the file counts from the next start only.
 */
waits: boolean, };

export type SettingProblem = { "kind": "missing" } | { "kind": "too_long", 
/**
 * The most characters.
 */
max: number, } | { "kind": "unseen" } | { "kind": "too_many", 
/**
 * The most.
 */
max: number, } | { "kind": "range", 
/**
 * The smallest.
 */
min: number, 
/**
 * The largest.
 */
max: number, } | { "kind": "choice" } | { "kind": "tax_id_digits" } | { "kind": "tax_id_check" } | { "kind": "till_id" } | { "kind": "label" } | { "kind": "typed" } | { "kind": "address" } | { "kind": "rule", 
/**
 * The rule, in English.
 */
rule: string, };

export type KeysState = "public" | "kept" | "missing" | "locked" | "other_merchant" | "unreadable";

export type MerchantLook = { 
/**
 * ECPay's number of the shop, where it is known.
 */
merchant: string | null, 
/**
 * Its keys.
 */
keys: KeysState, };

export type CollectingLook = { 
/**
 * The world it sells in now.
 */
profile: Profile, 
/**
 * The world it sells in from the next start on.
 */
next: Profile, 
/**
 * ECPay's stage.
 */
stage: MerchantLook, 
/**
 * ECPay.
 */
production: MerchantLook, 
/**
 * Payments and refunds that have no result yet: the world stays as it is until they have.
 */
under_way: number, };

export type KeysTest = { "kind": "works", 
/**
 * The shop's number.
 */
merchant: string, } | { "kind": "no_keys" } | { "kind": "wrong_keys" } | { "kind": "other_product" } | { "kind": "public_keys" } | { "kind": "no_such_merchant" } | { "kind": "clock_off", 
/**
 * By so many minutes; ahead when positive.
 */
minutes: number, } | { "kind": "not_reached" } | { "kind": "refused" } | { "kind": "out_of_order" } | { "kind": "other", 
/**
 * What.
 */
code: string, };

export type KeysProblem = "merchant" | "key" | "iv" | "public" | "passphrase" | "wrong_passphrase" | "no_store" | "locked" | "missing" | "not_kept";

export type PersonProblem = "name" | "name_taken" | "pin" | "easy_pin" | "first_is_owner" | "last_owner" | "unknown" | "too_many" | "reason";

export type StatementProblem = { "kind": "unreadable", 
/**
 * What is wrong, and where.
 */
what: string, } | { "kind": "truncated", 
/**
 * Where.
 */
row: number, } | { "kind": "other_merchant", 
/**
 * Whose.
 */
merchant: string, } | { "kind": "other_days", 
/**
 * The first such day.
 */
day: string, } | { "kind": "nothing_of_ours", 
/**
 * How many it has.
 */
payments: number, } | { "kind": "no_days" } | { "kind": "too_many_days" } | { "kind": "too_soon", 
/**
 * When the next may be asked for.
 */
until_ms: number, } | { "kind": "refused", 
/**
 * What it answered.
 */
status: number, } | { "kind": "not_reached" };

export type CommandError = { "code": "unknown_barcode", 
/**
 * As scanned.
 */
barcode: string, } | { "code": "unknown_product", 
/**
 * As given.
 */
product: string, } | { "code": "bad_label", 
/**
 * As scanned.
 */
barcode: string, } | { "code": "weight_needed", 
/**
 * Its code.
 */
product: string, 
/**
 * Its name.
 */
name: string, } | { "code": "bad_weight", 
/**
 * The heaviest.
 */
max: number, } | { "code": "statement", 
/**
 * Why.
 */
problem: StatementProblem, } | { "code": "bad_days" } | { "code": "product_refused", 
/**
 * Why.
 */
what: Wrong, } | { "code": "product_changed", 
/**
 * Its code.
 */
product: string, } | { "code": "catalogue_refused", 
/**
 * How many.
 */
problems: number, 
/**
 * The first.
 */
first: string, } | { "code": "bad_quantity", 
/**
 * As given.
 */
given: number, 
/**
 * The most there may be.
 */
max: number, } | { "code": "bad_discount", 
/**
 * What there is to take off from.
 */
max: number, } | { "code": "bad_article", 
/**
 * The highest price.
 */
max: number, } | { "code": "below_paid", 
/**
 * What has come in.
 */
paid: number, } | { "code": "money_held", 
/**
 * How much.
 */
amount: number, } | { "code": "reason_missing" } | { "code": "counter_busy" } | { "code": "aside_full", 
/**
 * The most there may be.
 */
max: number, } | { "code": "empty_cart" } | { "code": "cart_locked" } | { "code": "cart_full", 
/**
 * The most there may be.
 */
max: number, } | { "code": "total_too_large", 
/**
 * The most it may be.
 */
max: number, } | { "code": "too_little_cash", 
/**
 * What is owed.
 */
due: number, 
/**
 * What was handed over.
 */
received: number, } | { "code": "bad_amount" } | { "code": "amount_out_of_limits", 
/**
 * The method.
 */
method: Method, 
/**
 * The least it takes.
 */
min: number, 
/**
 * The most it takes.
 */
max: number, } | { "code": "gateway_maintenance", 
/**
 * Until when, Unix ms.
 */
until_ms: number, } | { "code": "payment_live" } | { "code": "outcome_unknown", 
/**
 * The payment's number.
 */
attempt: string, } | { "code": "money_waiting", 
/**
 * How much.
 */
amount: number, } | { "code": "no_payment" } | { "code": "check_later", 
/**
 * From when it may, Unix ms.
 */
at_ms: number, } | { "code": "unknown_sale", 
/**
 * As given.
 */
sale: string, } | { "code": "unknown_refund", 
/**
 * As given.
 */
refund: string, } | { "code": "nothing_to_refund" } | { "code": "refund_too_many", 
/**
 * The line.
 */
line: number, 
/**
 * How many are left.
 */
left: number, } | { "code": "refund_too_much", 
/**
 * How much is left.
 */
left: number, } | { "code": "refund_whole_only" } | { "code": "refund_reason_missing" } | { "code": "shift_open" } | { "code": "no_shift" } | { "code": "bad_count", 
/**
 * What is wrong with it.
 */
why: string, } | { "code": "count_first" } | { "code": "not_in_drawer" } | { "code": "day_closed", 
/**
 * Which report.
 */
number: number, } | { "code": "unknown_report", 
/**
 * As given.
 */
number: number, } | { "code": "unknown_task", 
/**
 * As given.
 */
task: string, } | { "code": "choice_not_possible" } | { "code": "locked" } | { "code": "approval_needed", 
/**
 * What it is.
 */
what: Act, } | { "code": "not_allowed", 
/**
 * Who.
 */
name: string, 
/**
 * What.
 */
what: Act, } | { "code": "wrong_pin", 
/**
 * No PIN is looked at under this name before then.
 */
until_ms: number | null, } | { "code": "pin_wait", 
/**
 * Until when.
 */
until_ms: number, } | { "code": "person_refused", 
/**
 * Why.
 */
why: PersonProblem, } | { "code": "setting_refused", 
/**
 * Which.
 */
name: SettingName, 
/**
 * Why.
 */
why: SettingProblem, } | { "code": "settings_unreadable", 
/**
 * What is wrong with it, and where.
 */
message: string, } | { "code": "settings_not_written", 
/**
 * Why.
 */
reason: string, } | { "code": "keys_refused", 
/**
 * Why.
 */
why: KeysProblem, } | { "code": "payments_under_way", 
/**
 * How many.
 */
count: number, } | { "code": "disk_full" } | { "code": "journal_damaged", 
/**
 * The first record that does not fit.
 */
at_seq: number | null, } | { "code": "stopped" } | { "code": "wrong_passphrase" } | { "code": "receipt_failed", 
/**
 * Why.
 */
reason: string, } | { "code": "internal", 
/**
 * For the log.
 */
message: string, };
