// A small believable till in memory: rings up, takes cash, waits for a customer who pays after some seconds.

import type {
  Aside, Attempt, AttemptState, Cart, CartLine, CashWay, ClosedSale, CollectingLook, CommandError, CustomerScreen, Day, Discount, Exported, ImportPlan, ImportProgress, KeysTest, Method, MethodChoice, HandedBack, Notice, Outside, Pieces, Product, ProductForm, Profile,
  HandWay, RangeReport, RangeTable, Reconciled, ReconciledLine, Recent, ReceiptPicture, Refund, Refundable, RefundQuote, RefundSlip, RefundState, RefundWish, RelayLook, RelayTest, ReportPicture, Role, SettingChange, SettingsLook, Shelf, ShelfPage, ShelfTab, SlipPicture, Stop, Tally, Task, TaskChoice, TaxKind, Tender, View, XReport,
} from '../bindings';
import type { Client, Consent, FirstRun, GivenKeys } from '../client';
import { FakeCollecting } from './collecting';
import { FakeDay } from './day';
import { FakePeople, type FakeStaff } from './people';
import { realClock, type FakeClock } from './clock';
import { fakeUnits } from './bars';
import { fakeMethods } from './limits';
import { priced } from './pricing';
import { fakeProducts } from './products';
import { fakeLink, fakeQrRows } from './qr';
import { drawReceipt, drawRefundSlip } from './receipt';
import { FakeRefunds } from './refunds';
import { FakeSettings } from './settings';
import { FakeShelf } from './shelf';
import { fakeRange } from './range';
import { fakeReport } from './report';
import { FakeStatements } from './statement';

const payWithinMs = 10 * 60_000;
const maxQuantity = 999;
const passphrase = '1234';

export type FakeStart = {
  profile?: View['till']['profile'];
  stopped?: Stop | null;
  tasks?: Task[];
  notices?: Notice[];
  /** The customer's display. */
  screen?: CustomerScreen;
  /** The shop's relay; none when left out. */
  relay?: RelayLook;
  /** Who works here; nobody when left out. */
  staff?: FakeStaff;
  locked?: boolean;
  /** Where the day's shift stands; none when left out. */
  shift?: 'open' | 'counted' | 'closed';
  /** What has been refunded so far, oldest first. */
  refunds?: Refund[];
  /** What becomes of a card's refund; accepted and on its way when left out. */
  refundEnds?: RefundState;
  /** How the newest of the morning's sales was paid. */
  lastPaid?: (total: number) => Tender[];
  /** What the shop sells, where it is not the corner shop. */
  products?: readonly Product[];
  scanner?: View['scanner'];
  /** What trying keys comes to; by what is typed when left out. */
  keysTest?: KeysTest;
  /** Nobody has set this till up yet. */
  firstRun?: boolean;
  /** What the customer does with each payment: the states it goes through, with waiting times before them. */
  customer?: (method: Method) => Array<readonly [afterMs: number, state: AttemptState]>;
};

/** What waits beside the counter, with all that lay on it. */
type Waiting = { aside: Aside; lines: CartLine[]; discount: Discount | null; note: string | null; tenders: Tender[]; attempt: Attempt | null };

type Kept = { recent: Recent; lines: CartLine[]; tax: number; copies: number };

export class FakeTill implements Client {
  #clock: FakeClock;
  #start: FakeStart;
  #revision = 1;
  #lines: CartLine[] = [];
  #nextLine = 1;
  #saleCount = 41;
  #sale: string | null = null;
  #attempt: Attempt | null = null;
  #attempts = 0;
  #watched: Attempt[] = [];
  #discount: Discount | null = null;
  #note: string | null = null;
  #tenders: Tender[] = [];
  #aside: Waiting[] = [];
  #asideCount = 0;
  #closed: ClosedSale | null = null;
  #kept: Kept[] = [];
  #tasks: Task[];
  #stopped: Stop | null;
  #people: FakePeople;
  #refunds: FakeRefunds;
  #statements = new FakeStatements();
  #day: FakeDay;
  #shelf: FakeShelf;
  #settings: FakeSettings;
  #collecting: FakeCollecting;
  #tallies: Tally[] = [];
  #listeners = new Set<(view: View) => void>();
  #screen: CustomerScreen;
  #watchers = new Set<(screen: CustomerScreen) => void>();

  constructor(start: FakeStart = {}, clock: FakeClock = realClock) {
    this.#clock = clock;
    this.#start = start;
    this.#tasks = start.tasks ?? [];
    this.#stopped = start.stopped ?? null;
    this.#screen = start.screen ?? { kind: 'closed' };
    this.#settings = new FakeSettings(start.firstRun ?? false);
    this.#collecting = new FakeCollecting(start.profile ?? 'training', start.keysTest ?? null);
    this.#people = new FakePeople(start.staff ?? [], start.locked ?? false, clock);
    this.#refunds = new FakeRefunds(clock, start.refunds ?? [], start.refundEnds ?? null, () => this.#tell());
    this.#shelf = new FakeShelf(start.products ?? (start.firstRun === true ? [] : fakeProducts));
    this.#day = new FakeDay(clock, this.#view().till.cashier, () => this.#cashTaken());
    if (start.shift !== undefined) this.#day.openShift([{ denomination: 1000, pieces: 3 }]);
    this.#pastSales();
    if (start.shift === 'counted' || start.shift === 'closed') this.#day.end(start.shift);
  }

