//! Every sentence of the pages, once per language.

use crate::language::Language;

/// A headline and what to do about it.
pub(crate) struct Notice {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
}

/// One language's texts. A sentence missing in one language does not compile.
pub(crate) struct Words {
    pub(crate) training: &'static str,
    pub(crate) pay_title: &'static str,
    pub(crate) amount_due: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) pay_button: &'static str,
    pub(crate) paying: &'static str,
    pub(crate) until_before: &'static str,
    pub(crate) until_after: &'static str,
    pub(crate) about_gateway: &'static str,
    pub(crate) continue_anyway: &'static str,
    pub(crate) open_browser: &'static str,
    pub(crate) copy_link: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) link_label: &'static str,
    pub(crate) in_line: Notice,
    pub(crate) in_facebook: Notice,
    pub(crate) in_instagram: Notice,
    pub(crate) opened: Notice,
    pub(crate) expired: Notice,
    pub(crate) cancelled: Notice,
    pub(crate) page_paid: Notice,
    pub(crate) sent: Notice,
    pub(crate) back: Notice,
    pub(crate) paid: Notice,
    pub(crate) code: Notice,
    pub(crate) code_unreadable: Notice,
    pub(crate) not_ours: Notice,
    pub(crate) not_kept: Notice,
    pub(crate) not_found: Notice,
    pub(crate) out_of_order: Notice,
    pub(crate) needs_script: &'static str,
    pub(crate) bank: &'static str,
    pub(crate) account: &'static str,
    pub(crate) payment_no: &'static str,
    pub(crate) barcode: &'static str,
    pub(crate) deadline: &'static str,
}

impl Words {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }
}

const CHINESE: Words = Words {
    training: "練習模式，不會收取任何款項",
    pay_title: "付款",
    amount_due: "應付金額",
    amount: "金額",
    pay_button: "前往付款",
    paying: "正在前往付款頁…",
    until_before: "請在 ",
    until_after: " 前付款",
    about_gateway: "付款在綠界科技 ECPay 的安全頁面進行，店家看不到您的卡號。",
    continue_anyway: "仍要前往付款",
    open_browser: "用瀏覽器開啟",
    copy_link: "複製連結",
    copied: "已複製",
    link_label: "付款連結",
    in_line: Notice {
        title: "請改用瀏覽器付款",
        text: "在 LINE 裡面開啟的網頁可能無法完成付款。請按下方按鈕，改用手機的瀏覽器開啟。",
    },
    in_facebook: Notice {
        title: "請改用瀏覽器付款",
        text: "在 Facebook 裡面開啟的網頁可能無法完成付款。請點選畫面角落的「⋯」，選擇「在外部瀏覽器開啟」；也可以複製連結，貼到手機的瀏覽器。",
    },
    in_instagram: Notice {
        title: "請改用瀏覽器付款",
        text: "在 Instagram 裡面開啟的網頁可能無法完成付款。請點選畫面角落的「⋯」，選擇「在外部瀏覽器開啟」；也可以複製連結，貼到手機的瀏覽器。",
    },
    opened: Notice {
        title: "這個付款連結已經開啟過",
        text: "如果付款頁還開著，請回到那一頁完成付款。如果已經付款，請看店家的收銀螢幕，不要再付一次。都不是的話，請店家重新出示付款碼。",
    },
    expired: Notice {
        title: "這個付款連結已經過期",
        text: "請店家重新出示付款碼。如果您已經付款，請不要再付一次，先請店家查詢。",
    },
    cancelled: Notice {
        title: "店家已取消這筆付款",
        text: "請不要用這個連結付款。如果您已經付款，請告訴店家，店家可以查詢。",
    },
    page_paid: Notice {
        title: "已付款", text: "店家已經確認收到這筆款項，不需要再付一次。謝謝您！"
    },
    sent: Notice {
        title: "付款結果已送到店家",
        text: "請看店家的收銀螢幕，以店家確認的結果為準。確認之前，請不要再付一次。",
    },
    back: Notice {
        title: "請看店家的收銀螢幕",
        text: "付款是否完成，以店家確認的結果為準。確認之前，請不要再付一次。",
    },
    paid: Notice { title: "已付款", text: "店家已經確認收到這筆款項。謝謝您！" },
    code: Notice {
        title: "繳費資料", text: "請截圖保存，並在期限前繳費。店家收到款項之後，這筆交易才算完成。"
    },
    code_unreadable: Notice {
        title: "繳費資料已送到店家", text: "這裡無法顯示您的繳費代碼，請向店家索取。"
    },
    not_ours: Notice {
        title: "無法辨識這筆付款結果",
        text: "請看店家的收銀螢幕，並告訴店家您看到這個畫面。確認之前，請不要再付一次。",
    },
    not_kept: Notice {
        title: "付款結果暫時無法送達",
        text: "請讓店家看這個畫面，店家會向綠界查詢結果。確認之前，請不要再付一次。",
    },
    not_found: Notice {
        title: "找不到這個頁面",
        text: "連結可能不完整，或已經失效。請重新掃描店家的付款碼，或請店家重新出示。",
    },
    out_of_order: Notice {
        title: "這個付款連結無法使用",
        text: "尚未向您收取任何款項。請告訴店家，改用其他方式付款。",
    },
    needs_script: "這個頁面需要 JavaScript。請開啟 JavaScript 後重新掃描，或改用其他方式付款。",
    bank: "銀行代碼",
    account: "轉帳帳號",
    payment_no: "繳費代碼",
    barcode: "條碼",
    deadline: "繳費期限",
};

