// The till as the screens see it: the newest view, the commands, and what went wrong last.

import {
  asCommandError, type Act, type Attempt, type Client, type CollectingLook, type CommandError, type Consent, type CustomerScreen, type Discount, type FirstRun, type GivenKeys, type ImportPlan, type Method, type HandedBack,
  type HandWay, type Outside, type ProductForm, type Profile, type RefundSlip, type ReportPicture, type Role, type SettingChange, type SettingsLook, type Shelf, type SlipPicture, type TaskChoice, type View,
} from '../ipc/client';
import type { SettingGroup } from '../words/shape';
import type { RefundDraft } from '../refund/draft.svelte';
import { saleOnReceipt } from '../refund/number';
import type { Sounds } from '../shared/sounds';
import { Scans } from '../ring-up/scans';
import { Place, stageOf, type Stage } from './place.svelte';

/** A short question at the foot of the sale; one at a time. */
export type Panel = 'void' | 'return_cash' | 'aside' | 'discount' | 'open_item' | 'note' | 'weigh' | 'drawer' | 'return_goods';
/** Questions that need nothing on the counter. */
const withoutGoods: Panel[] = ['open_item', 'weigh', 'drawer'];
/** What a scan was refused for. Scans come faster than anybody reads: the next good one does not take this off the screen. */
const unread: CommandError['code'][] = ['unknown_barcode', 'bad_label'];
const touchEveryMs = 30_000;

export type Trouble = { error: CommandError; serial: number };

/** A command that waits for somebody's consent. */
export type Asking = { what: Act; reason: string; give: (consent: Consent) => Promise<void>; leave: () => void };

export class Till {
  view = $state.raw<View | null>(null);
  /** How many products there are, and where; they themselves are asked for a page at a time. */
  shelf = $state.raw<Shelf>({ total: 0, favourites: 0, categories: [], page: 60 });
  trouble = $state.raw<Trouble | null>(null);
  /** The customer's display, as the shell sees it. */
  customer = $state.raw<CustomerScreen>({ kind: 'off' });
  /** A command that takes money is on its way; its buttons wait. */
  busy = $state(false);
  /** The line that `+`, `-` and Delete act on. */
  selected = $state<number | null>(null);
  /** How many the next product counts for. */
  times = $state(1);
  /** A newly opened payment starts the question over. */
  askingToCancel = $state(false);
  /** A manager is writing why a payment may be collected again, or counts as paid; only where nobody is registered. */
  releasing = $state<'release' | 'vouch' | null>(null);
  /** Somebody is asked to consent. */
  asking = $state.raw<Asking | null>(null);
  /** The PIN given last was wrong. */
  pinWrong = $state(false);
  /** Scans that came while the till was locked. */
  notRungUp = $state(0);

  /** The question that is open at the foot of the sale. */
  panel = $state<Panel | null>(null);
  /** What is on the scales. */
  weighing = $state.raw<{ product: string; name: string } | null>(null);
  /** A slip to look at: of a payment, or of a refund. */
  slip = $state.raw<SlipPicture | RefundSlip | ReportPicture | null>(null);

  /** The sale of which something comes back, by its number; null for the refunds there are. */
  refundOf = $state<string | null>(null);
  /** The refund somebody wants to see. */
  refundShown = $state<string | null>(null);
  /** The sale that is chosen among the recent ones: the refund key is about it. */
  recentChosen = $state<string | null>(null);

  /** A page on which a scan means something else than ringing up. */
  divert: ((code: string) => void) | null = null;

  /** A page that may have something open of its own; true when there was, and Esc has closed it. */
  within: (() => boolean) | null = null;
  /** Nobody has set this till up yet: it is asked about before anything else. */
  welcome = $state(false);
  /** Which of the settings are to be opened first. */
  settingGroup: SettingGroup = 'shop';
  /** The products are to be opened with a file to choose. */
  importing = $state(false);

  /** Grows each time the search field is to take the focus. */
  focusSearch = $state(0);

  readonly place = new Place();
  readonly client: Client;
  #sounds: Sounds;
  #scans = new Scans(async (code) => void (await this.#ringUp(() => this.client.scan(code))));
  #troubles = 0;
  #touched = 0;

  constructor(client: Client, sounds: Sounds) {
    this.client = client;
    this.#sounds = sounds;
  }

  get stage(): Stage {
    return this.view === null ? 'products' : stageOf(this.view, this.place.wanted);
  }

  /** Nobody is signed in: nothing is taken. */
  get locked(): boolean {
    return this.view?.people.locked === true;
  }