  view = async (): Promise<View> => this.#view();
  shelf = async (): Promise<Shelf> => this.#shelf.face();
  shelfPage = async (tab: ShelfTab, from: number): Promise<ShelfPage> => this.#shelf.page(tab, from);

  search = async (text: string): Promise<Product[]> => this.#shelf.search(text);

  scan = async (code: string): Promise<View> => {
    const found = this.#shelf.byScan(code);
    if (found === undefined) throw refusal({ code: 'unknown_barcode', barcode: code });
    return this.add(found.code);
  };

  add = async (code: string): Promise<View> => {
    this.#openForLines();
    const product = this.#shelf.byCode(code);
    if (product === undefined) throw refusal({ code: 'unknown_product', product: code });
    if (product.unit === 'kilogram') throw refusal({ code: 'weight_needed', product: code, name: product.name });
    return this.#ring(product.code, product.name, product);
  };

  addWeighed = async (code: string, grams: number): Promise<View> => {
    this.#openForLines();
    const product = this.#shelf.byCode(code);
    if (product === undefined) throw refusal({ code: 'unknown_product', product: code });
    if (grams < 1 || grams > 999_999) throw refusal({ code: 'bad_weight', max: 999_999 });
    return this.#ring(code, `${product.name} ${(grams / 1000).toFixed(3)} kg`, { ...product, price: Math.round((product.price * grams) / 1000) });
  };

