//! The till's own pay page and mailbox: the relay's router over the register. What comes in is in the journal before it
//! is acknowledged.

use register::drive::Shared;
use register::{PageState, Received};
use relay::{Door, Kept, LinkId, Mail, PayPage, Store, StoreError, Token};

/// The register as the relay's store.
#[derive(Clone)]
pub(crate) struct Pages(pub(crate) Shared);

impl Store for Pages {
    async fn page(&self, id: &LinkId) -> Option<PayPage> {
        let page = self.0.with(|register, ports| register.page(id.as_str(), ports.clock.now()));
        match page {
            Ok(page) => page.map(pay_page),
            Err(error) => {
                tracing::error!(%error, "a pay page could not be shown");
                None
            }
        }
    }

    async fn opened(&self, id: &LinkId) {
        if let Err(error) = self.0.with(|register, _| register.page_submitted(id.as_str())) {
            tracing::error!(%error, "a submitted page could not be noted");
        }
    }

    async fn keep(&self, mail: Mail) -> Result<Kept, StoreError> {
        let door = match mail.door {
            Door::Notice | Door::PaymentInfo => till::payment::Door::Notice,
            Door::BrowserReturn | Door::BrowserCode => till::payment::Door::Browser,
        };
        let kept = self.0.with(|register, ports| {
            if !register.knows_token(mail.token.as_str())? {
                return Ok(Received::Refused);
            }
            register.receive(door, &mail.body, ports.clock.now())
        });
        match kept {
            Ok(Received::News) => Ok(Kept::Accepted),
            Ok(Received::Nothing) => Ok(Kept::Repeated),
            Ok(Received::Refused) => Ok(Kept::Refused),
            Err(error) => {
                tracing::error!(%error, "a message could not be recorded");
                Err(StoreError::Unavailable)
            }
        }
    }

    async fn page_of(&self, token: &Token) -> Option<PayPage> {
        let page = self.0.with(|register, _| register.page_by_token(token.as_str()));
        page.ok().flatten().map(pay_page)
    }
}

fn pay_page(page: register::Page) -> PayPage {
    PayPage {
        shop: page.shop,
        amount: page.amount,
        action: page.action,
        fields: page.fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        state: match page.state {
            PageState::Fresh => relay::PageState::Fresh,
            PageState::Used => relay::PageState::Opened,
            PageState::Expired => relay::PageState::Expired,
            PageState::Cancelled => relay::PageState::Cancelled,
            PageState::Paid => relay::PageState::Paid,
        },
        expires_at_ms: page.expires.unix_ms(),
        training: page.training,
    }
}