  /** A payment is on the screen and may still be paid. */
  get paymentLive(): boolean {
    const attempt = this.view?.attempt ?? null;
    return attempt !== null && attempt.state.kind !== 'paid';
  }

  /** A payment of this sale that may have been paid for all anybody knows; nothing is collected until it is known. */
  get held(): Attempt | null {
    const view = this.view;
    if (view === null) return null;
    return [view.attempt, ...view.watched].find((each) => each !== null && each.held && each.sale === view.cart.sale) ?? null;
  }

  /** Loads everything and follows changes; the answer stops following. */
  async start(): Promise<() => void> {
    const stops = await Promise.all([
      this.client.onView((view) => this.#take(view)),
      this.client.onCustomerScreen((screen) => (this.customer = screen)),
    ]);
    const [view, shelf, screen, first] = await Promise.allSettled([this.client.view(), this.client.shelf(), this.client.customerScreen(), this.client.firstRun()]);
    if (first.status === 'fulfilled') this.welcome = first.value;
    if (shelf.status === 'fulfilled') this.shelf = shelf.value;
    if (screen.status === 'fulfilled') this.customer = screen.value;
    if (view.status === 'fulfilled') this.#take(view.value);
    else this.#fail(view.reason);
    return () => stops.forEach((stop) => stop());
  }

  scan(code: string): void {
    if (this.locked) {
      this.notRungUp += 1;
      this.#sounds.alarm();
      return;
    }
    if (this.divert !== null) {
      this.divert(code);
      return;
    }
    const sale = saleOnReceipt(code, this.view?.till.id ?? '');
    if (sale !== null) {
      this.startRefund(sale);
      return;
    }
    this.place.page = 'till';
    if (!this.#scans.put(code)) this.#sounds.alarm();
  }

  add = (product: string): Promise<boolean> => this.#ringUp(() => this.client.add(product));

  async setQuantity(line: number, quantity: number): Promise<boolean> {
    this.selected = line;
    if (quantity < 1) return this.remove(line);
    return this.#approved((consent) => this.client.setQuantity(line, quantity, consent));
  }

  remove = (line: number): Promise<boolean> => this.#approved((consent) => this.client.remove(line, consent));
  clear = (): Promise<boolean> => this.#approved((consent) => this.client.clear(consent));

  discountLine = (line: number, discount: Discount | null): Promise<boolean> => this.#consentedAnswer((consent) => this.client.discountLine(line, discount, consent));
  discountSale = (discount: Discount | null): Promise<boolean> => this.#consentedAnswer((consent) => this.client.discountSale(discount, consent));
  addWeighed = (product: string, grams: number): Promise<boolean> => this.#answer(() => this.client.addWeighed(product, grams));
  openDrawer = (reason: string): Promise<boolean> => this.#consentedAnswer((consent) => this.client.openDrawer(reason, consent));
  returnGoods = (reason: string): Promise<boolean> => this.#consentedAnswer((consent) => this.client.returnGoods(reason, consent));
  saveProduct = (before: ProductForm | null, form: ProductForm): Promise<boolean> => this.#approved((consent) => this.client.saveProduct(before, form, consent));
  retireProduct = (product: string): Promise<boolean> => this.#approved((consent) => this.client.retireProduct(product, consent));
  /** Takes a file in that was looked at; nothing when it was not taken. */
  async importTake(): Promise<ImportPlan | null> {
    let plan: ImportPlan | null = null;
    const done = await this.#approved(async (consent) => {
      plan = await this.client.importTake(consent);
      return this.client.view();
    });
    return done ? plan : null;
  }
  addOpen = (name: string, price: number): Promise<boolean> => this.#answer(() => this.client.addOpen(name, price, 'taxable'));
  setNote = (note: string): Promise<boolean> => this.#answer(() => this.client.setNote(note));
  voidSale = (reason: string, money: HandedBack): Promise<boolean> => this.#consentedAnswer((consent) => this.client.voidSale(reason, money, consent));
  returnCash = (reason: string): Promise<boolean> => this.#consentedAnswer((consent) => this.client.returnCash(reason, consent));
  putAside = (name: string): Promise<boolean> => this.#answer(() => this.client.putAside(name));
  async recall(id: string): Promise<boolean> {
    const done = await this.#money(() => this.client.recall(id));
    if (done) this.place.want('products');
    return done;
  }

  payPartCash = (part: number): Promise<boolean> => this.#part(() => this.client.payPartCash(part, part));
  payOutside = (through: Outside, part: number, note: string): Promise<boolean> => this.#part(() => this.client.payOutside(through, part, note));
  async payPartOnline(method: Method, part: number): Promise<boolean> {
    return this.#part(() => this.client.payPartOnline(method, part));
  }

