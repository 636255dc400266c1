// 繁體中文: every text a cashier can see. The English catalogue has the same keys, or the check fails.

import { money } from '../shared/money';
import { hourMinute, type Age } from '../shared/time';
import { refundZh } from './refund.zh';
import { dayZh } from './day.zh';
import { rangeZh } from './range.zh';
import { statementZh } from './statement.zh';
import { goods } from './goods/zh';
import { settingsZh, welcomeZh } from './settings.zh';
import { collectingZh } from './collecting.zh';
import { settingProblem } from './setting';
import { sayWrong } from './wrong';
import { statementProblem } from './shape';
import type { ChoiceWords, ErrorWords, MethodWords, NoticeWords, OutsideWords, PrintingWords, ProblemWords, RelayTestWords, RelayWords, StateWords, StopWords, TaskWords, WhyWords } from './shape';

const why: WhyWords = {
  no_answer: '連不上金流，結果還沒傳回來。',
  gateway_silent: '綠界暫時不回應查詢，稍後會自動再問。',
  wrong_amount: '先不要交貨，請店長到綠界後台查這筆。',
  pending_at_bank: '銀行還沒有回覆，常常要等幾分鐘。',
};

const states: StateWords = {
  created: () => ({ what: '正在準備付款頁', next: '請稍候。' }),
  presented: () => ({ what: '請顧客掃描', next: '用手機相機掃 QR 碼，會開啟付款頁。' }),
  opened: () => ({ what: '顧客已開啟付款頁', next: '等顧客在手機上完成付款。' }),
  confirming: () => ({ what: '正在向綠界確認', next: '顧客那邊已完成，馬上就知道結果。' }),
  code_issued: () => ({ what: '已取得繳費代碼', next: '顧客在期限前繳費後，這裡會自動更新。' }),
  paid: (state) =>
    state.over ? { what: '已付款（重複付款）', next: '這筆錢多付了，請看「待處理」。' }
    : state.late ? { what: '已付款（較晚到）', next: '取消或逾時之後才付的，請看「待處理」。'}
    : { what: '已付款', next: '可以把商品交給顧客。' },
  unknown: (state) => ({ what: state.why === 'wrong_amount' ? '收到的金額和這筆不一樣' : '還不知道結果，請看顧客的手機畫面', next: why[state.why] }),
  cancel_requested: () => ({ what: '已取消，仍在留意', next: '如果顧客還是付了款，會馬上通知你。' }),
  failed: (state) => ({ what: '這次沒有付成', next: `顧客可以在同一頁再試一次，或換別的方式。（代碼 ${state.code}）` }),
  expired: () => ({ what: '付款時間已到', next: '可以重新開一筆付款；這筆若晚付也會通知你。' }),
};

const problems: ProblemWords = {
  name: { what: '姓名不能這樣寫', next: '請寫 1 到 20 個看得見的字。' }, name_taken: { what: '已經有人叫這個名字', next: '請換個能分辨的名字。' },
  pin: { what: 'PIN 碼不能這樣設', next: '請用 4 到 12 位數字。' }, easy_pin: { what: '這個 PIN 碼太好猜', next: '不要用連號或同一個數字。' },
  first_is_owner: { what: '第一位要是店主', next: '先加店主，再加其他人。' }, last_owner: { what: '至少要有一位店主', next: '先讓另一個人當店主。' },
  unknown: { what: '找不到這個人', next: '可能已經離職，請重選。' }, too_many: { what: '人員太多了', next: '請先移除離職的人。' }, reason: { what: '還沒有寫原因', next: '請選或寫一個原因。' },
};

