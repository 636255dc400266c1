// What a screen can ask the till. Screens import this file and nothing below it.
//
// The till is a Rust program behind Tauri; in a plain browser and in tests `FakeTill` stands in.

import type {
  CashWay, CollectingLook, CommandError, CustomerScreen, Day, Discount, Exported, HandWay, ImportPlan, ImportProgress, KeysTest, MethodChoice, Method, HandedBack, Outside, Pieces, Product, ProductForm, Profile, RangeReport, RangeTable, Reconciled, ReconciledLine, Recent, ReceiptPicture, Refund, Refundable, RefundQuote,
  RefundSlip, RefundWish, RelayLook, RelayTest, ReportPicture, Role, SettingChange, SettingsLook, Shelf, ShelfPage, ShelfTab, SlipPicture, TaskChoice, TaxKind, View, XReport,
} from './bindings';

export type * from './bindings';

/** Somebody says, with their PIN, that one thing may be done now. Good for one command. */
export type Consent = { person: string; pin: string; reason: string };

/** What a new shop says of itself. Without an owner, the sample shop's people are there to practise with. */
export type FirstRun = { changes: SettingChange[]; sample: boolean; owner: { name: string; pin: string } | null };

/** Keys as they are typed in; they leave the form for the till and nothing else. */
export type GivenKeys = { merchant: string; key: string; iv: string; passphrase: string; leaked: boolean };