  async showSlip(attempt: string): Promise<void> {
    try {
      this.slip = await this.client.slip(attempt);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** What a cashier asks about the sale on the counter; a question that is already open is closed by its own key. */
  open(panel: Panel): void {
    const cart = this.view?.cart;
    if (cart === undefined || this.view?.stopped !== null) return;
    if (this.panel === panel) this.panel = null;
    else if (cart.lines.length === 0 && !withoutGoods.includes(panel)) this.#fail({ code: 'empty_cart' });
    else if (cart.locked && panel !== 'aside' && panel !== 'drawer') this.#fail({ code: 'cart_locked' });
    else {
      this.calm();
      if (panel !== 'aside') this.place.want('products');
      this.place.page = 'till';
      this.panel = panel;
    }
  }

  /** Puts what is on the counter aside; with nothing on it, shows what waits. */
  asideKey(): void {
    if (this.view !== null && this.view.cart.lines.length > 0 && this.place.page !== 'aside') this.open('aside');
    else this.place.open('aside');
  }

  /** Gives something of a sale back: of the one chosen among the recent ones, or of one that is asked for. */
  refundKey(): void {
    if (this.view === null || this.view.stopped !== null) return;
    if (this.place.page === 'recent' && this.recentChosen !== null) this.startRefund(this.recentChosen);
    else {
      [this.refundOf, this.refundShown] = [null, null];
      this.place.open('refunds');
    }
  }

  startRefund(sale: string): void {
    if (this.view === null || this.view.stopped !== null) return;
    this.calm();
    [this.refundOf, this.refundShown] = [sale, null];
    this.place.page = 'refunds';
  }

  showRefund(refund: string): void {
    [this.refundOf, this.refundShown] = [null, refund];
    this.place.page = 'refunds';
  }

  /** Asks for what the draft says, and then shows what became of it. */
  async refund(draft: RefundDraft): Promise<boolean> {
    const approver = draft.approver.trim() === '' ? null : draft.approver.trim();
    let newest: string | null = null;
    const done = await this.#approved(async (consent) => {
      const { refunds } = await this.client.refund(draft.sale.sale, draft.wishes, draft.reason, draft.byHand, approver, consent);
      newest = refunds.at(-1)?.request ?? null;
      return this.client.view();
    }, draft.reason);
    if (done && newest !== null) this.showRefund(newest);
    return done;
  }

  refundRetry = (refund: string): Promise<boolean> => this.#money(() => this.client.refundRetry(refund));
  refundHandedOver = (refund: string, way: HandWay, approvedBy: string | null): Promise<boolean> =>
    this.#approved((consent) => this.client.refundHandedOver(refund, way, approvedBy, consent));
  refundDrop = (refund: string): Promise<boolean> => this.#money(() => this.client.refundDrop(refund));