const errors: ErrorWords = {
  unknown_barcode: (e) => ({ what: `找不到條碼 ${e.barcode}`, next: '請再掃一次，或用品名搜尋。' }),
  unknown_product: (e) => ({ what: `找不到商品 ${e.product}`, next: '商品可能已下架，請重新搜尋。' }),
  bad_label: (e) => ({ what: `秤的標籤 ${e.barcode} 讀錯了，或沒有重量`, next: '請再掃一次；還是不行就重秤。' }),
  weight_needed: (e) => ({ what: `${e.name}要秤重`, next: '請輸入公克數。' }),
  bad_weight: (e) => ({ what: '重量不能這樣', next: `1 到 ${e.max.toLocaleString('en')} 公克。` }),
  product_refused: (e) => ({ what: sayWrong(goods.wrong, e.what), next: '改好再存，其他填的都還在。' }),
  product_changed: (e) => ({ what: `商品 ${e.product} 剛剛被別人改過`, next: '沒有蓋掉別人改的。請對照後再存。' }),
  bad_quantity: (e) => ({ what: `數量不能是 ${e.given}`, next: `請輸入 1 到 ${e.max}。` }),
  bad_discount: (e) => ({ what: '這樣折不行', next: `最多折 ${money(e.max)}，或 1 到 100%。` }),
  bad_article: (e) => ({ what: '品名和金額要填好', next: `金額 1 到 ${money(e.max)}。` }),
  below_paid: (e) => ({ what: `已經收了 ${money(e.paid)}，不能比這少`, next: '先退錢，再改商品。' }),
  money_held: (e) => ({ what: `這筆交易已經收了 ${money(e.amount)}`, next: '要取消，先說明錢怎麼退。' }),
  reason_missing: () => ({ what: '請寫原因', next: '原因會留在帳本。' }),
  counter_busy: () => ({ what: '櫃檯上還有交易', next: '先結帳或擱著，再取回另一筆。' }),
  aside_full: (e) => ({ what: `已經擱著 ${e.max} 筆`, next: '先處理掉幾筆。' }),
  empty_cart: () => ({ what: '還沒有商品', next: '請先掃描或點選商品。' }),
  cart_locked: () => ({ what: '付款進行中，不能改商品', next: '等結果出來，或先取消這筆付款。' }),
  catalogue_refused: (e) => ({ what: `商品檔有 ${e.problems} 個問題，沒有匯入`, next: `第一個：${e.first}` }),
  cart_full: (e) => ({ what: `一筆最多 ${e.max} 項`, next: '請先結帳，再開下一筆。' }),
  total_too_large: (e) => ({ what: `金額超過上限 ${money(e.max)}`, next: '請分成兩筆結帳。' }),
  too_little_cash: (e) => ({ what: `還差 ${money(e.due - e.received)}`, next: `應收 ${money(e.due)}，請再輸入收到的金額。` }),
  bad_amount: () => ({ what: '金額不正確', next: '請重新輸入。' }),
  amount_out_of_limits: (e) => ({ what: `這個方式只能收 ${money(e.min)} 到 ${money(e.max)}`, next: '請換別的付款方式。' }),
  payment_live: () => ({ what: '還有一筆付款在進行', next: '等結果，或先取消它。' }),
  money_waiting: (e) => ({ what: `這筆交易已經收到 $${e.amount}（取消後才到）`, next: '先選擇併入交易或退款，不要再收一次。' }),
  outcome_unknown: (e) => ({ what: '上一筆付款還不知道結果', next: `先等結果，或請店長放行。（${e.attempt}）` }),
  no_payment: () => ({ what: '目前沒有進行中的付款', next: '請重新選擇付款方式。' }),
  gateway_maintenance: (e) => ({ what: `綠界維護中，到 ${hourMinute(e.until_ms)} 為止`, next: '這段時間請收現金，QR 之後再用。' }),
  check_later: (e) => ({ what: '剛剛才問過', next: `${hourMinute(e.at_ms)} 之後可以再問；結果一到會自動顯示。` }),
  unknown_sale: (e) => ({ what: `找不到交易 ${e.sale}`, next: '請從最近交易裡選。' }),
  unknown_task: () => ({ what: '這件事已經處理過了', next: '不用再做什麼。' }),
  shift_open: () => ({ what: '已經有一班在進行', next: '先交班，再開下一班。' }),
  no_shift: () => ({ what: '還沒有開班', next: '先點清準備金、開班，再做這件事。' }),
  statement: ({ problem }) => statementProblem(statementZh.problems, problem),
  bad_days: () => ({ what: '日期不對', next: '從哪天到哪天，最多十年。' }),
  bad_count: () => ({ what: '點的數目不對', next: '檢查每一種鈔票和硬幣的張數。' }),
  count_first: () => ({ what: '還沒有點錢', next: '先點清錢箱，再交班。' }),
  not_in_drawer: () => ({ what: '錢箱裡沒有這麼多', next: '檢查金額；若真的有，請先點錢。' }),
  day_closed: (e) => ({ what: `Z ${e.number} 已經結過了`, next: '先看那一份報表，再決定要不要再結一天。' }),
  unknown_report: (e) => ({ what: `找不到 Z ${e.number}`, next: '請檢查編號。' }),
  unknown_refund: (e) => ({ what: `找不到退款單 ${e.refund}`, next: '請檢查單號。' }),
  nothing_to_refund: () => ({ what: '沒有可以退的東西', next: '請選要退的品項和數量。' }),
  refund_too_many: (e) => ({ what: `這個品項只剩 ${e.left} 件可退`, next: '其他的已經退過了，請重新選數量。' }),
  refund_too_much: (e) => ({ what: `這筆只剩 ${e.left} 元可退`, next: '請重新看一次這筆交易。' }),
  refund_whole_only: () => ({ what: '分期或紅利付款只能整筆退', next: '請全部退，或都不退。' }),
  refund_reason_missing: () => ({ what: '要寫退款原因', next: '簡單寫幾個字就好。' }),
  choice_not_possible: () => ({ what: '現在不能這樣處理', next: '請選別的處理方式。' }),
  locked: () => ({ what: '收銀機已上鎖', next: '請先登入。' }),
  approval_needed: () => ({ what: '這件事要有人核准', next: '請主管輸入 PIN 碼。' }),
  not_allowed: (e) => ({ what: `${e.name}不能核准這件事`, next: '請主管或店主核准。' }),
  wrong_pin: (e) => ({ what: 'PIN 碼不對', next: e.until_ms === null ? '請再輸入一次。' : `輸錯太多次，${hourMinute(e.until_ms)} 之後再試。` }),
  pin_wait: (e) => ({ what: '輸錯太多次', next: `${hourMinute(e.until_ms)} 之後再試。` }),
  person_refused: (e) => problems[e.why],
  setting_refused: (e) => ({ what: `「${settingsZh.names[e.name].label}」不能這樣設`, next: settingProblem(settingsZh.problems, e.why) }),
  settings_unreadable: (e) => ({ what: '設定檔讀不出來，沒有改動', next: `請先改正設定檔：${e.message}` }),
  settings_not_written: (e) => ({ what: '設定沒有存成，和原來一樣', next: `請看磁碟和資料夾能不能寫入。（${e.reason}）` }),
  keys_refused: (e) => collectingZh.problems[e.why],
  payments_under_way: (e) => ({ what: `還有 ${e.count} 筆付款或退款沒有結果`, next: '等結果出來再換，才不會沒有人留意它們。' }),
  disk_full: () => ({ what: '磁碟滿了', next: '請叫店長清出空間，再繼續收銀。' }),
  journal_damaged: (e) => ({ what: e.at_seq === null ? '帳本損壞' : `帳本在第 ${e.at_seq} 筆損壞`, next: '請停止收銀並通知店長，檔案會原樣保留。' }),
  stopped: () => ({ what: '收銀已停止', next: '請照畫面上的說明處理。' }),
  wrong_passphrase: () => ({ what: '密碼不對', next: '請再輸入一次。' }),
  receipt_failed: (e) => ({ what: '收據沒有做成', next: `交易已完成，不必重收。可以再試一次。（${e.reason}）` }),
  internal: (e) => ({ what: '發生沒料到的錯誤', next: `請再試一次；再不行就重開程式，資料不會遺失。（${e.message}）` }),
};

