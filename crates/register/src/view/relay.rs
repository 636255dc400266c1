//! The shop's relay, for whoever looks after it.

use serde::Serialize;

shown! {
    /// A till's relay.
    pub struct RelayLook {
        /// Where it is.
        pub address: String,
        /// How it was when the till last heard of it.
        pub state: RelayHealth,
    }
}

shown! {
    /// How a relay is, as far as the till knows.
    pub enum RelayHealth {
        /// Nobody has heard of it yet.
        Unknown,
        /// It answers.
        Answers,
        /// It does not.
        Away {
            /// Since when.
            since_ms: i64,
        },
        /// It answers, and does not know this till's key.
        RefusesKey,
    }
}

shown! {
    /// What a letter to ourselves, all the way round, came to.
    pub enum RelayTest {
        /// It came back.
        Works {
            /// How long that took.
            took_ms: i64,
        },
        /// This till has no key for it.
        NoKey,
        /// Nobody answers at that address.
        NotReached,
        /// It does not know this till's key.
        WrongKey,
        /// Something else answers there.
        NotARelay,
        /// It answers that it cannot now.
        OutOfOrder,
        /// It takes no letters at the gateway's door.
        DoorClosed {
            /// What it answers there.
            status: u16,
        },
        /// A letter was taken in and does not come back.
        Lost,
    }
}
