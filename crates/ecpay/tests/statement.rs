//! Statements as ECPay writes them, as far as anybody has seen one (payments.md 8), and as nobody should.

use ecpay::statement::{self, DateType, MediaFormat, MediaRequest, StatementError, Status};
use ecpay::{stage, verify};
use encoding_rs::BIG5;
use proptest::prelude::*;

const NEW: &str = "訂單日期,廠商訂單編號,綠界訂單編號,平台名稱,付款方式,費率(每筆),信用卡授權單號,信用卡卡號末4碼,超商資訊/ATM繳款帳號,付款狀態,交易金額,退款日期,退款金額,交易手續費,平台手續費,應收款項(淨額),撥款狀態,買家備註,廠商備註";

fn new_line(number: &str, status: &str, amount: &str, refunded: &str) -> String {
    let cells = [
        "2026/11/20 12:34:56",
        number,
        "2611201234561234",
        "",
        "信用卡",
        "2.75",
        "12345678",
        "2222",
        "",
        status,
        amount,
        "",
        refunded,
        "8",
        "0",
        "292",
        "未撥款",
        "",
        "茶, 大",
    ];
    cells.map(|cell| format!("=\"{cell}\"")).join(",")
}

fn big5(text: &str) -> Vec<u8> {
    let (bytes, _, lost) = BIG5.encode(text);
    assert!(!lost);
    bytes.into_owned()
}

#[test]
fn the_new_form_is_read_in_big5_with_its_armour() {
    let file =
        [NEW, &new_line("T1261120123456ABCDEF", "已付款", "1,300", "100"), &new_line("X1", "未付款", "50", ""), ""]
            .join("\r\n");
    let read = statement::read(&big5(&file)).expect("a statement");
    assert_eq!((read.lines.len(), read.left_out, read.unknown_columns.len()), (2, 0, 0));
    let line = &read.lines[0];
    assert_eq!(line.number.as_deref(), Some("T1261120123456ABCDEF"));
    assert_eq!((line.amount, line.refunded, &line.status), (1_300, 100, &Status::Paid));
    assert_eq!((line.paid.as_deref(), line.card_last4.as_deref()), (Some("2026-11-20"), Some("2222")));
    assert_eq!(read.lines[1].status, Status::Unpaid);
    assert_eq!(statement::read(file.as_bytes()), Ok(read), "the same in UTF-8");
}

#[test]
fn the_old_form_the_recorded_one_and_pay_outs_are_read_by_their_names() {
    let old = "交易日期,綠界交易序號,特店訂單編號,ATM條碼,交易金額,付款方式,付款結果,付款日期,款項來源(銀行/超商),通路費,交易服務費率(%數 / $筆),交易服務費金額,應收款項(淨額),撥款狀態,撥款日期,備註\n2026/11/19,2611,A1,,300,ATM,付款成功,2026/11/20,,0,1%,3,297,未撥款,,\n";
    let recorded = "=\"特店交易編號\",=\"綠界交易編號\",=\"交易日期\",=\"付款方式\",=\"手續費率\",=\"結算日期\",=\"撥款日期\",=\"交易金額\",=\"金流手續費\",=\"平台手續費\",=\"退款金額\",=\"應收款項(淨額)\",=\"金流處理費\"\r\n=\"A1\",=\"2611\",=\"2026/11/20\",=\"信用卡\",=\"\",=\"\",=\"\",=\"300\",=\"1.23\",=\"0\",=\"0\",=\"298\",=\"0\"\r\n";
    for text in [old, recorded] {
        let read = statement::read(text.as_bytes()).expect(text);
        let line = &read.lines[0];
        assert_eq!((line.number.as_deref(), line.amount, line.refunded), (Some("A1"), 300, 0));
        assert_eq!((line.paid.as_deref(), &line.status), (Some("2026-11-20"), &Status::Paid));
        assert_eq!(read.unknown_columns, Vec::<String>::new());
    }
    let funding = "序號,授權單號,授權碼,訂單編號,交易日期,請款日期,交易金額,服務費(%數),撥款金額\n1,123,777777,A1,20261120,20261121,300,2.75,292\n2,124,777777,A1,20261122,20261123,-100,2.75,-97\n";
    let lines = statement::read(funding.as_bytes()).expect("pay-outs").lines;
    assert_eq!(lines.iter().map(|line| (line.amount, line.refunded)).collect::<Vec<_>>(), [(300, 0), (0, 100)]);
}

#[test]
fn nothing_and_a_header_alone_are_statements_of_a_quiet_day() {
    for quiet in [&b""[..], b"\r\n", NEW.as_bytes(), format!("{NEW}\r\n").as_bytes()] {
        assert_eq!(statement::read(quiet).expect("quiet").lines, []);
    }
}

#[test]
fn what_is_no_statement_says_why() {
    let refused = |text: &str| statement::read(text.as_bytes()).expect_err(text);
    assert!(matches!(refused("0|CheckMacValue Error"), StatementError::NotAStatement { missing: "特店交易編號", .. }));
    assert!(matches!(refused("<html><body>403</body></html>"), StatementError::NotAStatement { .. }));
    assert!(matches!(
        refused("特店交易編號,付款方式\nA,B\n"),
        StatementError::NotAStatement { missing: "交易金額", .. }
    ));
    assert_eq!(statement::read(b"\xff\xfe\x00"), Err(StatementError::Encoding));
    let whole = [NEW, &new_line("A1", "已付款", "300", "")].join("\r\n");
    for cut in [1, 2, 12, 40] {
        let text: String = whole.chars().take(whole.chars().count() - cut).collect();
        assert_eq!(refused(&text), StatementError::Truncated { row: 2 }, "{cut} letters short");
    }
    let odd = [NEW, &new_line("A1", "已付款", "3oo", "")].join("\n");
    assert_eq!(refused(&odd), StatementError::Cell { row: 2, column: "交易金額", found: "3oo".into() });
}

#[test]
fn columns_nobody_knows_are_named_and_left_alone() {
    let read = statement::read("新欄位,特店交易編號,交易金額,＝？\nx,A1,300,y\n".as_bytes()).expect("a statement");
    assert_eq!(read.unknown_columns, ["新欄位", "＝？"]);
    assert_eq!(read.lines[0].amount, 300);
}

#[test]
fn the_request_is_signed_and_names_its_days() {
    let request = MediaRequest {
        by: DateType::Paid,
        from: "2026-11-20".into(),
        to: "2026-11-21".into(),
        format: MediaFormat::New,
    };
    let fields = request.fields(&stage::merchant());
    assert_eq!((fields.get("DateType"), fields.get("MediaFormated")), (Some("2"), Some("1")));
    assert!(verify(&stage::merchant(), &fields).is_ok());
}

proptest! {
    #[test]
    fn anything_at_all_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = statement::read(&bytes);
    }

    #[test]
    fn a_statement_cut_anywhere_never_changes_an_amount(cut in 0_usize..600) {
        let file = [NEW, &new_line("A1", "已付款", "1300", "7"), &new_line("A2", "已付款", "2500", "")].join("\r\n");
        let bytes = big5(&file);
        if let Ok(read) = statement::read(&bytes[..bytes.len().saturating_sub(cut)]) {
            for line in &read.lines {
                let expected = if line.number.as_deref() == Some("A1") { (1_300, 7) } else { (2_500, 0) };
                prop_assert_eq!((line.amount, line.refunded), expected);
            }
        }
    }
}