const stops: StopWords = {
  journal_damaged: (s) => ({
    what: s.at_seq === null ? '帳本檔案讀不出來，為了不記錯帳，已停止收銀。' : `帳本從第 ${s.at_seq} 筆起對不上，為了不記錯帳，已停止收銀。`,
    next: '請不要刪除或移動檔案，通知店長用備份還原。在那之前請用紙筆記帳。',
  }),
  journal_newer: () => ({ what: '帳本是較新版的程式寫的，這個版本看不懂。', next: '請更新程式後再開。帳本沒有被改動。' }),
  disk_full: () => ({ what: '磁碟空間不足，新的交易記不下來，所以先不收錢。', next: '請清出空間，然後重新開啟程式。' }),
  keys_missing: () => ({ what: '找不到綠界的金鑰，無法確認付款。', next: '請店長執行金鑰設定，然後重新開啟程式。' }),
  keys_locked: () => ({ what: '綠界的金鑰上了鎖，需要密碼才能開始收銀。', next: '請輸入店長設定的密碼。' }),
  settings: () => ({ what: '設定檔有問題，程式不敢猜。', next: '請店長改正下面這一項，然後重新開啟程式。' }),
  already_running: () => ({ what: '這台收銀機已經開著了。', next: '請切換到已開啟的視窗，這個視窗可以關掉。' }),
};

const notices: NoticeWords = {
  gateway_silent: (n) => ({ what: `綠界暫停回應查詢，${hourMinute(n.until_ms)} 恢復`, next: '現金照常。顧客付款後若有通知，仍會自動顯示。' }),
  gateway_unreachable: (n) => ({ what: `${hourMinute(n.since_ms)} 起連不上網路`, next: '現金照常。已開的付款會繼續留意。' }),
  relay_away: (n) => ({ what: `${hourMinute(n.since_ms)} 起連不上中繼站`, next: '照常收款：付款頁改由這台提供，手機請連店內 Wi-Fi，結果會稍慢。恢復後自動切回。' }),
  relay_key: () => ({ what: '中繼站不認得這台的金鑰', next: '照常收款。請店長重新設定中繼站金鑰。' }),
  gateway_maintenance: (n) => ({ what: `綠界維護中，到 ${hourMinute(n.until_ms)} 為止`, next: '先收現金。已開的付款會繼續留意。' }),
  gateway_out: (n) => ({ what: `${hourMinute(n.since_ms)} 起綠界沒有正常回應`, next: '現金照常。已開的付款會繼續留意。' }),
  recovered: (n) => ({ what: `交易 ${n.sale} 已從帳本接回`, next: '上次程式中斷，這筆已確認完成。' }),
  backup_failed: (n) => ({ what: '備份沒有做成', next: `${n.folder}：${n.why}。收銀照常；請檢查隨身碟或網路磁碟。` }),
  backup_stale: () => ({ what: '很久沒有備份了', next: '收銀照常；請插上備份用的隨身碟，或檢查網路磁碟。' }),
  clock_off: (n) => ({ what: `電腦時間差了 ${n.seconds} 秒`, next: '不影響收銀，請店長校正時間。' }),
};