  async showRefundSlip(refund: string): Promise<void> {
    try {
      this.slip = await this.client.refundSlip(refund);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  payCash = (received: number): Promise<boolean> => this.#money(() => this.client.payCash(received));
  async payOnline(method: Method): Promise<boolean> {
    const done = await this.#money(() => this.client.payOnline(method));
    if (done) this.place.want('products');
    return done;
  }
  cancelPayment = (): Promise<boolean> => this.#money(() => this.client.cancelPayment());
  async release(manager: string, reason: string): Promise<boolean> {
    const done = await this.#approved((consent) => this.client.release(manager, reason, consent));
    if (done) this.releasing = null;
    return done;
  }
  async vouch(attempt: string, manager: string, reason: string): Promise<boolean> {
    const done = await this.#approved((consent) => this.client.vouch(attempt, manager, reason, consent));
    if (done) this.releasing = null;
    return done;
  }
  /** Where people are registered their PIN says who; otherwise a form asks for a name. */
  override(how: 'release' | 'vouch'): void {
    const held = this.held;
    if (this.view?.people.everyone.length === 0) this.releasing = how;
    else if (how === 'release') void this.release('', '');
    else if (held !== null) void this.vouch(held.number, '', '');
  }
  checkNow = (): Promise<boolean> => this.#run(() => this.client.checkNow());
  dismissClosed = (): Promise<boolean> => this.#run(() => this.client.dismissClosed());
  resolve = (task: string, choice: TaskChoice): Promise<boolean> => this.#approved((consent) => this.client.resolve(task, choice, consent));
  takeTask = (task: string): Promise<boolean> => this.#run(() => this.client.takeTask(task));

  async signIn(person: string, pin: string): Promise<boolean> {
    const done = await this.#money(() => this.client.signIn(person, pin));
    if (done) this.notRungUp = 0;
    return done;
  }
  /** Nobody could unlock a till at which nobody is registered. */
  async lock(): Promise<void> {
    if (this.view === null || this.view.people.everyone.length === 0) return;
    this.asking = null;
    await this.#run(() => this.client.lock());
  }
  /** Somebody moves about without asking for anything; the till is told now and then. */
  touch(now: number): void {
    if (this.view?.people.at_till == null || this.locked || now - this.#touched < touchEveryMs) return;
    this.#touched = now;
    this.client.touch().catch(() => undefined);
  }
  addPerson = (name: string, role: Role, pin: string): Promise<boolean> => this.#approved((consent) => this.client.addPerson(name, role, pin, consent));
  editPerson = (person: string, name: string, role: Role): Promise<boolean> => this.#approved((consent) => this.client.editPerson(person, name, role, consent));
  changePin = (person: string, pin: string): Promise<boolean> => this.#approved((consent) => this.client.changePin(person, pin, consent));
  retirePerson = (person: string): Promise<boolean> => this.#approved((consent) => this.client.retirePerson(person, consent));
  /** Sets a new till up; what was not taken is in `trouble`. */
  async begin(first: FirstRun): Promise<boolean> {
    const done = await this.#money(() => this.client.begin(first));
    if (done) {
      this.welcome = false;
      this.shelf = await this.client.shelf();
    }
    return done;
  }
  unlock = (passphrase: string): Promise<boolean> => this.#money(() => this.client.unlock(passphrase));

  /** Opens the customer's display, or closes it, where the shop has one at all. */
  toggleCustomerScreen(): void {
    if (this.customer.kind !== 'off') this.client.toggleCustomerScreen().catch((thrown) => this.#fail(thrown));
  }

  /** The report; from there the drawer and the day; from there back to the till. */
  reportKey(): void {
    if (this.place.page === 'report' && this.view?.stopped === null) this.place.page = 'day';
    else if (this.place.page === 'day') this.place.page = 'till';
    else this.place.open('report');
  }

  /** Does what may need somebody's consent and answers with something of its own; null when it was not done. */
  async asked<T>(command: (consent?: Consent) => Promise<T>): Promise<T | null> {
    let answer: T | null = null;
    const done = await this.#approved(async (consent) => {
      answer = await command(consent);
      return this.client.view();
    });
    return done ? answer : null;
  }

  async showZ(number: number): Promise<void> {
    try {
      this.slip = await this.client.zPaper(number);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Changes settings with whatever consent it takes; null when nothing was changed. */
  changeSettings = (changes: SettingChange[]): Promise<SettingsLook | null> => this.asked((consent) => this.client.changeSettings(changes, consent));

  keepKeys = (profile: Profile, given: GivenKeys): Promise<CollectingLook | null> => this.asked((consent) => this.client.keepKeys(profile, given, consent));
  switchProfile = (profile: Profile): Promise<CollectingLook | null> => this.asked((consent) => this.client.switchProfile(profile, consent));

  /** Shows an error of a question that changed nothing (receipt, report). */
  report(thrown: unknown): void {
    this.#fail(thrown);
  }

  /** To the cash or the method screen, if there is something to pay for. */
  askFor(wanted: 'cash' | 'methods'): void {
    if (this.view === null || this.view.stopped !== null) return;
    if (this.view.cart.lines.length === 0) this.#fail({ code: 'empty_cart' });
    else if (this.held !== null) this.#fail({ code: 'outcome_unknown', attempt: this.held.number });
    else {
      this.calm();
      this.place.want(wanted);
    }
  }

  calm(): void {
    this.trouble = null;
  }

  changeSelected(by: number): void {
    const line = this.view?.cart.lines.find((each) => each.line === this.selected);
    if (line !== undefined) void this.setQuantity(line.line, line.quantity + by);
  }

  removeSelected(): void {
    if (this.selected !== null) void this.remove(this.selected);
  }

  /** Adds one, then raises it to the quantity asked for: the till's own commands, in order. */
  async #ringUp(add: () => Promise<View>): Promise<boolean> {
    const times = this.times;
    const before = this.view?.cart.lines ?? [];
    const refused = this.trouble !== null && unread.includes(this.trouble.error.code);
    const done = await this.#run(async () => {
      const view = await add();
      const grown = view.cart.lines.find((line) => line.quantity > (before.find((each) => each.line === line.line && each.code === line.code)?.quantity ?? 0));
      if (grown !== undefined) this.selected = grown.line;
      return times > 1 && grown !== undefined ? this.client.setQuantity(grown.line, grown.quantity + times - 1) : view;
    }, refused);
    this.times = 1;
    if (done) {
      this.#sounds.accepted();
      if (this.place.wanted !== 'cash') this.place.wanted = 'products';
    }
    return done;
  }

  async #consentedAnswer(command: (consent?: Consent) => Promise<View>): Promise<boolean> {
    return this.#closing(this.panel, await this.#approved(command));
  }

