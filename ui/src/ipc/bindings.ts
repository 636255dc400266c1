// The contract between the screens and the till. In the end generated from Rust (crates/register/src/view.rs, by ts-rs)
// into ui/src/ipc/bindings.ts; until then this hand-written text is the truth. Money is whole NT dollars. *_ms are Unix ms.

export type TaxKind = "taxable" | "zero_rated" | "exempt";
export type Product = { code: string; barcode: string | null; name: string; category: string; price: number; tax: TaxKind };

export type CartLine = { line: number; code: string; name: string; barcode: string | null; unit_price: number; quantity: number; amount: number; tax: TaxKind };
export type Cart = {
  lines: Array<CartLine>;
  items: number;            // sum of quantities
  total: number;            // tax included
  tax: number;              // 5 % included in it
  /** Set once money was asked for: the sale's number, e.g. "T1-000042". */
  sale: string | null;
  paid: number;             // what already counts toward the sale
  due: number;              // total - paid
  /** Lines cannot change while a payment is live (PF-04). */
  locked: boolean;
};

export type Method = "all" | "credit" | "twqr" | "apple_pay" | "web_atm" | "atm" | "cvs" | "barcode" | "bnpl" | "weixin" | "digital_payment";
/** One way to pay online, for the amount now due; `open` says whether it can be chosen, else the limits say why. */
export type MethodChoice = { method: Method; open: boolean; min: number; max: number };

export type AttemptState =
  | { kind: "created" }                              // recorded, page not up yet
  | { kind: "presented" }                            // QR is live, nobody has opened it yet
  | { kind: "opened" }                               // the customer's phone has opened the page
  | { kind: "confirming" }                           // the customer's browser brought a signed "paid"; asking the gateway
  | { kind: "code_issued"; code: PaymentCode; deadline_ms: number | null }
  | { kind: "paid"; late: boolean; over: boolean }
  | { kind: "unknown"; why: UnknownWhy }             // we do not know; never "not paid"
  | { kind: "cancel_requested" }                     // cancelled at the counter, still watched
  | { kind: "failed"; code: string }                 // a decline was shown; customer may retry on the same page until expiry
  | { kind: "expired" };                             // time ran out, still watched
export type UnknownWhy = "no_answer" | "gateway_silent" | "wrong_amount" | "wrong_number" | "contradiction" | "pending_at_bank";
export type PaymentCode =
  | { kind: "atm"; bank: string; account: string }
  | { kind: "cvs"; number: string }
  | { kind: "barcode"; bars: [string, string, string] };

export type Attempt = {
  number: string;           // MerchantTradeNo
  sale: string;
  amount: number;
  method: Method;
  state: AttemptState;
  link: string;             // the pay page
  /** QR of the link: side length in modules, and rows of "0"/"1" top to bottom. */
  qr: { size: number; rows: Array<string> };
  created_ms: number;
  expires_ms: number;
  /** When the till will ask the gateway next, if it will. */
  next_check_ms: number | null;
  can_cancel: boolean;
  can_check: boolean;       // "check now" is within the budget
};

export type Tender = { kind: "cash"; received: number; change: number } | { kind: "online"; method: Method; amount: number; number: string; trade_no: string | null; card_last4: string | null };
export type ClosedSale = { sale: string; total: number; closed_ms: number; tenders: Array<Tender>; change: number; receipt: ReceiptState };
export type ReceiptState = { kind: "due" } | { kind: "ready"; copies: number } | { kind: "failed"; reason: string };

/** Something a person has to look at; never closes by itself. */
export type Task = { id: string; what: TaskKind; sale: string | null; attempt: string | null; amount: number; since_ms: number; choices: Array<TaskChoice> };
export type TaskKind = "late_money" | "second_payment" | "wrong_amount" | "forged_notice" | "other_merchant" | "test_payment" | "receipt_failed" | "clock_off";
export type TaskChoice = "accept_to_sale" | "refund_by_hand" | "seen" | "retry";

export type Notice = { kind: "gateway_silent"; until_ms: number } | { kind: "gateway_unreachable"; since_ms: number } | { kind: "recovered"; sale: string } | { kind: "clock_off"; seconds: number };

export type View = {
  revision: number;
  till: { id: string; shop: string; profile: "training" | "stage" | "production"; cashier: string };
  cart: Cart;
  /** The payment on the screen now. */
  attempt: Attempt | null;
  /** The sale that closed last; stays until the next line is rung up. */
  closed: ClosedSale | null;
  /** Cancelled, expired or unanswered attempts that are still watched. */
  watched: Array<Attempt>;
  tasks: Array<Task>;
  notices: Array<Notice>;
  /** The till cannot sell, and why; everything else is still readable. */
  stopped: Stop | null;
};
export type Stop = { kind: "journal_damaged"; at_seq: number | null; path: string } | { kind: "journal_newer"; path: string } | { kind: "disk_full" } | { kind: "keys_missing"; profile: string } | { kind: "keys_locked"; profile: string } | { kind: "settings"; message: string } | { kind: "already_running" };

export type Recent = { sale: string; total: number; closed_ms: number; tenders: Array<Tender> };

export type ReceiptPicture = { sale: string; copy: number; png_base64: string; pdf_path: string };

export type XReport = {
  report: "x"; till: string; shop: string; made_ms: number; from_seq: number; to_seq: number; head: string; first_ms: number | null; last_ms: number | null;
  count: number; gross: number; discounts: number; net: number; tax: number;
  by_tax: { taxable: number; zero_rated: number; exempt: number };
  tenders: Array<{ tender: string; count: number; amount: number }>;     // "cash", "credit", "twqr", ...
  cross_foot: { gross_less_discounts: number; by_tax: number; tenders: number; net: number; agrees: boolean };
  open: Array<{ attempt: string; sale: string; amount: number; state: string }>;   // attempts without an outcome
  unapplied: number;                                                    // money received that no sale took
  hours: Array<{ hour: string; count: number; net: number }>;           // for the chart, "09", "10", ...
};

/** Every command that fails rejects with one of these. */
export type CommandError =
  | { code: "unknown_barcode"; barcode: string }
  | { code: "unknown_product"; product: string }
  | { code: "bad_quantity"; given: number; max: number }
  | { code: "empty_cart" }
  | { code: "cart_locked" }
  | { code: "cart_full"; max: number }
  | { code: "total_too_large"; max: number }
  | { code: "too_little_cash"; due: number; received: number }
  | { code: "bad_amount" }
  | { code: "amount_out_of_limits"; method: Method; min: number; max: number }
  | { code: "payment_live" }
  | { code: "no_payment" }
  | { code: "check_later"; at_ms: number }
  | { code: "unknown_sale"; sale: string }
  | { code: "unknown_task"; task: string }
  | { code: "choice_not_possible" }
  | { code: "disk_full" }
  | { code: "journal_damaged"; at_seq: number | null }
  | { code: "stopped" }
  | { code: "wrong_passphrase" }
  | { code: "receipt_failed"; reason: string }
  | { code: "internal"; message: string };