const relays: RelayWords = {
  unknown: () => ({ what: '還沒有中繼站的消息', next: '程式剛開，等一下就知道；也可以按測試。' }),
  answers: () => ({ what: '連線正常', next: '顧客用行動網路也能開付款頁，結果馬上到。' }),
  away: (r) => ({ what: `${hourMinute(r.since_ms)} 起連不上`, next: '照常收款，付款頁改由這台提供，恢復後自動切回。' }),
  refuses_key: () => ({ what: '不認得這台的金鑰', next: '請店長用 guitaictl relay key 重新放入金鑰。' }),
};

const relayTests: RelayTestWords = {
  works: (t) => ({ what: '測試成功', next: `寄給自己的信繞一圈回來了，花了 ${(t.took_ms / 1000).toFixed(1)} 秒。` }),
  no_key: () => ({ what: '這台還沒有中繼站的金鑰', next: '請店長用 guitaictl relay key 放入金鑰，再重新開啟程式。' }),
  not_reached: () => ({ what: '連不到中繼站', next: '請看網路通不通、「設定」裡的中繼站網址對不對。' }),
  wrong_key: () => ({ what: '中繼站不認得這台的金鑰', next: '請店長重新放入金鑰；可能已被停用。' }),
  not_a_relay: () => ({ what: '那個網址上的不是中繼站', next: '請店長檢查「設定」裡的中繼站網址。' }),
  out_of_order: () => ({ what: '中繼站現在無法服務', next: '請過幾分鐘再試；收款照常。' }),
  door_closed: (t) => ({ what: '綠界的通知進不去', next: `這台連得上，但通知的入口回應 ${t.status}。請店長檢查中繼站前面的伺服器。` }),
  lost: () => ({ what: '信進去了，卻沒有回來', next: '請過幾分鐘再試；還是這樣就請店長看中繼站的紀錄。' }),
};

const tasks: TaskWords = {
  late_money: { what: '取消或逾時後才付款', next: '錢已收到。問顧客要不要這筆商品：要就併入交易，不要就退款。' },
  second_payment: { what: '同一筆付了兩次', next: '第一筆已經結帳，請把多付的退還給顧客。' },
  wrong_amount: { what: '收到的金額不對', next: '不能當作已付款。請店長到綠界後台查這筆。' },
  forged_notice: { what: '收到假的付款通知', next: '已經擋下，沒有入帳。請告訴店長。' },
  other_merchant: { what: '收到別家商店的通知', next: '沒有入帳。請店長檢查綠界設定。' },
  payment_denied: { what: '通知說已付款，綠界卻說沒有', next: '到綠界後台核對這筆；如果真的沒有，金鑰可能外流，請立刻更換。' },
  test_payment: { what: '模擬付款，不是真的錢', next: '沒有入帳，交易沒有結清。' },
  paid_aside: { what: '擱著的交易已付款', next: '可以交貨了；收據已做好。' },
  never_confirmed: { what: '未驗證收下的付款，綠界一直沒有確認', next: '這筆錢很可能沒有收到。請到綠界後台查，並處理短收。' },
  left_open: { what: '銀行一直沒有說這筆付款成不成功', next: '請到綠界後台查這筆。已付款就按「現在再查」，查到就會入帳；沒有付款就按「知道了」。' },
  wrong_pins: { what: '有人一直輸錯 PIN 碼', next: '問問是不是本人。不是的話，請換 PIN 碼。' },
  receipt_failed: { what: '收據沒有做成', next: '交易已完成。可以再做一次收據。' },
  refund_refused: { what: '退款沒有成功', next: '錢還沒退。看原因：可以再試一次，或由店長同意後改退現金。' },
  refund_unknown: { what: '還不知道退款有沒有成功', next: '正在向綠界查詢，不會重複送出。先不要另外退現金。' },
  refund_to_hand_over: { what: '有款項要交還顧客', next: '把錢交給顧客、請顧客簽名，再按「已交付」。' },
  not_printed: { what: '收據沒有印出來', next: '交易已完成，PDF 已存好。' },
  half_printed: { what: '收據可能只印了一部分', next: '先看印表機。再印會標示「副本」，PDF 已存好。' },
  refund_overdue: { what: '退款太久還沒入帳', next: '綠界已受理。請店長到綠界後台查這筆。' },
};

