//! What not everybody may do, as one table.

use serde::{Deserialize, Serialize};

/// What a person is to the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 收銀員: sells.
    Cashier,
    /// 值班主管: also decides about one sale.
    Supervisor,
    /// 店主: also decides about the shop.
    Owner,
}

/// Something not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A discount above the limit in the settings.
    DiscountOverLimit,
    /// Take off a line, or pieces of one, after money was asked for.
    VoidLine,
    /// Give a sale up after money was asked for.
    VoidSale,
    /// Give money back.
    Refund,
    /// Open the drawer without a sale.
    OpenDrawer,
    /// Put cash into the drawer or take it out without a sale.
    MoveCash,
    /// Close the day with a Z report.
    CloseDay,
    /// Add, change and retire products, at the price they have.
    EditCatalogue,
    /// Give a product a price: a new product, another price, a price of a later day.
    EditPrice,
    /// Say what became of a payment the gateway has not answered about (PF-07, PF-60).
    OverrideUnknown,
    /// Decide what becomes of money no sale took.
    SettleMoney,
    /// Look at what many days came to, and settle the gateway's statements.
    SeeBooks,
    /// Change the settings.
    Settings,
    /// Put in the keys money is collected with, or sell in another world: training, stage, production.
    Collecting,
    /// Add, change and retire people.
    People,
}

impl Act {
    /// Every one of them.
    pub const EVERY: [Self; 15] = [
        Self::DiscountOverLimit,
        Self::VoidLine,
        Self::VoidSale,
        Self::Refund,
        Self::OpenDrawer,
        Self::EditCatalogue,
        Self::MoveCash,
        Self::CloseDay,
        Self::EditPrice,
        Self::OverrideUnknown,
        Self::SettleMoney,
        Self::SeeBooks,
        Self::Settings,
        Self::Collecting,
        Self::People,
    ];

    /// What the journal and reports call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DiscountOverLimit => "discount_over_limit",
            Self::VoidLine => "void_line",
            Self::VoidSale => "void_sale",
            Self::Refund => "refund",
            Self::OpenDrawer => "open_drawer",
            Self::MoveCash => "move_cash",
            Self::CloseDay => "close_day",
            Self::EditCatalogue => "edit_catalogue",
            Self::EditPrice => "edit_price",
            Self::OverrideUnknown => "override_unknown",
            Self::SettleMoney => "settle_money",
            Self::SeeBooks => "see_books",
            Self::Settings => "settings",
            Self::Collecting => "collecting",
            Self::People => "people",
        }
    }

    /// The lowest role that may do it without asking: the one table.
    #[must_use]
    pub const fn needs(self) -> Role {
        match self {
            Self::DiscountOverLimit
            | Self::VoidLine
            | Self::VoidSale
            | Self::Refund
            | Self::OpenDrawer
            | Self::EditCatalogue
            | Self::MoveCash
            | Self::CloseDay
            | Self::OverrideUnknown
            | Self::SettleMoney
            | Self::SeeBooks => Role::Supervisor,
            Self::EditPrice | Self::Settings | Self::Collecting | Self::People => Role::Owner,
        }
    }

    /// Whether even the one at the till who may do it says so with PIN and reason, each time: money goes out, or is
    /// believed to have come in, on nothing but their word, or collects for somebody else from now on; and whoever stands
    /// at an unlocked till is not yet them.
    #[must_use]
    pub const fn always_asks(self) -> bool {
        match self {
            Self::Refund | Self::OverrideUnknown | Self::Collecting => true,
            Self::DiscountOverLimit
            | Self::VoidLine
            | Self::VoidSale
            | Self::OpenDrawer
            | Self::EditCatalogue
            | Self::MoveCash
            | Self::CloseDay
            | Self::EditPrice
            | Self::SettleMoney
            | Self::SeeBooks
            | Self::Settings
            | Self::People => false,
        }
    }
}

impl Role {
    /// Whether somebody in this role may do it without asking.
    #[must_use]
    pub fn may(self, act: Act) -> bool {
        self >= act.needs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cashier_asks_for_everything_and_an_owner_for_nothing() {
        assert!(Act::EVERY.into_iter().all(|act| !Role::Cashier.may(act) && Role::Owner.may(act)));
    }

    #[test]
    fn a_supervisor_decides_about_a_sale_and_not_about_the_shop() {
        let may = |act| Role::Supervisor.may(act);
        assert!(may(Act::OverrideUnknown) && may(Act::Refund) && may(Act::VoidSale) && may(Act::EditCatalogue));
        assert!(!may(Act::People) && !may(Act::Settings) && !may(Act::EditPrice));
    }
}
