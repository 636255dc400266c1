//! The screens' types are generated from the view and held here: the file in `ui/` is never older than the Rust.

use std::fmt::Write as _;
use std::path::Path;

use ts_rs::{Config, TS};

use crate::catalogue::Wrong;
use crate::command_error::{CommandError, PersonProblem, StatementProblem};
use crate::profile::Profile;
use crate::view::display::*;
use crate::view::*;

fn generated() -> String {
    let config = Config::from_env();
    let mut text = String::from(
        "// Generated from crates/register/src/view.rs by `GUITAI_BINDINGS=write cargo test -p register bindings`.\n\
         // Money is whole NT dollars; names ending in _ms are Unix milliseconds.\n",
    );
    macro_rules! types {
        ($($name:ty),* $(,)?) => { $( writeln!(text, "\nexport {}", <$name>::decl(&config)).expect("text"); )* };
    }
    types!(
        Profile,
        TaxKind,
        Unit,
        Product,
        ShelfTab,
        Category,
        Shelf,
        ShelfPage,
        LaterPrice,
        ProductForm,
        Wrong,
        FileProblem,
        RowProblem,
        ImportPlan,
        ImportProgress,
        Exported,
        ScannerEnd,
        Scanner,
        Discount,
        Outside,
        HandedBack,
        CartLine,
        Cart,
        Method,
        MethodChoice,
        PaymentCode,
        UnknownWhy,
        AttemptState,
        Qr,
        Attempt,
        Tender,
        ReceiptState,
        ClosedSale,
        Waits,
        Aside,
        HandWay,
        RefundWish,
        RefundTo,
        RefundItem,
        RefundLeg,
        RefundQuote,
        RefundWait,
        RefundRefusal,
        RefundState,
        Refund,
        RefundSource,
        RefundableLine,
        Refundable,
        RefundSlip,
        RelayHealth,
        RelayLook,
        RelayTest,
        TaskKind,
        TaskChoice,
        Role,
        Act,
        Person,
        People,
        Holder,
        PrintFault,
        PrintTrouble,
        Task,
        Notice,
        Stop,
        TillFace,
        View,
        Recent,
        ReceiptPicture,
        SlipPicture,
        ByTax,
        TenderFigure,
        CrossFoot,
        OpenAttempt,
        HourFigure,
        Tally,
        PartPaid,
        RefundFigure,
        RefundsReport,
        DrawerReport,
        ShiftEnd,
        ShiftReport,
        Ever,
        Mismatch,
        ZMark,
        XReport,
        SpanLine,
        SoldLine,
        OutcomeFigure,
        OnlineLine,
        RangeReport,
        RangeTable,
        Difference,
        OursSays,
        FindingLine,
        Reconciled,
        ReconciledLine,
        CashWay,
        Pieces,
        Counted,
        Shift,
        ZLine,
        Day,
        ReportPicture,
        BillLine,
        Bill,
        PayStep,
        Shows,
        Display,
        CustomerScreen,
        SettingName,
        SettingValue,
        SettingChange,
        Setting,
        SettingsLook,
        SettingProblem,
        KeysState,
        MerchantLook,
        CollectingLook,
        KeysTest,
        KeysProblem,
        PersonProblem,
        StatementProblem,
        CommandError,
    );
    text
}

#[test]
fn the_bindings_of_the_screens_are_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/ipc/bindings.ts");
    let generated = generated();
    if std::env::var_os("GUITAI_BINDINGS").is_some_and(|value| value == "write") {
        std::fs::write(&path, &generated).expect("written");
    }
    let present = std::fs::read_to_string(&path).expect("the bindings are there").replace("\r\n", "\n");
    assert!(
        present == generated,
        "run `GUITAI_BINDINGS=write cargo test -p register bindings` and look at what changed"
    );
}