const outside: OutsideWords = { other_terminal: { name: '其他刷卡機' }, voucher: { name: '禮券' }, transfer: { name: '匯款' } };

const choices: ChoiceWords = { accept_to_sale: '併入交易', refund_by_hand: '人工退款', seen: '知道了', retry: '再試一次', refund_to_card: '退回信用卡', handed_over: '已交付', drop: '撤回退款', other_printer: '改用另一台', leave_out: '不印了' };

const printing: PrintingWords = {
  again: '再印一次', copy: '印一張副本', on: (printer) => `改印在「${printer}」`, of: (printer, fault) => `${printer}：${fault}`,
  faults: {
    unreachable: '連不到印表機：看電源和線。', forbidden: '程式沒有權限使用這台印表機，請告訴店長。', busy: '印表機正在印別的。', paper_out: '沒紙了：換好紙再按。',
    cover_open: '上蓋沒關好。', faulty: '印表機故障：關機再開。', offline: '印表機離線：按一下它的進紙鍵。', stalled: '印到一半停住了。', broken: '印到一半斷線了。',
    silent: '不知道有沒有印完。', refused: '系統列印佇列不收，請告訴店長。', not_drawn: '設定裡沒有這台印表機，請告訴店長。',
  },
};

const methods: MethodWords = {
  all: { name: '顧客自選', hint: '顧客在手機上選付款方式' },
  credit: { name: '信用卡', hint: 'VISA、Mastercard、JCB' },
  twqr: { name: 'TWQR', hint: '銀行與電支 App 共通' },
  apple_pay: { name: 'Apple Pay', hint: '限 iPhone' },
  web_atm: { name: '網路 ATM', hint: '需要讀卡機' },
  atm: { name: 'ATM 轉帳', hint: '先取號，之後轉帳' },
  cvs: { name: '超商代碼', hint: '先取號，之後到超商繳' },
  barcode: { name: '超商條碼', hint: '入帳要 2 到 3 天' },
  bnpl: { name: '無卡分期', hint: '先買後付' },
  weixin: { name: '微信支付', hint: 'WeChat Pay' },
  digital_payment: { name: '電子支付', hint: '街口、全支付等' },
};

