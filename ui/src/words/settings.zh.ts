// 繁體中文: what is said about setting a till up, for the first time and later.

import type { SettingGroup, SettingProblemWords, SettingWords } from './shape';

const names: SettingWords = {
  'shop.name': { label: '店名', why: '印在收據最上面，也給付款的顧客看。' },
  'shop.tax_id': { label: '統一編號', why: '印在收據上；沒有就空著。' },
  'shop.address': { label: '地址', why: '印在收據上；可以不填。' },
  'shop.phone': { label: '電話', why: '印在收據上；可以不填。' },
  'shop.header': { label: '收據開頭的話', why: '商品上方，一行一句，例如營業時間。' },
  'shop.footer': { label: '收據結尾的話', why: '收據最下面，一行一句。' },
  'receipt.language': { label: '收據的語言', why: '下一張收據就會照這個印。' },
  'till.id': { label: '收銀機編號', why: '1 到 3 個大寫字母或數字，同一家店不能重複；交易編號用它開頭。' },
  'till.cashier': { label: '沒有登錄人員時的名字', why: '有人登入以後，收據印的是那個人。' },
  'till.lock_after_minutes': { label: '多久沒動作就上鎖（分鐘）', why: '0 表示不自動上鎖。' },
  'till.discount_limit_percent': { label: '收銀員的折扣上限（%）', why: '超過要有人核准；100 表示不限。' },
  'till.scale_labels': { label: '電子秤的標籤', why: '12 碼一行：開頭數字，I 商品編號、W 公克、P 元、x 不用。例如 21IIIIIWWWWW。' },
  'scanner.prefix': { label: '掃描器在前面多打的字', why: '大多數的掃描器不用設；F1 裡可以試掃。' },
  'scanner.suffix': { label: '掃描器在後面多打的字', why: '大多數的掃描器不用設。' },
  'scanner.end': { label: '掃描器用哪個鍵結尾', why: '出廠通常是 Enter。' },
  'day.float': { label: '準備金（元）', why: '每班開始時錢箱裡應有的現金。' },
  'day.blind_count': { label: '點錢時先不顯示電腦的數字', why: '先點完、記下來，才看得到差多少。' },
  'backup.folders': { label: '備份到哪些資料夾', why: '一行一個完整路徑，例如隨身碟或網路磁碟；最多 8 個。' },
  'backup.keep': { label: '每個資料夾留幾份', why: '舊的會自動刪掉。' },
  'backup.every_hours': { label: '至少每幾小時備份一次', why: '每次日結後也會備份。' },
  'customer_display.place': { label: '顧客螢幕', why: '要不要給顧客看金額和 QR 碼。' },
  'pay_page.minutes': { label: 'QR 碼的有效時間（分鐘）', why: '過了就要重新開一筆。' },
  'pay_page.listen': { label: '付款頁在哪裡接聽', why: '只在本機：127.0.0.1:8688。給店內 Wi-Fi 的手機：0.0.0.0:8688。' },
  'pay_page.address': { label: '顧客手機打開的網址', why: '這台在店內網路的網址，http 開頭、:8688 結尾；空著就是只在本機。' },
  'pay_page.static_page': { label: '放在網站上的付款頁', why: '沒有中繼站時用；填那個檔案的 https 網址。' },
  'pay_page.browser_return': { label: '付款後讓顧客的瀏覽器帶結果回來', why: '開著，螢幕會更快顯示結果。' },
  'relay.address': { label: '中繼站的網址', why: '店家自己的中繼站；沒有就空著。' },
  'relay.tell': { label: '用信通知店主', why: '發生哪些事時要寄信。' },
  'gateway.burst': { label: '一次可連問綠界幾次', why: '問太頻繁，綠界會停 30 分鐘；不懂就不要改。' },
  'gateway.every_seconds': { label: '之後每幾秒可再問一次', why: '不懂就不要改。' },
  'gateway.silence_minutes': { label: '被擋下後停多久（分鐘）', why: '綠界建議 30 分鐘。' },
  'gateway.first_check_seconds': { label: '幾秒後第一次查詢', why: '顧客打開付款頁之後算起。' },
  'gateway.refund_api': { label: '信用卡退刷的介面', why: '照綠界給你的說明；沒說就用加密信封。' },
  'gateway.auto_capture': { label: '綠界每晚自動關帳', why: '新商店都是；關掉過才取消勾選。' },
  'gateway.previous_keys_days': { label: '換金鑰後，舊的還認幾天', why: '路上的通知才不會被當成假的；0 表示立刻不認。' },
  'stage.return_url': { label: '測試環境的通知網址', why: '公開的 https，要有 {token}。有中繼站就不用管。' },
  'production.return_url': { label: '正式環境的通知網址', why: '公開的 https，要有 {token}。有中繼站就不用管。' },
};

