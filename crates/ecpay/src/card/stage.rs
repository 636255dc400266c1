//! The stage of a card payment, in the two languages the gateway says it in (docs 2894, 45925 and 22814).

/// How far the money of a card payment has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// 已授權: the customer's limit is taken up, no money has moved.
    Authorised,
    /// 要關帳: it goes to the bank with the next closing.
    ToBeCaptured,
    /// 已關帳: the money has moved.
    Captured,
    /// 操作取消: the request to capture was taken back; the authorisation stands.
    OperationCancelled,
    /// 已取消: over, nothing is held.
    Cancelled,
    /// 未授權: the bank never agreed.
    NotAuthorised,
    /// Some other text: a person has to look.
    Unknown(String),
}

impl Stage {
    /// Reads one text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let known = text.trim().to_ascii_lowercase();
        match known.as_str() {
            "已授權" | "authorized" | "authorised" => Self::Authorised,
            "要關帳" | "to be captured" | "to be settled" => Self::ToBeCaptured,
            "已關帳" | "captured" | "has been settled" => Self::Captured,
            "操作取消" | "operation canceled" | "operation cancelled" => Self::OperationCancelled,
            "已取消" | "canceled" | "cancelled" => Self::Cancelled,
            "未授權" | "unauthorized" | "unauthorised" | "not authorized" => Self::NotAuthorised,
            _ => Self::Unknown(text.to_owned()),
        }
    }

    /// The stage of the whole from its status and the stages of its closings. The status usually says it all; an
    /// authorised payment that has closings is as far as the furthest of them, for a part that was refunded or a
    /// capture that was taken back and repeated leaves its own line.
    pub(super) fn of<'a>(status: Self, closings: impl Iterator<Item = &'a Self> + Clone) -> Self {
        if status != Self::Authorised {
            return status;
        }
        if let Some(unknown) = closings.clone().find(|stage| matches!(stage, Self::Unknown(_))) {
            return unknown.clone();
        }
        let furthest = [Self::Captured, Self::ToBeCaptured, Self::OperationCancelled, Self::Cancelled];
        furthest.into_iter().find(|stage| closings.clone().any(|closing| closing == stage)).unwrap_or(status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_name_the_same_stages() {
        for (chinese, english, stage) in [
            ("已授權", "Authorized", Stage::Authorised),
            ("要關帳", "To be captured", Stage::ToBeCaptured),
            ("已關帳", "Captured", Stage::Captured),
            ("操作取消", "Operation canceled", Stage::OperationCancelled),
            ("已取消", "Canceled", Stage::Cancelled),
            ("未授權", "Unauthorized", Stage::NotAuthorised),
        ] {
            assert_eq!(Stage::parse(chinese), stage);
            assert_eq!(Stage::parse(english), stage);
            assert_eq!(Stage::parse(&english.to_uppercase()), stage);
        }
        for strange in ["", "Settling", "關帳中", "Authorized?"] {
            assert_eq!(Stage::parse(strange), Stage::Unknown(strange.to_owned()));
        }
    }

    #[test]
    fn an_authorised_payment_is_as_far_as_its_furthest_closing() {
        use Stage::{Authorised, Cancelled, Captured, OperationCancelled, ToBeCaptured, Unknown};
        let strange = || Unknown("?".into());
        for (status, closings, stage) in [
            (Authorised, vec![], Authorised),
            (Authorised, vec![ToBeCaptured], ToBeCaptured),
            (Authorised, vec![ToBeCaptured, Captured], Captured),
            (Authorised, vec![OperationCancelled, ToBeCaptured], ToBeCaptured),
            (Authorised, vec![OperationCancelled], OperationCancelled),
            (Authorised, vec![Cancelled], Cancelled),
            (Authorised, vec![Captured, strange()], strange()),
            (Captured, vec![ToBeCaptured], Captured),
            (Cancelled, vec![Captured], Cancelled),
            (strange(), vec![Captured], strange()),
        ] {
            assert_eq!(Stage::of(status.clone(), closings.iter()), stage, "{status:?} {closings:?}");
        }
    }
}
