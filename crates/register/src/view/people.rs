//! Who is at the till and who else works here, as the screens are shown it.

use super::{Deserialize, Serialize};

macro_rules! mirrored {
    ($(#[$meta:meta])* $name:ident of $of:path { $($(#[$each:meta])* $case:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$each])* $case),* }

        impl From<$of> for $name {
            fn from(value: $of) -> Self {
                use $of as Of;
                match value { $(Of::$case => Self::$case),* }
            }
        }

        impl From<$name> for $of {
            fn from(value: $name) -> Self {
                use $of as Of;
                match value { $($name::$case => Of::$case),* }
            }
        }
    };
}

mirrored! {
    /// What a person is to the shop.
    Role of till::people::Role {
        /// Sells.
        Cashier,
        /// Also decides about one sale.
        Supervisor,
        /// Also decides about the shop.
        Owner,
    }
}

mirrored! {
    /// Something not everybody may do.
    Act of till::people::Act {
        /// A discount above the limit.
        DiscountOverLimit,
        /// Take off a line after money was asked for.
        VoidLine,
        /// Give a sale up after money was asked for.
        VoidSale,
        /// Give money back.
        Refund,
        /// Open the drawer without a sale.
        OpenDrawer,
        /// Put cash into the drawer or take it out without a sale.
        MoveCash,
        /// Close the day.
        CloseDay,
        /// Look at what many days came to.
        SeeBooks,
        /// Add, change and retire products.
        EditCatalogue,
        /// Give a product a price.
        EditPrice,
        /// Say what became of an unknown payment.
        OverrideUnknown,
        /// Decide about money no sale took.
        SettleMoney,
        /// Change the settings.
        Settings,
        /// Put in keys, or sell in another world.
        Collecting,
        /// Add, change and retire people.
        People,
    }
}

shown! {
    /// Who is at the till, and who else works here.
    pub struct People {
        /// Nobody is signed in: the till takes nothing.
        pub locked: bool,
        /// Who is at the till, by id; nobody where nobody is registered.
        pub at_till: Option<String>,
        /// Everybody who works here.
        pub everyone: Vec<Person>,
    }
}

shown! {
    /// Somebody who works here.
    pub struct Person {
        /// Names them for commands.
        pub id: String,
        /// What they are called.
        pub name: String,
        /// What they may do.
        pub role: Role,
        /// What they may approve, for themselves or for others.
        pub may: Vec<Act>,
        /// No PIN is looked at under this name before then.
        pub wait_until_ms: Option<i64>,
        /// Their PIN, where it is for practice only.
        pub shown_pin: Option<String>,
    }
}

shown! {
    /// Who sees to a task.
    pub struct Holder {
        /// Who.
        pub name: String,
        /// Whether it is the one at the till.
        pub mine: bool,
        /// Since when.
        pub since_ms: i64,
    }
}