  productForm = async (product: string): Promise<ProductForm> => this.#shelf.form(product);
  saveProduct = async (before: ProductForm | null, form: ProductForm, consent?: Consent): Promise<View> => {
    this.#people.approve(this.#shelf.pricesChange(before, form) ? 'edit_price' : 'edit_catalogue', consent);
    this.#shelf.save(form);
    return this.#changed();
  };
  retireProduct = async (product: string, consent?: Consent): Promise<View> => {
    this.#people.approve('edit_catalogue', consent);
    this.#shelf.retire(product);
    return this.#changed();
  };
  importLook = (file: Blob, progress: (progress: ImportProgress) => void): Promise<ImportPlan> => this.#shelf.look(file, progress);
  importCancel = async (): Promise<void> => this.#shelf.cancel();
  importTake = async (consent?: Consent): Promise<ImportPlan> => {
    if (!this.#shelf.looked) throw refusal({ code: 'choice_not_possible' });
    this.#people.approve('edit_price', consent);
    const plan = this.#shelf.take();
    this.#changed();
    return plan;
  };
  exportProducts = async (): Promise<Exported> => ({ products: this.#shelf.face().total, path: `/home/shop/guitai/exports/products-${this.#shelf.face().total}.csv` });

  openDrawer = async (reason: string, consent?: Consent): Promise<View> => {
    if (reason.trim() === '') throw refusal({ code: 'reason_missing' });
    this.#people.approve('open_drawer', consent);
    this.#tally('drawer_opened', 0);
    return this.#changed();
  };
  returnGoods = async (reason: string, consent?: Consent): Promise<View> => {
    if (this.#lines.length === 0) throw refusal({ code: 'empty_cart' });
    if (reason.trim() === '') throw refusal({ code: 'reason_missing' });
    if (this.#sale !== null) throw refusal({ code: 'counter_busy' });
    this.#people.approve('refund', consent);
    this.#tally('goods_returned', this.#cart().total);
    this.#newCart();
    return this.#changed();
  };

  setQuantity = async (line: number, quantity: number): Promise<View> => {
    this.#openForLines();
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > maxQuantity) throw refusal({ code: 'bad_quantity', given: quantity, max: maxQuantity });
    const found = this.#lines.find((each) => each.line === line);
    if (found !== undefined) this.#setLine(found, quantity);
    return this.#changed();
  };

  remove = async (line: number): Promise<View> => {
    this.#openForLines();
    this.#lines = this.#lines.filter((each) => each.line !== line);
    return this.#changed();
  };

  clear = async (consent?: Consent): Promise<View> => {
    this.#openForLines();
    if (this.#tenders.length > 0) throw refusal({ code: 'money_held', amount: this.#paidIn() });
    if (this.#sale !== null) this.#people.approve('void_sale', consent);
    this.#newCart();
    return this.#changed();
  };

  #backMs = (): number | null => {
    const maintenance = (this.#start.notices ?? []).find((notice) => notice.kind === 'gateway_maintenance');
    return maintenance?.until_ms ?? null;
  };

  discountLine = async (line: number, discount: Discount | null, consent?: Consent): Promise<View> => {
    this.#openForLines();
    const found = this.#lines.find((each) => each.line === line);
    if (found === undefined) throw refusal({ code: 'unknown_product', product: `#${line}` });
    this.#fits(discount, found.unit_price * found.quantity);
    this.#permit(discount, found.unit_price * found.quantity, consent);
    this.#lines = this.#lines.map((each) => (each.line === line ? { ...each, discount } : each));
    return this.#changed();
  };

  discountSale = async (discount: Discount | null, consent?: Consent): Promise<View> => {
    this.#openForLines();
    this.#fits(discount, priced(this.#lines, null).total);
    this.#permit(discount, priced(this.#lines, null).total, consent);
    this.#discount = discount;
    return this.#changed();
  };

  addOpen = async (name: string, price: number, tax: TaxKind): Promise<View> => {
    this.#openForLines();
    if (name.trim() === '' || !Number.isInteger(price) || price < 1 || price > 999_999) throw refusal({ code: 'bad_article', max: 999_999 });
    this.#closed = null;
    this.#lines.push({ line: this.#nextLine, code: 'OPEN', name: name.trim(), barcode: null, unit_price: price, quantity: 1, gross: price, discount: null, off: 0, amount: price, tax });
    this.#nextLine += 1;
    return this.#changed();
  };

  setNote = async (note: string): Promise<View> => {
    this.#openForLines();
    this.#note = note.trim() === '' ? null : note.trim();
    return this.#changed();
  };

  voidSale = async (reason: string, money: HandedBack, consent?: Consent): Promise<View> => {
    if (reason.trim() === '') throw refusal({ code: 'reason_missing' });
    this.#openForLines();
    if (this.#tenders.length > 0 && money === 'nothing_came_in') throw refusal({ code: 'money_held', amount: this.#paidIn() });
    if (this.#sale !== null) this.#people.approve('void_sale', consent);
    this.#newCart();
    return this.#changed();
  };

  putAside = async (name: string): Promise<View> => {
    const first = this.#lines[0];
    if (first === undefined) throw refusal({ code: 'empty_cart' });
    if (this.#attempt !== null && this.#attempt.state.kind !== 'code_issued') throw refusal({ code: 'payment_live' });
    const cart = this.#cart();
    this.#asideCount += 1;
    const waits = this.#attempt === null ? null : { attempt: this.#attempt.number, method: this.#attempt.method, amount: this.#attempt.amount, state: this.#attempt.state };
    const aside: Aside = {
      id: this.#sale ?? `cart/${this.#asideCount}`, name: name.trim() === '' ? first.name : name.trim(), since_ms: this.#clock.now(),
      items: cart.items, total: cart.total, paid: cart.paid, due: cart.due, sale: this.#sale, waits,
    };
    this.#aside.push({ aside, lines: this.#lines, discount: this.#discount, note: this.#note, tenders: this.#tenders, attempt: this.#attempt });
    this.#attempt = null;
    this.#newCart();
    return this.#changed();
  };

  recall = async (id: string): Promise<View> => {
    if (this.#lines.length > 0) throw refusal({ code: 'counter_busy' });
    const found = this.#aside.find((each) => each.aside.id === id);
    if (found === undefined) throw refusal({ code: 'unknown_sale', sale: id });
    this.#aside = this.#aside.filter((each) => each !== found);
    this.#lines = found.lines;
    this.#nextLine = Math.max(0, ...found.lines.map((each) => each.line)) + 1;
    [this.#discount, this.#note, this.#tenders, this.#attempt, this.#sale] = [found.discount, found.note, found.tenders, found.attempt, found.aside.sale];
    this.#closed = null;
    return this.#changed();
  };

  methods = async (part?: number): Promise<MethodChoice[]> => fakeMethods(part ?? this.#cart().due, this.#backMs());

  payPartCash = async (part: number, received: number): Promise<View> => {
    this.#openForPart(part);
    if (received < part) throw refusal({ code: 'too_little_cash', due: part, received });
    return this.#take({ kind: 'cash', amount: part, received, change: received - part });
  };

  payOutside = async (through: Outside, part: number, note: string): Promise<View> => {
    this.#openForPart(part);
    return this.#take({ kind: 'recorded', through, amount: part, note: note.trim() === '' ? null : note.trim() });
  };

  returnCash = async (reason: string, consent?: Consent): Promise<View> => {
    if (reason.trim() === '') throw refusal({ code: 'reason_missing' });
    if (!this.#tenders.some((each) => each.kind === 'cash')) throw refusal({ code: 'choice_not_possible' });
    this.#people.approve('refund', consent);
    this.#tenders = this.#tenders.filter((each) => each.kind !== 'cash');
    return this.#changed();
  };

  slip = async (attempt: string): Promise<SlipPicture> => {
    const line: CartLine = { line: 1, code: '', name: '繳費單', barcode: null, unit_price: 0, quantity: 1, gross: 0, discount: null, off: 0, amount: 0, tax: 'taxable' };
    const png_base64 = drawReceipt({ shop: '和平青草茶行', sale: attempt, at_ms: this.#clock.now(), lines: [line], total: 0, tax: 0, tenders: [], copy: 0 });
    return { attempt, png_base64, pdf_path: `slips/${attempt}.pdf` };
  };

  payCash = async (received: number): Promise<View> => {
    this.#openForMoney();
    if (this.#attempt !== null) throw refusal({ code: 'payment_live' });
    const due = this.#cart().due;
    if (received < due) throw refusal({ code: 'too_little_cash', due, received });
    return this.#take({ kind: 'cash', amount: due, received, change: received - due });
  };

  payOnline = async (method: Method): Promise<View> => this.payPartOnline(method, this.#cart().due);

  payPartOnline = async (method: Method, amount: number): Promise<View> => {
    this.#openForMoney();
    if (amount < 1 || amount > this.#cart().due) throw refusal({ code: 'bad_amount' });
    const back_ms = this.#backMs();
    if (back_ms !== null) throw refusal({ code: 'gateway_maintenance', until_ms: back_ms });
    const choice = fakeMethods(amount).find((each) => each.method === method);
    if (choice === undefined || !choice.open) throw refusal({ code: 'amount_out_of_limits', method, min: choice?.min ?? 0, max: choice?.max ?? 0 });
    if (this.#attempt !== null) await this.cancelPayment();
    const now = this.#clock.now();
    this.#sale ??= this.#nextSale();
    this.#attempts += 1;
    const number = `T1${(now % 1e9).toString(36).toUpperCase()}${String(this.#attempts).padStart(3, '0')}`;
    this.#attempt = {
      number, sale: this.#sale, amount, method, state: { kind: 'presented' }, link: fakeLink, qr: { size: fakeQrRows.length, rows: [...fakeQrRows] },
      created_ms: now, expires_ms: now + payWithinMs, next_check_ms: now + 600_000, can_cancel: true, can_check: true, held: false, can_vouch: false, unverified: false,
    };
    this.#play(number, this.#start.customer?.(method) ?? usualCustomer(method, now));
    return this.#changed();
  };

  cancelPayment = async (): Promise<View> => {
    if (this.#attempt === null) throw refusal({ code: 'no_payment' });
    // What is not known does not become known by cancelling.
    const state: AttemptState = this.#attempt.held ? this.#attempt.state : { kind: 'cancel_requested' };
    this.#watched = [{ ...this.#attempt, state, can_cancel: false }, ...this.#watched];
    this.#attempt = null;
    return this.#changed();
  };

  checkNow = async (): Promise<View> => {
    if (this.#attempt === null) throw refusal({ code: 'no_payment' });
    const now = this.#clock.now();
    const later = this.#attempt.next_check_ms ?? now;
    if (!this.#attempt.can_check) throw refusal({ code: 'check_later', at_ms: later });
    this.#attempt = { ...this.#attempt, can_check: false, next_check_ms: now + 90_000 };
    return this.#changed();
  };

  vouch = async (attempt: string, manager: string, reason: string, consent?: Consent): Promise<View> => {
    this.#people.approve('override_unknown', consent);
    if (consent === undefined && (manager.trim() === '' || reason.trim() === '')) throw refusal({ code: 'choice_not_possible' });
    const found = [this.#attempt, ...this.#watched].find((each) => each?.number === attempt);
    if (found === null || found === undefined) throw refusal({ code: 'no_payment' });
    this.#attempt = null;
    this.#watched = [{ ...found, held: false, can_vouch: false, unverified: true, can_cancel: false }, ...this.#watched.filter((each) => each !== found)];
    this.#close([{ kind: 'online', method: found.method, amount: found.amount, number: found.number, trade_no: null, card_last4: null }], true);
    return this.#changed();
  };

  takeTask = async (task: string): Promise<View> => {
    const by = this.#people.name();
    this.#tasks = this.#tasks.map((each) => (each.id === task ? { ...each, holder: each.holder?.mine === true ? null : { name: by, mine: true, since_ms: this.#clock.now() } } : each));
    return this.#changed();
  };

  signIn = async (person: string, pin: string): Promise<View> => {
    this.#people.signIn(person, pin);
    return this.#changed();
  };
  lock = async (): Promise<View> => {
    this.#people.lock();
    return this.#changed();
  };
  touch = async (): Promise<void> => undefined;
  firstRun = async (): Promise<boolean> => this.#settings.firstRun;
  begin = async (first: FirstRun): Promise<View> => {
    if (!this.#settings.firstRun) return this.#view();
    this.#settings.check(first.changes);
    if (first.owner !== null && this.#people.view().everyone.length === 0) this.#people.add(first.owner.name, 'owner', first.owner.pin, undefined);
    if (first.sample) this.#shelf.fill(fakeProducts);
    this.#settings.change(first.changes);
    this.#settings.firstRun = false;
    return this.#changed();
  };
  settings = async (): Promise<SettingsLook> => this.#look();
  checkSettings = async (changes: SettingChange[]): Promise<void> => this.#settings.check(changes);
  changeSettings = async (changes: SettingChange[], consent?: Consent): Promise<SettingsLook> => {
    this.#settings.check(changes);
    this.#people.approve('settings', consent);
    this.#settings.change(changes);
    this.#changed();
    return this.#look();
  };
  collecting = async (): Promise<CollectingLook> => this.#collecting.look(this.#attempt === null ? 0 : 1);
  tryKeys = async (profile: Profile, given?: GivenKeys): Promise<KeysTest> => this.#collecting.attempt(profile, given);
  keepKeys = async (profile: Profile, given: GivenKeys, consent?: Consent): Promise<CollectingLook> => {
    this.#collecting.check(profile, given);
    this.#people.approve('collecting', consent);
    return this.#collecting.keep(profile, given);
  };
  switchProfile = async (profile: Profile, consent?: Consent): Promise<CollectingLook> => {
    if (this.#attempt !== null) throw refusal({ code: 'payments_under_way', count: 1 });
    this.#collecting.mayCollect(profile);
    this.#people.approve('collecting', consent);
    return this.#collecting.turn(profile);
  };
  restart = async (): Promise<void> => undefined;
  addPerson = async (name: string, role: Role, pin: string, consent?: Consent): Promise<View> => {
    this.#people.add(name, role, pin, consent);
    return this.#changed();
  };
  editPerson = async (person: string, name: string, role: Role, consent?: Consent): Promise<View> => {
    this.#people.edit(person, name, role, consent);
    return this.#changed();
  };
  changePin = async (person: string, pin: string, consent?: Consent): Promise<View> => {
    this.#people.changePin(person, pin, consent);
    return this.#changed();
  };
  retirePerson = async (person: string, consent?: Consent): Promise<View> => {
    this.#people.retire(person, consent);
    return this.#changed();
  };

  release = async (manager: string, reason: string, consent?: Consent): Promise<View> => {
    this.#people.approve('override_unknown', consent);
    if (consent === undefined && (manager.trim() === '' || reason.trim() === '')) throw refusal({ code: 'choice_not_possible' });
    if (this.#attempt?.held === true) await this.cancelPayment();
    this.#watched = this.#watched.map((each) => ({ ...each, held: false, can_vouch: false }));
    return this.#changed();
  };

  resolve = async (task: string, choice: TaskChoice, consent?: Consent): Promise<View> => {
    const found = this.#tasks.find((each) => each.id === task);
    if (found === undefined) throw refusal({ code: 'unknown_task', task });
    if (!found.choices.includes(choice)) throw refusal({ code: 'choice_not_possible' });
    if (choice === 'refund_by_hand' || choice === 'accept_to_sale') this.#people.approve('settle_money', consent);
    this.#tasks = this.#tasks.filter((each) => each !== found);
    return this.#changed();
  };

  dismissClosed = async (): Promise<View> => {
    this.#closed = null;
    return this.#changed();
  };

  recent = async (): Promise<Recent[]> => this.#kept.slice(0, 50).map((each) => ({ ...each.recent, refunded: this.#refunds.refundable(each).refunded }));

  receipt = async (sale: string): Promise<ReceiptPicture> => {
    const kept = this.#find(sale);
    return { sale, copy: 0, png_base64: this.#draw(kept, 0), pdf_path: `receipts/${sale}.pdf` };
  };

  copy = async (sale: string): Promise<ReceiptPicture> => {
    const kept = this.#find(sale);
    kept.copies += 1;
    return { sale, copy: kept.copies, png_base64: this.#draw(kept, kept.copies), pdf_path: `receipts/${sale}-${kept.copies}.pdf` };
  };

  refundable = async (sale: string): Promise<Refundable> => this.#refunds.refundable(this.#find(sale));
  refundQuote = async (sale: string, lines: RefundWish[], byHand: HandWay | null): Promise<RefundQuote> => this.#refunds.quote(this.#find(sale), lines, byHand);

  refund = async (sale: string, lines: RefundWish[], reason: string, byHand: HandWay | null, approvedBy: string | null, consent?: Consent): Promise<Refundable> => {
    const kept = this.#find(sale);
    const quote = this.#refunds.quote(kept, lines, byHand);
    this.#people.approve('refund', consent);
    if (quote.needs_approval && consent === undefined && approvedBy === null) throw refusal({ code: 'approval_needed', what: 'refund' });
    this.#refunds.ask(kept, lines, reason, byHand, this.#people.name(), this.#people.called(consent) ?? approvedBy);
    this.#tell();
    return this.#refunds.refundable(kept);
  };

  refundRetry = async (refund: string): Promise<View> => {
    this.#refunds.retry(refund);
    return this.#changed();
  };

  refundHandedOver = async (refund: string, way: HandWay, approvedBy: string | null, consent?: Consent): Promise<View> => {
    // What was to be given back by hand was approved when it was asked for.
    if (this.#refunds.find(refund).to.kind === 'card') {
      this.#people.approve('refund', consent);
      if (consent === undefined && approvedBy === null) throw refusal({ code: 'approval_needed', what: 'refund' });
    }
    this.#refunds.handOver(refund, way, this.#people.name());
    this.#tasks = this.#tasks.filter((each) => each.refund !== refund);
    return this.#changed();
  };

  refundDrop = async (refund: string): Promise<View> => {
    this.#refunds.drop(refund);
    this.#tasks = this.#tasks.filter((each) => each.refund !== refund);
    return this.#changed();
  };

  refunds = async (): Promise<Refund[]> => this.#refunds.list();

  refundSlip = async (refund: string): Promise<RefundSlip> => {
    const copy = this.#refunds.slip(refund);
    return { refund, copy, png_base64: drawRefundSlip('和平青草茶行', this.#refunds.find(refund), copy), pdf_path: `refunds/${refund}${copy > 0 ? `-${copy}` : ''}.pdf` };
  };

  reportX = async (): Promise<XReport> => this.#report();
  reportRange = async (from: string, to: string, consent?: Consent): Promise<RangeReport> => {
    this.#people.approve('see_books', consent);
    return fakeRange(from, to, this.#clock.now());
  };
  saveRange = async (from: string, to: string, table: RangeTable | null, consent?: Consent): Promise<string> => {
    this.#people.approve('see_books', consent);
    return `/home/shop/guitai/production/exports/report-${from}-to-${to}${table === null ? '.pdf' : `-${table}.csv`}`;
  };
  reconcile = async (_file: Blob, consent?: Consent): Promise<Reconciled> => {
    this.#people.approve('see_books', consent);
    return this.#statements.hold('2026-11-18', '2026-11-19', this.#clock.now(), this.#people.name());
  };
  fetchStatement = async (from: string, to: string, consent?: Consent): Promise<Reconciled> => {
    this.#people.approve('see_books', consent);
    return this.#statements.hold(from, to, this.#clock.now(), this.#people.name());
  };
  reconciliations = async (): Promise<ReconciledLine[]> => this.#statements.list();
  reconciliation = async (seq: number, consent?: Consent): Promise<Reconciled> => {
    this.#people.approve('see_books', consent);
    return this.#statements.one(seq);
  };
  reportZ = async (number: number): Promise<XReport> => this.#day.reportZ(number);
  zPaper = async (number: number): Promise<ReportPicture> => this.#day.zPaper(number);
  day = async (): Promise<Day> => this.#day.day();
  openShift = async (counted: Pieces[]): Promise<Day> => this.#day.openShift(counted);
  moveCash = async (way: CashWay, amount: number, reason: string, consent?: Consent): Promise<Day> => {
    if (reason.trim() === '') throw refusal({ code: 'reason_missing' });
    this.#people.approve('move_cash', consent);
    return this.#day.moveCash(way, amount);
  };
  countDrawer = async (counted: Pieces[]): Promise<Day> => this.#day.countDrawer(counted);
  closeShift = async (note: string, nextFloat: number): Promise<Day> => this.#day.closeShift(note, nextFloat);
  closeDay = async (number: number, consent?: Consent): Promise<XReport> => {
    this.#people.approve('close_day', consent);
    return this.#day.closeDay(number, this.#report());
  };

  #cashTaken(): number {
    const cash = this.#kept.flatMap((each) => each.recent.tenders).filter((each) => each.kind === 'cash');
    return cash.reduce((sum, each) => sum + each.amount, 0);
  }

  #report(): XReport {
    const report = fakeReport(this.#kept, this.#watched, this.#clock.now(), this.#partPaid(), this.#refunds.report(), this.#tallies);
    return { ...report, ...this.#day.figures() };
  }

  relay = async (): Promise<RelayLook | null> => this.#start.relay ?? null;

  testRelay = async (): Promise<RelayTest> => {
    const kind = this.#start.relay?.state.kind;
    return kind === 'away' ? { kind: 'not_reached' } : kind === 'refuses_key' ? { kind: 'wrong_key' } : { kind: 'works', took_ms: 380 };
  };

  exportRecords = async (): Promise<string> => '/home/shop/guitai/production/exports/records.jsonl';

  unlock = async (given: string): Promise<View> => {
    if (given !== passphrase) throw refusal({ code: 'wrong_passphrase' });
    this.#stopped = null;
    return this.#changed();
  };

  customerScreen = async (): Promise<CustomerScreen> => this.#screen;

  toggleCustomerScreen = async (): Promise<void> => this.setCustomerScreen({ kind: this.#screen.kind === 'showing' ? 'closed' : 'showing' });

  onCustomerScreen = async (changed: (screen: CustomerScreen) => void): Promise<() => void> => {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  };

  /** As when its window opens, hangs or goes. */
  setCustomerScreen(screen: CustomerScreen): void {
    this.#screen = screen;
    for (const each of this.#watchers) each(screen);
  }

  onView = async (changed: (view: View) => void): Promise<() => void> => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  #play(number: string, steps: Array<readonly [number, AttemptState]>): void {
    const [step, ...rest] = steps;
    if (step === undefined) return;
    this.#clock.after(step[0], () => {
      if (this.#attempt?.number !== number) return;
      this.#attempt = { ...this.#attempt, state: step[1], held: step[1].kind === 'unknown', can_vouch: step[1].kind === 'unknown' };
      if (step[1].kind === 'paid') this.#paid(this.#attempt);
      this.#tell();
      this.#play(number, rest);
    });
  }

  #paid(attempt: Attempt): void {
    this.#attempt = null;
    this.#take({ kind: 'online', method: attempt.method === 'all' ? 'credit' : attempt.method, amount: attempt.amount, number: attempt.number, trade_no: '2611201432567890', card_last4: '4242' });
  }

  /** One tender more; the sale closes when it is then paid in full. */
  #take(tender: Tender): View {
    this.#sale ??= this.#nextSale();
    this.#tenders = [...this.#tenders, tender];
    if (this.#cart().due === 0) this.#close(this.#tenders);
    return this.#changed();
  }

  #partPaid(): XReport['part_paid'] {
    const cash = (tenders: readonly Tender[]): number => tenders.reduce((sum, each) => sum + (each.kind === 'cash' ? each.amount : 0), 0);
    const waiting = this.#aside.filter((each) => each.aside.paid > 0).map((each) => ({ sale: each.aside.sale ?? '', name: each.aside.name, net: each.aside.total, paid: each.aside.paid, cash: cash(each.tenders), due: each.aside.due }));
    const cart = this.#cart();
    return cart.paid === 0 ? waiting : [...waiting, { sale: this.#sale ?? '', name: null, net: cart.total, paid: cart.paid, cash: cart.cash_held, due: cart.due }];
  }

  #paidIn(): number {
    return this.#tenders.reduce((sum, each) => sum + each.amount, 0);
  }

  #fits(discount: Discount | null, base: number): void {
    const sensible = discount === null || (discount.kind === 'percent' ? discount.percent >= 1 && discount.percent <= 100 : discount.amount >= 1 && discount.amount <= base);
    if (!sensible) throw refusal({ code: 'bad_discount', max: base });
  }

  /** A fifth is as much as a cashier takes off without asking. */
  #permit(discount: Discount | null, base: number, consent?: Consent): void {
    const off = discount === null ? 0 : discount.kind === 'percent' ? discount.percent / 100 : discount.amount / base;
    if (off > 0.2) this.#people.approve('discount_over_limit', consent);
  }

  #tally(name: string, amount: number): void {
    const known = this.#tallies.find((each) => each.name === name);
    if (known === undefined) this.#tallies.push({ name, count: 1, amount });
    else [known.count, known.amount] = [known.count + 1, known.amount + amount];
  }

  #ring(code: string, name: string, product: Product): View {
    this.#closed = null;
    const line = this.#lines.find((each) => each.code === code && each.name === name);
    if (line === undefined) {
      this.#lines.push({
        line: this.#nextLine, code, name, barcode: product.barcode, unit_price: product.price, quantity: 1,
        gross: product.price, discount: null, off: 0, amount: product.price, tax: product.tax,
      });
      this.#nextLine += 1;
    } else {
      this.#setLine(line, line.quantity + 1);
    }
    return this.#changed();
  }

  #openForPart(part: number): void {
    this.#openForMoney();
    if (this.#attempt !== null) throw refusal({ code: 'payment_live' });
    if (part < 1 || part > this.#cart().due) throw refusal({ code: 'bad_amount' });
  }

  #close(tenders: Tender[], unverified = false): void {
    const cart = this.#cart();
    const sale = this.#sale ?? this.#nextSale();
    const change = tenders.reduce((sum, each) => sum + (each.kind === 'cash' ? each.change : 0), 0);
    const closed_ms = this.#clock.now();
    this.#kept.unshift({ recent: { sale, total: cart.total, closed_ms, tenders, unverified, refunded: 0 }, lines: cart.lines, tax: cart.tax, copies: 0 });
    this.#closed = { sale, total: cart.total, closed_ms, tenders, change, unverified, receipt: { kind: 'ready', copies: 0 } };
    this.#newCart();
  }

  #newCart(): void {
    this.#lines = [];
    this.#discount = null;
    this.#note = null;
    this.#tenders = [];
    this.#sale = null;
    this.#nextLine = 1;
  }

  #nextSale(): string {
    this.#saleCount += 1;
    return saleNumber(this.#saleCount);
  }

  #setLine(line: CartLine, quantity: number): void {
    this.#lines = this.#lines.map((each) => (each.line === line.line ? { ...each, quantity, amount: each.unit_price * quantity } : each));
  }

  #openForLines(): void {
    if (this.#stopped !== null) throw refusal({ code: 'stopped' });
    if (this.#attempt !== null) throw refusal({ code: 'cart_locked' });
  }

  #openForMoney(): void {
    if (this.#stopped !== null) throw refusal({ code: 'stopped' });
    if (this.#lines.length === 0) throw refusal({ code: 'empty_cart' });
    const held = [this.#attempt, ...this.#watched].find((each) => each !== null && each.held && each.sale === this.#sale);
    if (held !== null && held !== undefined) throw refusal({ code: 'outcome_unknown', attempt: held.number });
  }

  #find(sale: string): Kept {
    const kept = this.#kept.find((each) => each.recent.sale === sale);
    if (kept === undefined) throw refusal({ code: 'unknown_sale', sale });
    return kept;
  }

  #draw(kept: Kept, copy: number): string {
    return drawReceipt({ shop: '和平青草茶行', sale: kept.recent.sale, at_ms: kept.recent.closed_ms, lines: kept.lines, total: kept.recent.total, tax: kept.tax, tenders: kept.recent.tenders, copy });
  }

  #cart(): Cart {
    const { lines, gross, taken_off, total } = priced(this.#lines, this.#discount);
    const paid = this.#paidIn();
    return {
      lines, items: lines.reduce((sum, each) => sum + each.quantity, 0), gross, discount: this.#discount, taken_off, total, tax: includedTax(lines),
      note: this.#note, tenders: this.#tenders, cash_held: this.#tenders.reduce((sum, each) => sum + (each.kind === 'cash' ? each.amount : 0), 0),
      sale: this.#sale, paid, due: total - paid, locked: this.#attempt !== null,
    };
  }

  #view(): View {
    return {
      revision: this.#revision,
      till: { id: this.#settings.text('till.id'), shop: this.#settings.text('shop.name'), profile: this.#start.profile ?? 'training', cashier: this.#people.name() },
      people: this.#people.view(),
      cart: this.#cart(), attempt: this.#attempt, closed: this.#closed, watched: this.#watched, aside: this.#aside.map((each) => each.aside), refunds: this.#refunds.open(), tasks: this.#tasks,
      notices: this.#start.notices ?? [], stopped: this.#stopped, shelf: this.#shelf.filled, scanner: this.#start.scanner ?? { prefix: '', suffix: '', end: 'enter' },
    };
  }

  #look(): SettingsLook {
    const look = this.#settings.look();
    const { profile, next } = this.#collecting.look(0);
    return { ...look, waits: look.waits || profile !== next };
  }

  #tell(): void {
    const view = this.#changed();
    for (const each of this.#listeners) each(view);
  }

  #changed(): View {
    this.#revision += 1;
    return this.#view();
  }

  /** A morning's sales, so that recent sales and the report have something to show. */
  #pastSales(): void {
    const now = this.#clock.now();
    for (let at = 0; at < this.#saleCount; at += 1) {
      const last = at === this.#saleCount - 1 ? this.#start.lastPaid : undefined;
      const lines = [0, 1, 2, 3].slice(0, last === undefined ? 1 + (at % 3) : 4).map((each): CartLine => {
        const product = fakeProducts[(at * 7 + each * 13) % fakeProducts.length];
        if (product === undefined) throw new Error('the fake shop sells nothing');
        const quantity = 1 + ((at + each) % 2);
        return { line: each + 1, code: product.code, name: product.name, barcode: product.barcode, unit_price: product.price, quantity, gross: product.price * quantity, discount: null, off: 0, amount: product.price * quantity, tax: product.tax };
      });
      const total = lines.reduce((sum, each) => sum + each.amount, 0);
      const received = Math.ceil(total / 100) * 100;
      const tenders: Tender[] = last !== undefined ? last(total) : at % 5 < 3
        ? [{ kind: 'cash', amount: total, received, change: received - total }]
        : [{ kind: 'online', method: at % 5 === 3 ? 'credit' : 'twqr', amount: total, number: `T1DEMO${at}`, trade_no: `26112009${at}`, card_last4: at % 5 === 3 ? '4242' : null }];
      // Busy at breakfast and at lunch.
      const closed_ms = now - Math.round((this.#saleCount - at) * 9.5 * 60_000 * (at % 9 < 6 ? 1 : 0.97));
      this.#kept.unshift({ recent: { sale: saleNumber(at + 1), total, closed_ms, tenders, unverified: false, refunded: 0 }, lines, tax: includedTax(lines), copies: 0 });
    }
  }
}

function usualCustomer(method: Method, now: number): Array<readonly [number, AttemptState]> {
  switch (method) {
    case 'atm':
      return [[3000, { kind: 'opened' }], [4000, { kind: 'code_issued', code: { kind: 'atm', bank: '004', account: '9103 5228 1407 6621' }, deadline_ms: now + 3 * 86_400_000 }]];
    case 'cvs':
      return [[3000, { kind: 'opened' }], [4000, { kind: 'code_issued', code: { kind: 'cvs', number: 'LLL26324512345', units: fakeUnits('LLL26324512345') }, deadline_ms: now + 7 * 86_400_000 }]];
    case 'barcode':
      return [[3000, { kind: 'opened' }], [4000, { kind: 'code_issued', code: { kind: 'barcode', bars: ['151201C1A', '3453010812840012', '120152000000180'], units: [fakeUnits('151201C1A'), fakeUnits('3453010812840012'), fakeUnits('120152000000180')] }, deadline_ms: now + 7 * 86_400_000 }]];
    case 'credit':
      return [[3000, { kind: 'opened' }], [5000, { kind: 'failed', code: '10200043' }], [6000, { kind: 'confirming' }], [1500, { kind: 'paid', late: false, over: false }]];
    default:
      return [[4000, { kind: 'opened' }], [6000, { kind: 'confirming' }], [1500, { kind: 'paid', late: false, over: false }]];
  }
}

function saleNumber(count: number): string {
  return `T1-${String(count).padStart(6, '0')}`;
}

function includedTax(lines: readonly CartLine[]): number {
  const taxable = lines.reduce((sum, each) => sum + (each.tax === 'taxable' ? each.amount : 0), 0);
  return Math.round((taxable * 5) / 105);
}

function refusal(error: CommandError): CommandError {
  return error;
}
