//! What the customer is shown on a display of their own: the sale as they see it, and nothing else of the till. No task,
//! no alarm, no journal, no number of a payment.

use super::{PaymentCode, Qr, Serialize};
use crate::profile::Profile;

shown! {
    /// Everything on the customer's display.
    pub struct Display {
        /// Grows with every change.
        pub revision: u64,
        /// The shop.
        pub shop: String,
        /// Which world it sells in: a customer is not to mistake practice for a sale either.
        pub profile: Profile,
        /// What is going on.
        pub shows: Shows,
    }
}

impl Display {
    /// The display of a till that is not open.
    #[must_use]
    pub fn staff() -> Self {
        Self { revision: 0, shop: String::new(), profile: Profile::Production, shows: Shows::Staff }
    }
}

shown! {
    /// What is going on, as the customer sees it.
    pub enum Shows {
        /// Nothing is being sold.
        Welcome,
        /// What has been rung up so far.
        Bill {
            /// It.
            bill: Bill,
        },
        /// A payment is under way.
        Paying {
            /// What for.
            bill: Bill,
            /// How much of it.
            amount: i64,
            /// What the customer does.
            step: PayStep,
        },
        /// The sale is paid.
        Thanks {
            /// What it came to.
            total: i64,
            /// What goes back in cash.
            change: i64,
        },
        /// The till cannot sell.
        Staff,
    }
}

shown! {
    /// What has been rung up.
    pub struct Bill {
        /// Lines, oldest first.
        pub lines: Vec<BillLine>,
        /// Pieces.
        pub items: u32,
        /// What it comes to, tax included.
        pub total: i64,
        /// What has come in.
        pub paid: i64,
        /// What is owed.
        pub due: i64,
    }
}

shown! {
    /// A line of the bill.
    pub struct BillLine {
        /// Its id.
        pub line: u32,
        /// Its name.
        pub name: String,
        /// Price of one.
        pub unit_price: i64,
        /// How many.
        pub quantity: u32,
        /// What it comes to.
        pub amount: i64,
    }
}

shown! {
    /// What the customer does about a payment.
    pub enum PayStep {
        /// Scan.
        Scan {
            /// The pay page.
            qr: Qr,
            /// When it stops.
            expires_ms: i64,
        },
        /// Finish on the phone that has opened the page.
        OnPhone {
            /// The pay page, for whoever closed it.
            qr: Qr,
            /// When it stops.
            expires_ms: i64,
        },
        /// A try was declined: try again, or pay in another way.
        TryAgain {
            /// The pay page.
            qr: Qr,
            /// When it stops.
            expires_ms: i64,
        },
        /// Pay later with a code.
        Code {
            /// The code.
            code: PaymentCode,
            /// Until when it can be paid.
            deadline_ms: Option<i64>,
        },
        /// The phone said paid; the gateway is being asked.
        Confirming,
        /// Nobody knows whether it was paid: nothing to do but to wait, and certainly not to pay again.
        Unknown,
        /// The page stopped.
        TimeUp,
        /// The money came after the counter had given it up: the staff decide with the customer what becomes of it.
        Received,
    }
}

shown! {
    /// The customer's display, as the cashier's window hears of it. The shell fills it in: a register has no windows.
    pub enum CustomerScreen {
        /// The settings want none.
        Off,
        /// There is none; it can be opened.
        Closed,
        /// A customer can see it.
        Showing,
        /// It should be there, and nobody can see it: its window hangs, or its monitor has gone (PF-63).
        Lost,
    }
}