  async #answer(command: () => Promise<View>): Promise<boolean> {
    return this.#closing(this.panel, await this.#money(command));
  }

  /** What was done closes the question it answered, and not the next one, which a quick hand has opened meanwhile. */
  #closing(answered: Panel | null, done: boolean): boolean {
    if (done && this.panel === answered) this.panel = null;
    return done;
  }

  /** A part that was taken leaves the rest to be asked for: back to the sale. */
  async #part(command: () => Promise<View>): Promise<boolean> {
    const done = await this.#money(command);
    if (done) this.place.want('products');
    return done;
  }

  async #money(command: () => Promise<View>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      return await this.#run(command);
    } finally {
      this.busy = false;
    }
  }

  /** Does what may need somebody's consent: asks for it in place, and does the same again with it. */
  async #approved(command: (consent?: Consent) => Promise<View>, reason = ''): Promise<boolean> {
    if (this.busy || this.asking !== null) return false;
    this.busy = true;
    try {
      this.#take(await command());
      this.trouble = null;
      return true;
    } catch (thrown) {
      const error = asCommandError(thrown);
      if (error.code !== 'approval_needed') {
        this.#fail(thrown);
        return false;
      }
      this.pinWrong = false;
      this.trouble = null;
      return await new Promise<boolean>((settle) => {
        this.busy = false;
        const leave = (): void => {
          this.asking = null;
          settle(false);
        };
        const give = async (consent: Consent): Promise<void> => {
          if (await this.#money(() => command(consent))) {
            this.asking = null;
            settle(true);
          }
        };
        this.asking = { what: error.what, reason, give, leave };
      });
    } finally {
      this.busy = false;
    }
  }

  /** `troubled`: what went wrong before stays to be read. */
  async #run(command: () => Promise<View>, troubled = false): Promise<boolean> {
    try {
      this.#take(await command());
      if (!troubled) this.trouble = null;
      this.pinWrong = false;
      return true;
    } catch (thrown) {
      this.#fail(thrown);
      return false;
    }
  }

  #fail(thrown: unknown): void {
    this.#troubles += 1;
    const error = asCommandError(thrown);
    this.pinWrong = error.code === 'wrong_pin';
    this.#sounds.unknown();
    if (error.code === 'weight_needed') {
      // No dialog: this question waits at the foot, and the next scan goes on as ever.
      this.weighing = { product: error.product, name: error.name };
      this.place.want('products');
      this.panel = 'weigh';
      return;
    }
    this.trouble = { error, serial: this.#troubles };
  }

  /** Replies and events race; the higher revision is the newer truth. */
  #take(view: View): void {
    const before = this.view;
    if (before !== null && view.revision < before.revision) return;
    this.view = view;
    if (before !== null && before.shelf !== view.shelf) this.client.shelf().then((shelf) => (this.shelf = shelf), (thrown) => this.#fail(thrown));
    if (before !== null) this.#notice(before, view);
    if (!view.cart.lines.some((line) => line.line === this.selected)) this.selected = view.cart.lines.at(-1)?.line ?? null;
  }

  #notice(before: View, after: View): void {
    const newlyClosed = after.closed !== null && after.closed.sale !== before.closed?.sale;
    if (newlyClosed || (after.attempt !== null && after.attempt.number !== before.attempt?.number)) {
      this.place.want('products');
      this.askingToCancel = false;
    }
    if (after.attempt === null) this.askingToCancel = false;
    if (this.held === null) this.releasing = null;
    if (after.cart.lines.length === 0 && this.panel !== null && !withoutGoods.includes(this.panel)) this.panel = null;
    if (after.people.locked && !before.people.locked) {
      this.asking?.leave();
      this.pinWrong = false;
      this.notRungUp = 0;
      this.place.page = 'till';
    }
    const paidNow = after.attempt?.state.kind === 'paid' && before.attempt?.state.kind !== 'paid';
    if (paidNow || (newlyClosed && after.closed?.unverified === false && after.closed.tenders.some((each) => each.kind === 'online') === true && before.attempt?.state.kind !== 'paid')) this.#sounds.paid();
    else if (newlyClosed) this.#sounds.accepted();
    const known = new Set(before.tasks.map((each) => each.id));
    if (after.tasks.some((each) => !known.has(each.id))) this.#sounds.alarm();
  }
}
