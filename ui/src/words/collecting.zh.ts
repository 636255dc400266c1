// 繁體中文: what is said about whom the till collects for, and with which keys.

import type { KeysProblemWords, KeysStateWords, KeysTestWords } from './shape';

const tests: KeysTestWords = {
  works: (t) => ({ what: '可以用', next: `綠界認得商店 ${t.merchant} 和這組金鑰。` }),
  no_keys: () => ({ what: '還沒有金鑰', next: '請先填商店代號、HashKey、HashIV。' }),
  wrong_keys: () => ({ what: '這組金鑰和商店代號對不起來', next: '請到綠界後台「系統開發管理」重新複製金流的 HashKey 和 HashIV，前後不要多空白。' }),
  other_product: () => ({ what: '這是別種產品的金鑰', next: '電子發票、物流各有自己的金鑰；請改用「金流（全方位金流）」那一組，並確認環境沒有選錯。' }),
  public_keys: () => ({ what: '這是綠界公開的測試金鑰', next: '正式收款要用店家自己的金鑰。' }),
  no_such_merchant: () => ({ what: '綠界不認得這個商店代號', next: '測試環境和正式環境的代號不一樣，請看看是不是選錯環境。' }),
  clock_off: (t) => ({ what: `電腦的時間${t.minutes > 0 ? '快' : '慢'}了 ${Math.abs(t.minutes)} 分鐘`, next: '綠界只接受三分鐘以內的誤差。請校正時間，再測一次。' }),
  not_reached: () => ({ what: '連不到綠界', next: '請看網路通不通，再測一次。金鑰還不知道對不對。' }),
  refused: () => ({ what: '綠界暫時不回應查詢（403）', next: '問得太頻繁，或被擋住了。請等半小時再測。' }),
  out_of_order: () => ({ what: '綠界現在沒有正常回應', next: '可能在維護。過一陣子再測；金鑰還不知道對不對。' }),
  other: (t) => ({ what: `綠界回應 ${t.code}`, next: '請把這個代碼告訴綠界客服。' }),
};

const problems: KeysProblemWords = {
  merchant: { what: '商店代號不對', next: '商店代號（MerchantID）是 7 到 10 位數字。' },
  key: { what: 'HashKey 不對', next: 'HashKey 剛好 16 個英文字母、數字或符號。' },
  iv: { what: 'HashIV 不對', next: 'HashIV 剛好 16 個英文字母、數字或符號。' },
  public: { what: '這是綠界公開的測試金鑰', next: '正式收款要用店家自己的金鑰。' },
  passphrase: { what: '密碼太短', next: '請用 8 個字以上。' },
  wrong_passphrase: { what: '密碼打不開已經封存的金鑰', next: '請輸入原來的密碼。' },
  no_store: { what: '這台電腦沒有地方放金鑰', next: '請設一個 8 個字以上的密碼；之後每次開啟程式都要輸入。' },
  locked: { what: '金鑰鎖著', next: '請輸入封存金鑰的密碼。' },
  missing: { what: '那個環境還沒有金鑰', next: '請先放入金鑰，再切換。' },
  not_kept: { what: '金鑰沒有存成', next: '和原來一樣。請再試一次；還是不行請看紀錄檔。' },
};

const keys: KeysStateWords = {
  public: '綠界公開的測試金鑰', kept: '金鑰已放好', missing: '還沒有金鑰', locked: '金鑰鎖著，開啟時要輸入密碼', other_merchant: '放的是另一家商店的金鑰', unreadable: '金鑰讀不出來',
};

export const collectingZh = {
  title: '在哪裡收款', why: '訓練：練習用。測試：連到綠界的測試站。正式：真的收錢。', tests, problems, keys,
  profiles: {
    training: { name: '訓練', hint: '內建的模擬綠界，不會動到錢' }, stage: { name: '測試環境', hint: '連到綠界測試站，不會扣款' }, production: { name: '正式', hint: '真的收錢' },
  },
  now: '現在', next: '下次開啟', merchantOf: (id: string) => `商店 ${id}`,
  formTitle: (name: string) => `${name}的金鑰`, formWhy: '放進這台電腦的保管庫。存好以後不會再顯示，也不會寫進設定檔或紀錄。',
  merchant: '商店代號（MerchantID）', key: 'HashKey', iv: 'HashIV', passphrase: '密碼（這台電腦沒有保管庫時才要填）', leaked: '舊的金鑰外流了，馬上不認',
  test: '測試', testing: '測試中…', testWhy: '問綠界一筆不存在的訂單：不會動到錢。', keep: '存起來', switchTo: (name: string) => `下次開啟用「${name}」`, underWay: (n: number) => `還有 ${n} 筆付款或退款沒有結果，現在不能換。`,
};
