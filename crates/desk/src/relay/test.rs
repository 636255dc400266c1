//! A letter all the way round, as the window asks for it: what it comes to, said so that a shop can act on it.

use std::sync::Arc;
use std::time::Duration;

use register::view::RelayTest;
use relay::TillKey;
use relay::client::Refusal;

use super::RelayTrouble;
use super::probe::{self, Probe, ProbeTrouble};

/// Tests one till's relay. Holds nothing of the till: selling goes on meanwhile.
pub struct RelayTester {
    client: Arc<net::Client>,
    base: String,
    key: Option<TillKey>,
}

impl RelayTester {
    pub(crate) fn new(client: Arc<net::Client>, base: String, key: Option<TillKey>) -> Self {
        Self { client, base, key }
    }

    /// Sends one round and says what came of it.
    pub async fn test(self) -> RelayTest {
        let Some(key) = self.key else { return RelayTest::NoKey };
        match probe::probe(&self.client, &self.base, key).await {
            Ok(Probe { published, came_back }) => RelayTest::Works { took_ms: ms(published + came_back) },
            Err(trouble) => {
                tracing::warn!(%trouble, "testing the relay");
                wrong(&trouble)
            }
        }
    }
}

fn wrong(trouble: &ProbeTrouble) -> RelayTest {
    match trouble {
        ProbeTrouble::Relay(RelayTrouble::Net(_)) => RelayTest::NotReached,
        ProbeTrouble::Relay(RelayTrouble::Refused(Refusal::Key)) => RelayTest::WrongKey,
        ProbeTrouble::Relay(RelayTrouble::Refused(Refusal::Later(_))) => RelayTest::OutOfOrder,
        ProbeTrouble::Relay(RelayTrouble::Refused(Refusal::NotARelay | Refusal::Request(_))) => RelayTest::NotARelay,
        ProbeTrouble::Relay(RelayTrouble::Register(_)) => RelayTest::OutOfOrder,
        ProbeTrouble::Door(status) => RelayTest::DoorClosed { status: *status },
        ProbeTrouble::Lost => RelayTest::Lost,
    }
}

fn ms(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}
