// 商品畫面的文字：清單、編輯、匯入匯出、秤重、掃描器測試。

import { money } from '../../shared/money';
import type { FileWords, WrongWords } from '../shape';

const wrong: WrongWords = {
  code: (w) => `編號要 1 到 24 個英數字、點或橫線，不能是「${w.given}」`, code_twice: (w) => `編號 ${w.code} 在第 ${w.line} 行已經有了`, code_taken: (w) => `已經有編號 ${w.code} 的商品`,
  barcode: (w) => `條碼要 4 到 48 個英數字，不能是「${w.given}」`, check_digit: (w) => `條碼 ${w.given} 的最後一碼應該是 ${w.expected}，可能打錯了`, barcode_twice: (w) => `條碼 ${w.barcode} 在第 ${w.line} 行已經有了`, barcode_taken: (w) => `條碼 ${w.barcode} 已經是商品 ${w.product} 的`,
  name: (w) => `品名要 1 到 ${w.max} 個看得見的字`, category: () => '分類要 1 到 24 個字', price: (w) => `價格要在 0 到 ${money(w.max)} 之間`, not_dollars: (w) => `價格「${w.given}」不是整數元`,
  tax: (w) => `稅別「${w.given}」不是應稅、零稅率或免稅`, unit: (w) => `單位「${w.given}」不是件或公斤`, yes_or_no: (w) => `「${w.given}」不是「是」或「否」`, later_price: (w) => `日後售價「${w.given}」要寫成 2026-12-31 45`, day: (w) => `日期「${w.given}」要寫成 2026-12-31`,
  too_many: (w) => `最多 ${w.codes} 個條碼、${w.prices} 個日後售價，每天一個`, row: () => '這一行讀不出來',
};

const file: FileWords = {
  not_text: () => ({ what: '這個檔案不是文字', next: '請在試算表另存成「CSV UTF-8」再選一次。' }),
  column: (f) => ({ what: `第一行少了「${f.missing}」欄`, next: '要有編號、條碼、品名、分類、售價、稅別。匯出一份來看格式最快。' }),
  column_twice: (f) => ({ what: `第一行有兩個「${f.twice}」欄`, next: '請刪掉一個再選一次。' }),
  empty: () => ({ what: '檔案裡沒有商品', next: '請檢查是不是選錯檔案。' }),
  too_long: (f) => ({ what: '檔案太大', next: `最多 ${f.rows.toLocaleString('en')} 行、${f.megabytes} MB，請分成幾個檔案。` }),
};

export const goods = {
  title: '商品', lead: (n: number) => `共 ${n.toLocaleString('en')} 項`, favourites: '常用', perKilogram: '／公斤', pages: '翻頁', range: (from: number, to: number, total: number) => `第 ${from} 到 ${to} 項，共 ${total.toLocaleString('en')} 項`, before: '上一頁', after: '下一頁',
  search: '找商品', searchHint: '品名、編號、條碼或注音', none: '沒有符合的商品', pick: '選一項來改，或新增商品', laterMark: '會調價', favouriteMark: '常用',
  add: '新增商品', import: '匯入', export: '匯出', scanner: '試掃描器', exported: (n: number, path: string) => `${n} 項商品已匯出到 ${path}`,
  code: '編號', codeHint: '英文、數字、點、橫線；存了不能改', barcodes: '條碼', barcodesHint: '可以直接掃；一項商品可以有好幾個', addBarcode: '加一個條碼', removeBarcode: (code: string) => `移除條碼 ${code}`, name: '品名', category: '分類', price: '售價', pricePiece: '每件售價', priceKilo: '每公斤售價', unit: '怎麼賣', byPiece: '論件', byWeight: '秤重',
  tax: '稅別', favourite: '放在常用', later: '日後售價', laterHint: '到那一天自動換價', from: '從哪一天起', addLater: '加一個日期', removeLater: (day: string) => `取消 ${day} 的調價`,
  save: '儲存', cancel: '不改了', retire: '下架', retireSure: '確定下架？', saved: (name: string) => `已儲存：${name}`, retired: (name: string) => `已下架：${name}`, changed: '剛剛有人改過這項商品。你填的還在，請對照現在的內容再存。', changedNow: (name: string, price: string) => `現在是：${name}，${price}`, changedOver: '用我填的覆蓋', changedReload: '看最新的',
  importTitle: '匯入商品檔', importLead: '先檢查，不會動到商品；確認後才一次寫入。', choose: '選擇檔案…', chooseHint: 'CSV：Excel 存的 UTF-8、Big5、Unicode 文字都可以，最多十萬行。', reading: (name: string) => `正在檢查 ${name}`, stop: '停止', stopped: '已停止，沒有改任何東西。', writing: '正在寫入…',
  added: '新增', changedCount: '有改', repriced: '其中改價', same: '沒變', good: '檢查通過，還沒有寫入。', take: (n: number) => `寫入 ${n} 項`, nothing: '檔案和現在的商品完全一樣，不用匯入。', problems: (n: number, more: boolean) => `${more ? '超過 ' : ''}${n} 個問題，一項都沒有匯入`, problemsHint: '改好檔案再選一次。', line: '行', what: '問題', done: (n: number) => `已匯入 ${n} 項`, again: '選別的檔案',
  weighTitle: (name: string) => `${name}：多重？`, weighHint: '看秤上的公克數，再按 Enter。', grams: '公克',
  drawerShort: '開錢箱', drawerTitle: '不結帳開錢箱', drawerHint: '誰、什麼時候、為什麼，都記在帳本和報表。', drawerYes: '開錢箱',
  returnShort: '退貨', returnTitle: (text: string) => `沒有原交易的退貨，退現金 ${text}`, returnHint: '櫃檯上的商品收回來，錢從抽屜退。找得到原交易的，請從「最近交易」退。', returnYes: (text: string) => `退現金 ${text}`, returnReasonHint: '例如：沒有收據，商品有瑕疵',
  tallies: '要留意的事', tally: { drawer_opened: '不結帳開錢箱', goods_returned: '沒有原交易的退貨', approved: (act: string) => `核准：${act}` }, times: (n: number) => `${n} 次`,
  scan: {
    title: '試掃描器', lead: '掃任何條碼，看收到什麼。這一頁不會賣出東西。', wait: '請掃一個條碼', waitHint: '沒反應的話，檢查掃描器有沒有設成「鍵盤」模式。', now: '現在的設定', prefix: '前面多打', suffix: '後面多打', end: '結尾', none: '沒有', enter: 'Enter', tab: 'Tab', change: '要改請到「設定」裡的「掃描器與電子秤」。',
    key: '字元', gap: '間隔', ms: (n: number) => `${n} 毫秒`, took: '收銀機認為是', scan: (code: string) => `條碼 ${code}`, typing: '人在打字', typingHint: '掃描器應該平均 35 毫秒內打一個字，最後按結尾鍵。', product: (name: string) => `商品：${name}`, unknown: '沒有這個商品', mean: (n: number) => `平均 ${n} 毫秒`, clear: '清除',
    shapes: { carrier: '發票載具', wallet: '顧客的付款碼', product: '商品條碼', other: '其他' },
  },
  wrong, file,
};