const problems: SettingProblemWords = {
  missing: () => '這一項不能空著。',
  too_long: (p) => `太長了，最多 ${p.max} 個字。`,
  unseen: () => '裡面有看不見或會讓字倒過來的符號，請重新輸入。',
  too_many: (p) => `最多 ${p.max} 行。`,
  range: (p) => `請輸入 ${p.min.toLocaleString('en')} 到 ${p.max.toLocaleString('en')}。`,
  choice: () => '這個值不能用，請重新選。',
  tax_id_digits: () => '統一編號是 8 位數字。',
  tax_id_check: () => '這個統一編號對不起來，請看看是不是打錯一個數字。',
  till_id: () => '請用 1 到 3 個大寫字母或數字，例如 T1。',
  label: () => '要剛好 12 碼：2 或 02 開頭，I 是商品編號，W 或 P 擇一。',
  typed: () => '掃描器只打得出英文字母、數字和符號。',
  address: () => '這個網址不能用，請照下面的說明填。',
  rule: (p) => `不能這樣設：${p.rule}`,
};

const groups: Record<SettingGroup, string> = {
  screen: '螢幕', shop: '商店與收據', counter: '收銀', scanner: '掃描器與電子秤', page: '付款頁', gateway: '綠界', relay: '中繼站', backup: '備份',
};

export const settingsZh = {
  title: '設定', lead: '改好按儲存；每一次改動都記在帳本裡。', search: '找設定', searchHint: '例如：統編、折扣、掃描', none: '沒有符合的設定',
  names, problems, groups, sections: '設定分類',
  choices: {
    zh: '中文', en: '英文', both: '中英並列', enter: 'Enter', tab: 'Tab', second_monitor: '接了第二台螢幕就自動顯示', window: '一開始就開視窗', off: '不用',
    paid: '收到款項', late: '取消後才付款', over_paid: '重複付款', contradicted: '金額不符', sealed: '加密信封（建議）', form: '簽章表單',
  } as Record<string, string>,
  yes: '是', no: '否', late: '下次開啟才生效', oneLine: '一行一句',
  changes: (n: number) => `${n} 項還沒儲存`, save: '儲存', discard: '不改了', saved: '已儲存', savedLate: '已儲存，重新開啟程式後生效',
  waits: '有改動要重新開啟程式才生效', restart: '重新開啟', restartSure: '確定重新開啟？', cartStays: '櫃檯上的商品會留著。', file: (path: string) => `設定檔：${path}`,
  languageLabel: '畫面的語言', languageWhy: '馬上換，正在進行的交易不受影響。', languages: { zh: '中文', en: 'English' }, themeLabel: '畫面明暗', themeWhy: '自動：跟著電腦的設定。',
};

export const welcomeZh = {
  title: '歡迎使用櫃檯', step: (at: number, of: number) => `第 ${at} 步，共 ${of} 步`, next: '下一步', back: '上一步', skip: '全部略過，先看看', begin: '開始練習', beginning: '準備中…', collecting: '接著設定綠界收款', later: '全部都可以之後在「設定」裡改。',
  steps: {
    language: { title: '用哪一種語言？', why: '畫面和收據可以不一樣。' },
    shop: { title: '店叫什麼名字？', why: '這些會印在收據最上面。可以先空著。' },
    till: { title: '這是第幾台收銀機？', why: '每台一個編號，交易編號用它開頭。' },
    owner: { title: '誰是店主？', why: '有了店主，退款、改價、改設定才要 PIN 碼核准。可以先空著，用練習人員試試看。' },
    goods: { title: '要賣什麼？', why: '之後隨時可以新增、匯入。' },
    ready: { title: '準備好了', why: '先用訓練模式練習：不會動到錢，也不算進真正的營業額。' },
  },
  screen: '螢幕', receipts: '收據', screenLanguages: { zh: '中文', en: 'English' },
  shopExample: '例如：巷口柑仔店', ownerExample: '例如：陳店長',
  goods: {
    sample: { name: '先用範例商品', hint: '一家小店的 196 樣商品，馬上可以試。' },
    file: { name: '匯入我的商品檔', hint: 'Excel 另存的 CSV；開始之後就會請你選檔案。' },
    none: { name: '先空著', hint: '之後一樣一樣加。' },
  },
  facts: { shop: '商店', till: '收銀機', owner: '店主', goods: '商品', receipts: '收據' }, sampleShop: '先用範例商店', samplePeople: '先用練習人員', registered: (name: string) => `${name}（已登錄）`,
  keys: 'Enter 下一步，Esc 上一步',
};