const ENGLISH: Words = Words {
    training: "Training mode: no money is taken",
    pay_title: "Payment",
    amount_due: "Amount due",
    amount: "Amount",
    pay_button: "Continue to payment",
    paying: "Going to the payment page…",
    until_before: "Please pay before ",
    until_after: "",
    about_gateway: "You pay on the secure page of ECPay. The shop never sees your card number.",
    continue_anyway: "Continue to payment anyway",
    open_browser: "Open in browser",
    copy_link: "Copy link",
    copied: "Copied",
    link_label: "Payment link",
    in_line: Notice {
        title: "Please pay in your browser",
        text: "Pages opened inside LINE may not be able to finish a payment. Use the button below to open this page in your phone's browser.",
    },
    in_facebook: Notice {
        title: "Please pay in your browser",
        text: "Pages opened inside Facebook may not be able to finish a payment. Tap “⋯” in the corner and choose “Open in external browser”, or copy the link and paste it into your phone's browser.",
    },
    in_instagram: Notice {
        title: "Please pay in your browser",
        text: "Pages opened inside Instagram may not be able to finish a payment. Tap “⋯” in the corner and choose “Open in external browser”, or copy the link and paste it into your phone's browser.",
    },
    opened: Notice {
        title: "This payment link was already opened",
        text: "If the payment page is still open, go back to it and finish there. If you have paid, look at the shop's screen and do not pay again. Otherwise, ask the shop for a new payment code.",
    },
    expired: Notice {
        title: "This payment link has expired",
        text: "Ask the shop for a new payment code. If you have already paid, do not pay again; ask the shop to check first.",
    },
    cancelled: Notice {
        title: "The shop cancelled this payment",
        text: "Please do not pay with this link. If you have already paid, tell the shop; they can look it up.",
    },
    page_paid: Notice {
        title: "Paid",
        text: "The shop has confirmed this payment. There is no need to pay again. Thank you!",
    },
    sent: Notice {
        title: "The result was sent to the shop",
        text: "Please look at the shop's screen: the shop's confirmation is what counts. Until then, do not pay again.",
    },
    back: Notice {
        title: "Please look at the shop's screen",
        text: "Whether the payment is complete is for the shop to confirm. Until then, do not pay again.",
    },
    paid: Notice { title: "Paid", text: "The shop has confirmed this payment. Thank you!" },
    code: Notice {
        title: "How to pay",
        text: "Take a screenshot of this page and pay before the deadline. The sale is complete once the shop has received the money.",
    },
    code_unreadable: Notice {
        title: "The payment code was sent to the shop",
        text: "Your code cannot be shown here. Please ask the shop for it.",
    },
    not_ours: Notice {
        title: "This payment result is not known here",
        text: "Please look at the shop's screen and tell the shop that you see this page. Until they have checked, do not pay again.",
    },
    not_kept: Notice {
        title: "The result could not be delivered just now",
        text: "Show this page to the shop; they will ask ECPay for the result. Until they have checked, do not pay again.",
    },
    not_found: Notice {
        title: "This page was not found",
        text: "The link may be incomplete or no longer valid. Scan the shop's payment code again, or ask for a new one.",
    },
    out_of_order: Notice {
        title: "This payment link does not work",
        text: "You have not been charged. Please tell the shop and pay another way.",
    },
    needs_script: "This page needs JavaScript. Switch it on and scan again, or pay another way.",
    bank: "Bank code",
    account: "Account number",
    payment_no: "Payment code",
    barcode: "Barcode",
    deadline: "Pay before",
};