/** Every command that changes something answers with the new view; a refusal rejects with a `CommandError`. */
export interface Client {
  view(): Promise<View>;
  /** How many products there are, and in which categories. */
  shelf(): Promise<Shelf>;
  /** Some of the products of a tab, from a place on: never more than `shelf().page`. */
  shelfPage(tab: ShelfTab, from: number): Promise<ShelfPage>;
  /** By part of the name, by code or by barcode; at most 60, best first. */
  search(text: string): Promise<Product[]>;
  /** Adds by exact barcode, else by exact product code. */
  scan(code: string): Promise<View>;
  /** Adds one by product code. */
  add(product: string): Promise<View>;
  /** Adds one piece that weighs so many grams. */
  addWeighed(product: string, grams: number): Promise<View>;
  /** A product as the shop wrote it down, to be changed. */
  productForm(product: string): Promise<ProductForm>;
  /** Adds a product, or changes the one that was there `before`; refused when somebody else has changed it meanwhile. */
  saveProduct(before: ProductForm | null, form: ProductForm, consent?: Consent): Promise<View>;
  retireProduct(product: string, consent?: Consent): Promise<View>;
  /** Hands a chosen file over, then says what taking it would do; nothing is changed. */
  importLook(file: Blob, progress: (progress: ImportProgress) => void): Promise<ImportPlan>;
  /** Stops reading, and lets the file go. */
  importCancel(): Promise<void>;
  /** Takes what was looked at, all of it. */
  importTake(consent?: Consent): Promise<ImportPlan>;
  exportProducts(): Promise<Exported>;
  /** The drawer is opened and nothing is sold. */
  openDrawer(reason: string, consent?: Consent): Promise<View>;
  /** Takes back what lies on the counter, without the sale it was sold on, and pays for it in cash. */
  returnGoods(reason: string, consent?: Consent): Promise<View>;
  setQuantity(line: number, quantity: number, consent?: Consent): Promise<View>;
  remove(line: number, consent?: Consent): Promise<View>;
  /** Empties the cart; refused while it is locked. */
  clear(consent?: Consent): Promise<View>;
  /** Takes something off a line, or off the whole sale; `null` gives it its full price again. */
  discountLine(line: number, discount: Discount | null, consent?: Consent): Promise<View>;
  discountSale(discount: Discount | null, consent?: Consent): Promise<View>;
  /** Rings up something that is in no catalogue. */
  addOpen(name: string, price: number, tax: TaxKind): Promise<View>;
  setNote(note: string): Promise<View>;
  /** Gives the sale up with a reason; with money in it, only when that went back. */
  voidSale(reason: string, money: HandedBack, consent?: Consent): Promise<View>;
  /** Frees the counter; refused while a page is up that may be paid any moment. */
  putAside(name: string): Promise<View>;
  recall(id: string): Promise<View>;
  /** The ways to pay online for the amount now due, or for a part of it. */
  methods(part?: number): Promise<MethodChoice[]>;
  /** A part in cash; the sale stays open for the rest. */
  payPartCash(part: number, received: number): Promise<View>;
  payPartOnline(method: Method, part: number): Promise<View>;
  /** Writes down what another terminal, a voucher or a transfer brought: unverified. */
  payOutside(through: Outside, part: number, note: string): Promise<View>;
  /** The cash held for this sale goes back to the customer. */
  returnCash(reason: string, consent?: Consent): Promise<View>;
  /** The slip with which a code is paid, kept as a PDF. */
  slip(attempt: string): Promise<SlipPicture>;
  /** Closes the sale; `closed` is then set. */
  payCash(received: number): Promise<View>;
  /** Opens a payment; with one live already, cancels that and opens another under a new number. */
  payOnline(method: Method): Promise<View>;
  /** The payment moves to `watched`, the cart unlocks. */
  cancelPayment(): Promise<View>;
  checkNow(): Promise<View>;
  /** A named manager lets the sale be collected again although nobody knows how its last payment ended. */
  release(manager: string, reason: string, consent?: Consent): Promise<View>;
  /** A named manager says that a payment was made although the gateway has not: the sale closes, marked unverified. */
  vouch(attempt: string, manager: string, reason: string, consent?: Consent): Promise<View>;
  resolve(task: string, choice: TaskChoice, consent?: Consent): Promise<View>;
  /** Whoever is at the till sees to the task; or no longer, when it was they who did. */
  takeTask(task: string): Promise<View>;
  signIn(person: string, pin: string): Promise<View>;
  lock(): Promise<View>;
  /** Somebody is at the counter, although nothing was asked for. */
  touch(): Promise<void>;
  /** The first person is the owner, who is then at the till. */
  addPerson(name: string, role: Role, pin: string, consent?: Consent): Promise<View>;
  editPerson(person: string, name: string, role: Role, consent?: Consent): Promise<View>;
  changePin(person: string, pin: string, consent?: Consent): Promise<View>;
  retirePerson(person: string, consent?: Consent): Promise<View>;
  dismissClosed(): Promise<View>;
  /** The last 50 sales, newest first. */
  recent(): Promise<Recent[]>;
  /** The original's picture; writes nothing. */
  receipt(sale: string): Promise<ReceiptPicture>;
  /** Records and makes a marked copy. */
  copy(sale: string): Promise<ReceiptPicture>;
  /** What of a closed sale can come back, and what has. */
  refundable(sale: string): Promise<Refundable>;
  /** What a refund of these pieces would be; records nothing. `byHand` is null for "back to the card". */
  refundQuote(sale: string, lines: RefundWish[], byHand: HandWay | null): Promise<RefundQuote>;
  /** Asks for a refund. Card refunds then go by themselves; what a person gives back waits for `refundHandedOver`. */
  refund(sale: string, lines: RefundWish[], reason: string, byHand: HandWay | null, approvedBy: string | null, consent?: Consent): Promise<Refundable>;
  /** Tries a refused refund again, or asks about one under way now. Never sends anything twice on a guess. */
  refundRetry(refund: string): Promise<View>;
  /** A person has given the money back; of a card's money only with a manager's name. */
  refundHandedOver(refund: string, way: HandWay, approvedBy: string | null, consent?: Consent): Promise<View>;
  /** Gives a refund up before anything has moved, with those asked for together with it. */
  refundDrop(refund: string): Promise<View>;
  /** The last refunds and all that are not over, newest first. */
  refunds(): Promise<Refund[]>;
  /** Records and makes the slip; a second one is a marked copy. */
  refundSlip(refund: string): Promise<RefundSlip>;
  reportX(): Promise<XReport>;
  /** What these days come to, both included: `2026-11-01`. */
  reportRange(from: string, to: string, consent?: Consent): Promise<RangeReport>;
  /** Saves one table of it for a spreadsheet, or with null the whole as a PDF; the answer is the file's path. */
  saveRange(from: string, to: string, table: RangeTable | null, consent?: Consent): Promise<string>;
  /** Holds a statement somebody has saved against the journal. */
  reconcile(file: Blob, consent?: Consent): Promise<Reconciled>;
  /** The same, fetched from ECPay: one a minute, a week at most. */
  fetchStatement(from: string, to: string, consent?: Consent): Promise<Reconciled>;
  reconciliations(): Promise<ReconciledLine[]>;
  reconciliation(seq: number, consent?: Consent): Promise<Reconciled>;
  /** A Z report as it was made. */
  reportZ(number: number): Promise<XReport>;
  /** Makes and keeps a Z report on paper; a second one is a marked copy. */
  zPaper(number: number): Promise<ReportPicture>;
  /** Shifts, the drawer and the Z reports. */
  day(): Promise<Day>;
  openShift(counted: Pieces[]): Promise<Day>;
  /** Puts cash into the drawer or takes it out without a sale. */
  moveCash(way: CashWay, amount: number, reason: string, consent?: Consent): Promise<Day>;
  /** Records a count of the drawer; the last one before the shift is closed stands. */
  countDrawer(counted: Pieces[]): Promise<Day>;
  /** What does not stay in the drawer goes to the bank. */
  closeShift(note: string, nextFloat: number): Promise<Day>;
  /** Makes the Z report of that number: `Day.next_z`, so that pressing twice closes one day. */
  closeDay(number: number, consent?: Consent): Promise<XReport>;
  /** Writes every record that can be read to a file, also those of a damaged journal; the answer is its path. */
  exportRecords(): Promise<string>;
  /** The shop's relay; null in a shop without one. */
  relay(): Promise<RelayLook | null>;
  /** Sends a letter all the way round the relay; can take as long as a network that does not answer. */
  testRelay(): Promise<RelayTest>;
  /** Opens the keys when `stopped.kind` is `keys_locked`. */
  unlock(passphrase: string): Promise<View>;
  /** Whether nobody has set this till up yet. */
  firstRun(): Promise<boolean>;
  /** Sets a new till up, in one go. */
  begin(first: FirstRun): Promise<View>;
  settings(): Promise<SettingsLook>;
  /** Rejects with the first thing that cannot be; changes nothing. */
  checkSettings(changes: SettingChange[]): Promise<void>;
  /** All of it or nothing. */
  changeSettings(changes: SettingChange[], consent?: Consent): Promise<SettingsLook>;
  /** In which world the till sells, and whose keys it has. */
  collecting(): Promise<CollectingLook>;
  /** One harmless signed question, with the keys given or with those that are kept. */
  tryKeys(profile: Profile, given?: GivenKeys): Promise<KeysTest>;
  keepKeys(profile: Profile, given: GivenKeys, consent?: Consent): Promise<CollectingLook>;
  /** From the next start on; refused while payments are under way. */
  switchProfile(profile: Profile, consent?: Consent): Promise<CollectingLook>;
  /** Closes the program and opens it again. */
  restart(): Promise<void>;
  /** The customer's display, as it is now. */
  customerScreen(): Promise<CustomerScreen>;
  /** Opens the customer's display, or closes it; what came of it is told by `onCustomerScreen`. */
  toggleCustomerScreen(): Promise<void>;
  /** Calls back whenever the customer's display comes or goes; the answer stops it. */
  onCustomerScreen(changed: (screen: CustomerScreen) => void): Promise<() => void>;
  /** Calls back with every view that changed by itself; the answer stops it. */
  onView(changed: (view: View) => void): Promise<() => void>;
}

/** The real till inside the app's window, the fake one anywhere else. */
export async function connect(): Promise<Client> {
  if ('__TAURI_INTERNALS__' in window) {
    const { TauriClient } = await import('./tauri');
    return new TauriClient();
  }
  const { fakeFromAddress } = await import('./fake');
  return fakeFromAddress(window.location.search);
}

/** What a rejected command threw; anything unforeseen is `internal`. */
export function asCommandError(thrown: unknown): CommandError {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
    return thrown as CommandError;
  }
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) };
}