export const zh = {
  name: '櫃檯',
  language: { other: 'EN', switch: '切換為英文', tag: 'zh-Hant-TW' },
  theme: { auto: '自動', light: '淺色', dark: '深色', label: '畫面明暗' },
  profile: {
    training: '訓練模式', trainingHint: '不是真的交易，不會收到錢', stage: '測試環境', stageHint: '連到綠界測試站，不會收到錢', production: '',
  },
  frame: { till: (id: string) => `收銀機 ${id}`, cashier: (name: string) => name, refunds: '退款', recent: '最近交易', report: '報表', aside: '擱著', tasks: '待處理', back: '返回', close: '關閉', starting: '正在開啟…', menu: '功能' },
  search: { label: '搜尋商品', placeholder: '搜尋品名、編號或條碼', clear: '清除搜尋', found: (n: number) => `找到 ${n} 項`, none: '沒有符合的商品', noneHint: '換個字試試，或直接掃條碼。' },
  products: {
    all: '全部', categories: '商品分類', grid: '商品', exempt: '免稅', zero_rated: '零稅率', taxable: '應稅',
    inCart: (n: number) => `已加 ${n} 件`, times: (n: number) => `下一件 × ${n}`, timesClear: '取消數量',
  },
  cart: {
    title: '本次交易', empty: '掃描或點選商品', emptyHint: '掃描器隨時可用，不必先點任何地方', items: (n: number) => `${n} 件`, total: '合計', tax: (text: string) => `內含營業稅 ${text}`,
    due: '尚欠', paid: '已付', gross: '原價', off: '折扣', offSale: (text: string) => `折扣（整筆 ${text}）`, void: '取消交易', more: '多一件', fewer: '少一件', remove: '移除', clear: '全部清除', clearSure: '確定清除？', quantity: '數量',
    each: (price: string) => `單價 ${price}`, locked: '付款進行中', sale: (n: string) => `交易 ${n}`, lines: '商品明細', select: (name: string) => `選取 ${name}`,
  },
  pay: {
    cash: '現金', online: '掃碼付款', onlineHint: '信用卡、TWQR、超商…',
    due: '應收', received: '收到', change: '找零', short: '還差', exact: '剛好', confirm: '完成收款', keypad: '數字鍵盤', erase: '刪除一位', clear: '清除', notes: '常用面額', emptyIsExact: '直接按 Enter 就是收剛好',
    choose: '選擇付款方式', chooseHint: '不確定就選第一個，讓顧客在手機上決定', atLeast: (text: string) => `最低 ${text}`, atMost: (text: string) => `最高 ${text}`, notOffered: '本店未開通', maintenance: (time: string) => `維護到 ${time}`, quickest: '建議', switching: '原來那筆會取消，但仍會留意。', switchingUnsure: '原來那筆還不知道結果。先看顧客的手機，確定沒付成再換。',
    qr: (text: string) => `付款 QR 碼，${text}`, scan: '請顧客用手機掃描', link: '付款連結', remaining: '剩餘時間', over: '已到時間', nextCheck: '下次查詢', nextCheckSoon: '即將查詢', noCheck: '不再查詢', reference: '付款編號', method: '方式',
    cancel: '取消付款', checkNow: '立即查詢', other: '換方式', reopen: '重新開一筆', cancelSure: '確定要取消這筆付款？', cancelSureHint: '顧客若已在付款，先看看他的手機。取消後仍會留意。', cancelYes: '確定取消', cancelNo: '繼續等',
    code: '繳費代碼', bank: '銀行代碼', account: '轉帳帳號', deadline: '繳費期限', bars: '超商條碼', counter: '請顧客保留這組號碼', review: '已送審核', reviewHint: '分期公司審核後，結果會自動顯示。',
    held: '還不知道付了沒有，先別再收一次', heldHint: '等結果；真的等不到，請店長看過顧客的手機後放行。', release: '店長放行', manager: '店長姓名', reason: '原因', reasonHint: '例如：看過銀行 App，沒有扣款', releaseYes: '放行', releaseNo: '繼續等',
  },
  counter: {
    inDrawer: '在抽屜', unverified: '僅記錄，未驗證', giveBack: '退還', keep: '不退了，返回', cancel: '返回', save: '記下來', comma: '，',
    reason: '原因', reasonHint: '例如：客人改變主意', name: '名字', nameHint: '例如：王小姐、藍色外套',
    voidTitle: '取消這筆交易', voidHint: '商品全部取消，原因留在帳本。', voidYes: '取消交易', voidBack: (list: string) => `先把收到的錢退完：${list}。`, voidYesBack: (text: string) => `已退 ${text}，取消交易`,
    goesBack: (name: string, amount: string, cash: boolean) => (cash ? `${name} ${amount} 從抽屜退` : `${name} ${amount} 照原方式人工退`),
    returnTitle: (text: string) => `退還現金 ${text}`, returnHint: '從抽屜拿給顧客；交易還在，可以換方式付。', returnYes: '已退還',
    asideTitle: '先擱著，服務下一位', asideHint: '按 F3 隨時取回。', asideYes: '先擱著',
    note: '備註', noteHint: '例如：不要袋子、週五來拿',
    openTitle: '自訂商品', openHint: '不在商品清單裡的東西，應稅。', price: '金額', article: '品名', articleHint: '例如：代客包裝', add: '加入',
    discountTitle: '折扣', discountLine: (name: string) => `折扣：${name}`, discountSale: '折扣：整筆交易', discountHint: '輸入數字按 Enter，或點常用折數。', discountYes: '打折', discountOf: '折哪裡', oneLine: '這一項', wholeSale: '整筆', discountPer: '怎麼算', percentOff: '折掉 %', amountOff: '折掉 $', usual: '常用折數',
    off: (percent: number) => `${percent >= 100 ? '免費' : `${String(100 - percent).replace(/0$/, '')} 折`}`, discountNone: (text: string) => `取消 ${text}`,
    partCash: (part: string, rest: string) => `先收 ${part}，尚欠 ${rest}`, partHint: '分開付：先收掃碼的部分比較好，沒付成就不用退現金。', partAll: '這次收', partOf: (text: string) => `這次收（共 ${text}）`, partRest: (part: string, rest: string) => `這次掃碼付 ${part}，之後再收 ${rest}。`,
    outside: '在別處收的錢', outsideHint: '收銀機只記錄，無法驗證', outsideSure: (text: string) => `確定已收 ${text}？`, reference: '單號（可不填）',
  },
  aside: {
    title: '擱著的交易', lead: '選一筆取回櫃檯', empty: '沒有擱著的交易', emptyHint: '結帳到一半按 F3，就能先服務下一位', until: (text: string) => `期限 ${text}`, over: '期限已過，等最後結果', partPaid: '付了一部分', cart: '還沒付款', paid: (text: string) => `已付 ${text}`,
    slip: '繳費單', slipOf: (n: string) => `付款 ${n} 的繳費單`,
  },
  closed: {
    paid: '已付款', done: '收款完成', change: '找零', noChange: '不用找零', total: '合計', received: '收到', sale: '交易', next: '下一筆', nextHint: '直接掃描也可以', copy: '補印副本', openRecent: '最近交易',
    receipt: '收據', receiptOf: (sale: string) => `交易 ${sale} 的收據`, receiptDue: '收據製作中…', receiptCopy: (n: number) => `副本 ${n}`, receiptRetry: '再做一次收據', saved: (path: string) => `已存檔 ${path}`,
    card: (last4: string) => `卡號末四碼 ${last4}`,
  },
  recent: { title: '最近交易', empty: '今天還沒有交易', pick: '選一筆看收據', time: '時間', sale: '交易', tender: '方式', total: '金額', refunded: (amount: string) => `已退 ${amount}`, refundedWhole: '已全退' },
  screen: { label: '顧客螢幕', open: '開啟顧客螢幕', close: '關閉顧客螢幕', showing: '顧客正在看顧客螢幕上的 QR 碼', lost: '顧客螢幕沒有畫面，請顧客掃這裡', lostIdle: '顧客螢幕沒有畫面' },
  customer: {
    welcome: '歡迎光臨', staff: '請洽店員', total: '合計', items: (n: number) => `共 ${n} 件`, paid: '已付', due: '還要付', left: '剩餘時間',
    bank: '銀行代碼', account: '轉帳帳號', number: '繳費代碼', bars: '超商條碼', review: '已送審核', deadline: '繳費期限',
    thanks: '謝謝光臨', received: '已付款', change: '找您', training: '訓練模式，不是真的交易', stage: '測試環境，不會扣款',
    steps: {
      scan: { what: '請用手機掃描付款', next: '打開手機相機，對準 QR 碼' },
      on_phone: { what: '請在手機上完成付款', next: '付款頁關掉了？可以再掃一次' },
      try_again: { what: '這次沒有付成', next: '可以再試一次，或請店員換別的方式' },
      code: { what: '請用這組代碼繳費', next: '請拍照或抄下來，期限前繳費' },
      confirming: { what: '正在確認付款', next: '請稍候，不用再付一次' },
      unknown: { what: '還在確認付款結果', next: '請先不要再付，把手機的付款畫面給店員看' },
      time_up: { what: '付款時間已到', next: '如果已經付款，請告訴店員' },
      received: { what: '已收到您的付款', next: '請稍候，店員馬上為您處理' },
    },
  },
  relay: { title: '中繼站', test: '測試中繼站', testing: '測試中…' },
  settings: settingsZh,
  welcome: welcomeZh,
  collecting: collectingZh,
  goods,
  watched: { title: '仍在留意', more: (n: number) => `還有 ${n} 筆` },
  tasks: { title: '待處理', empty: '沒有要處理的事', emptyHint: '有需要人決定的事情時，會出現在這裡', lead: '這些事要由人決定，不會自己消失。', sure: (choice: string) => `確定${choice}？`, payment: (n: string) => `付款 ${n}` },
  people: {
    locked: '收銀機已上鎖', who: '選擇人員', pinOf: (name: string) => `${name}的 PIN 碼`, keypad: '數字鍵盤', erase: '刪除一位', enter: '確定', wrong: 'PIN 碼不對，請再輸入一次。',
    waits: (time: string) => `輸錯太多次，${time} 之後再試`, shownPin: (pin: string) => `練習用 PIN ${pin}`,
    notRungUp: (n: number) => `上鎖時掃了 ${n} 次，都沒有記入。登入後請重掃。`, cartKept: (n: number) => `這筆交易的 ${n} 件商品還在，登入後繼續。`,
    lock: '上鎖、換人', here: '正在收銀', addOwnerHint: '登錄店主',
    title: '人員', lead: '誰能登入收銀、能做什麼。改動都會記在帳本裡。', leadFirst: '還沒有人登錄，任何人都能收銀。先加店主。', nobody: '登錄之後，收銀要先輸入 PIN 碼，退款、作廢、放行付款也要有人核准。', add: '新增人員', addOwner: '新增店主',
    name: '姓名', role: '職務', pin: 'PIN 碼', newPin: '新的 PIN 碼', pinAgain: '再輸入一次', pinsDiffer: '兩次輸入的不一樣', pinHint: '4 到 12 位數字。不要用生日、1234 這類好猜的號碼。', setPin: '換 PIN 碼', save: '儲存', cancel: '取消', retire: '離職', retireSure: '確定離職？',
    roles: { cashier: '收銀員', supervisor: '值班主管', owner: '店主' },
    roleHints: { cashier: '收銀；其他事要有人核准', supervisor: '核准退款、作廢、放行付款', owner: '再加上改價、設定與人員' },
    approvalHint: '核准只用這一次，收銀員不用登出。誰、做什麼、為什麼都會記在帳本。', approver: '誰核准', reason: '原因', ownReason: '或自己寫原因', reasonFirst: '請先選或寫原因。', approve: '核准',
    acts: {
      discount_over_limit: '折扣超過上限', void_line: '要收款後減少商品', void_sale: '要收款後整筆作廢', refund: '退款', open_drawer: '不結帳開錢箱', move_cash: '錢箱放入、取出', close_day: '日結', see_books: '看多日報表、對帳', edit_catalogue: '更改商品', edit_price: '改價',
      override_unknown: '付款結果不明，由人決定', settle_money: '處理多收的錢', settings: '更改設定', collecting: '金鑰與收款環境', people: '更改人員',
    },
    reasons: {
      discount_over_limit: ['熟客', '商品有瑕疵', '補償顧客'], void_line: ['顧客少買', '刷錯商品'], void_sale: ['顧客不買了', '刷錯了，重來'], refund: ['顧客退貨', '重複付款'], open_drawer: ['換零錢', '找錯錢'],
      move_cash: ['換零錢', '付貨款', '投庫'], close_day: ['打烊'], see_books: ['月底對帳', '看業績'], edit_catalogue: ['新商品', '改品名或條碼', '不賣了'], edit_price: ['標價錯誤', '即期品'], override_unknown: ['看過顧客手機，沒有扣款', '看過顧客手機，付款成功', '看過綠界後台'], settle_money: ['顧客要商品', '已退還現金給顧客', '已匯款退還'], settings: ['調整設定'], collecting: ['開始收款', '換金鑰', '回到訓練模式'], people: ['新人到職', '職務調整', '忘記 PIN 碼', '離職'],
    },
    vouch: '顧客已付，未驗證收下', vouchHint: '沒有綠色「已付款」就不算收到，畫面截圖可以造假。真的要收，由主管核准，會標「未驗證」並繼續向綠界查。',
    unverified: '未驗證', unverifiedHint: '只有主管說付了，綠界還沒有確認', unverifiedNext: '主管已核准收下。綠界確認後，未驗證的標記會自動拿掉。', unverifiedSum: '未驗證的收款', times: (n: number) => `${n} 筆`,
    take: '我來處理', leave: '不處理了', holder: (name: string, ago: string) => `${name}處理中，${ago}開始`, nobodyHolds: '還沒有人處理',
  },
  report: {
    title: 'X 報表', lead: '到目前為止，不結帳、不歸零', made: '製表時間', range: '帳本序號', head: '帳本雜湊', net: '銷售淨額', count: '交易筆數', tax: '內含營業稅', gross: '銷售總額', discounts: '折扣', refunds: '退款', took: '扣除退款後', average: '平均每筆',
    byTender: '付款方式', byTax: '課稅別', hours: '每小時銷售', hour: '時', noHours: '還沒有銷售', cross: '交叉核對', agrees: '相符', differs: '不相符', crossGross: '總額減折扣', crossTax: '課稅別合計', crossTender: '付款方式合計', crossNet: '淨額',
    differsHint: '請不要結帳，先通知店長。', open: '還沒有結果的付款', openNone: '沒有', partPaid: '付了一部分、還沒結清的交易', partOf: (paid: string, net: string) => `已付 ${paid}／共 ${net}`, stillDue: (text: string) => `尚欠 ${text}`, cashHeld: '其中現金在抽屜', unapplied: '收到但未入交易的錢', refresh: '重新計算', tender: '方式', amount: '金額', sold: (n: number) => `${n} 筆`, first: '第一筆', last: '最後一筆', taxable: '應稅', zero_rated: '零稅率', exempt: '免稅', cash: '現金', shareOf: (percent: number) => `${percent}%`,
    bar: (hour: string, amount: string, n: number) => `${hour} 時，${amount}，${n} 筆`,
  },
  stopped: { title: '現在不能收銀', next: '請這樣做', file: '檔案', detail: '內容', passphrase: '密碼', unlock: '解鎖', unlocking: '解鎖中…', still: '這些仍然可以看', stillReport: 'X 報表', stillRecent: '最近交易和收據', stillExport: '匯出帳本', exporting: '匯出中…', exported: '已匯出到', titleLocked: '請先解鎖', titleTwice: '已經開著了', profile: (name: string) => `環境 ${name}` },
  age: (value: Age) => ({ now: '剛剛', minutes: `${value.count} 分鐘前`, hours: `${value.count} 小時前`, days: `${value.count} 天前` })[value.unit],
  announce: { added: (name: string, n: number, total: string) => `${name} ${n} 件，合計 ${total}`, paid: (amount: string) => `已付款 ${amount}`, cash: (change: string) => `收款完成，找零 ${change}` },
  refund: refundZh,
  day: dayZh,
  range: rangeZh,
  statement: statementZh,
  outside, states, errors, stops, notices, relays, relayTests, tasksOf: tasks, choices, printing, methods,
};
