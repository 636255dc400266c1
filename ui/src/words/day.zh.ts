// 繁體中文: what is said about shifts, the drawer and closing the day.

export const dayZh = {
  title: '錢箱與日結', lead: '開班、點錢、交班、日結', shift: (n: number) => `第 ${n} 班`, openedBy: (name: string, time: string) => `${name}，${time} 開班`,
  noShift: '還沒有開班', noShiftHint: '先點清錢箱裡的準備金再開班。沒有開班也能收銀，錢照樣記在帳上。', open: '點錢開班',
  openTitle: '開班：點準備金', openHint: (text: string) => `照設定，錢箱應有準備金 ${text}。有幾張、幾枚，就輸入幾。`, openYes: '開班',
  float: '準備金', ins: '放入', outs: '取出', drops: '投庫', count: '點錢交班',
  countTitle: '交班：點錢箱', countBlind: '先點，記下來之後才會看到電腦的數字。', countHint: (text: string) => `電腦的數字是 ${text}。`, countYes: '記下來',
  piecesOf: (text: string) => `${text} 有幾張（枚）`, rare: '還有 2000、200 元鈔', counted: '點到',
  result: '點錢結果', exact: '剛剛好', over: (text: string) => `多 ${text}`, short: (text: string) => `少 ${text}`,
  countedTimes: (text: string, times: number) => (times > 1 ? `點到 ${text}（第 ${times} 次）` : `點到 ${text}`),
  note: '為什麼', noteHint: '例如：找錯錢、不知道', stays: '留給下一班', toBank: '存銀行', tooMuch: '錢箱沒有這麼多', again: '重新點', closeShift: '交班',
  amount: '金額', reason: '原因',
  ways: {
    in: { name: '放入', title: '現金放入錢箱', hint: '不是銷售收的錢，例如去換的零錢。', yes: '已放入', example: '例如：換零錢' },
    out: { name: '取出', title: '從錢箱取出現金', hint: '不是找零也不是退款，例如付貨款。', yes: '已取出', example: '例如：付牛奶錢' },
    drop: { name: '投庫', title: '現金投入保險箱', hint: '錢箱太滿時先收起來。', yes: '已投庫', example: '例如：下午投庫' },
  },
  z: (n: number) => `Z ${n}`, zTitle: '日結（Z 報表）', zHint: '把到現在為止的銷售結成一份 Z 報表，編號連續，之後不能改。', zHintOpen: '還有一班沒有交班；可以先日結，這一班會延續到明天。',
  zMake: (n: number) => `日結 Z ${n}`, zSure: (n: number) => `再按一次，結成 Z ${n}`, zNone: '還沒有 Z 報表',
  zReport: (n: number) => `Z 報表 第 ${n} 號`, zLead: (time: string, by: string) => `${time}，${by} 結帳`,
  paper: '紙本', drawer: '錢箱', atStart: '開始時', floats: '點準備金多（少）', sales: '現金銷售', returned: '未結帳退回', refunds: '現金退款', overShort: '點錢多（少）', banked: '存銀行', expected: '錢箱裡應有',
  shifts: '各班', shiftRuns: '還在進行', shiftEnded: (by: string, time: string) => `${by}，${time} 交班`, ever: '累計銷售', everHint: (n: string) => `開機以來 ${n} 筆`, mismatch: '數字不相符',
};
