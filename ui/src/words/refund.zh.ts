// 繁體中文: what is said about money on its way back.

import { dayMonthHourMinute, hourMinute } from '../shared/time';
import type { RefundRefusalWords, RefundSaysWords, RefundStateWords, RefundWaitWords } from './shape';

const waits: RefundWaitWords = {
  daily_closing: (time) => ({ what: `${time} 之後自動送出`, next: '綠界每天 20:15 到 20:30 關帳，這段時間不收退款。可以先把退款單交給顧客，不用等。' }),
  until_morning: (time) => ({ what: `${time} 之後自動送出`, next: '今晚已經關帳，早上六點之後才能取消。可以先把退款單交給顧客，不用等。' }),
  until_captured: (time) => ({ what: `${time} 之後自動送出`, next: '這筆刷卡還沒請款，只退一部分要等關帳之後。可以先把退款單交給顧客，不用等。' }),
};

const says: RefundSaysWords = {
  balance: { what: '綠界帳戶的餘額不夠退', next: '請店主到綠界後台補足餘額，再按「再試一次」；或由主管核准，改由人工退。' },
  too_old: { what: '超過可以線上退款的期限', next: '請店長聯絡綠界客服，或由主管核准，改由人工退。' },
  not_there: { what: '綠界說沒有這筆訂單', next: '請店長到綠界後台核對付款編號，再決定怎麼退。' },
  other: { what: '綠界不接受這筆退款', next: '錢沒有退。原因看下面綠界的原話；可以再試一次，或由主管核准，改由人工退。' },
};

const refusals: RefundRefusalWords = {
  gateway: says.other,
  not_found: { what: '綠界沒有這筆刷卡', next: '錢沒有退。請店長到綠界後台核對這筆付款，再決定怎麼退。' },
  cancelled: { what: '這筆授權早就取消了', next: '顧客沒有被扣款，不用再退錢。到綠界後台核對之後，撤回這筆退款。' },
  not_authorised: { what: '銀行沒有核准這筆付款', next: '顧客沒有被扣款。請店長到綠界後台核對。' },
  not_captured: { what: '還沒請款，不能只退一部分', next: '錢沒有退。請店長先到綠界後台請款，再按「再試一次」；或撤回，改成整筆退。' },
  whole_only: { what: '分期或紅利付款只能整筆退', next: '錢沒有退。請撤回，改成整筆退。' },
  too_much: { what: '綠界那邊剩下的不夠退', next: '可能有人在綠界後台退過了。請店長核對，不要先退現金。' },
  strange_stage: { what: '看不懂綠界的回答', next: '錢沒有退。請店長到綠界後台看這筆，再試一次或由人工退。' },
  unclear: { what: '分不出到底退了沒有', next: '先不要退現金。請店長到綠界後台看：已經退了，就按「人工退」選「綠界後台」記下來；沒退，再試一次。' },
  too_often: { what: '送了好幾次都沒有退成', next: '請店長到綠界後台看這筆，再試一次或由人工退。' },
  not_listed: { what: '綠界沒有回答，清單上也看不到', next: '清單不一定列出退款。先不要退現金，請店長到綠界後台看：已經退了，就按「人工退」選「綠界後台」記下來；沒退，再試一次。' },
};

const states: RefundStateWords = {
  asking: () => ({ what: '正在問綠界怎麼退', next: '收銀機先問這筆付款到哪個階段，再選正確的退法。不用等，會自己完成。' }),
  waiting: (state) => waits[state.why](state.why === 'daily_closing' ? hourMinute(state.until_ms) : dayMonthHourMinute(state.until_ms)),
  queued: () => ({ what: '排在前一筆退款後面', next: '同一張卡要等前一筆退款有結果，之後會自動接著退。' }),
  sending: () => ({ what: '正在送出', next: '請稍候。' }),
  unknown: () => ({ what: '還不知道退了沒有', next: '送出之後沒有得到清楚的回答。收銀機會自己再查，不會重複送出。先不要另外退現金。' }),
  on_its_way: (state) =>
    state.overdue ? { what: '太久還沒看到完成', next: '綠界早就受理了。請店長到綠界後台查這筆；先不要另外退現金。' }
    : { what: '綠界已受理，退款處理中', next: '不用再做什麼。多久出現在帳單上，由發卡銀行決定；把退款單交給顧客。' },
  to_hand_over: () => ({ what: '要由人把錢交還', next: '照下面的步驟做，做完要記下來。' }),
  refused: (state) => refusals[state.why],
  done: (state) =>
    state.by_hand !== null ? { what: '已交還顧客', next: '這筆退款完成了。' }
    : state.released ? { what: '已取消授權，不會請款', next: '還沒請款就取消了，顧客的帳單不會有這筆。' }
    : { what: '已退回信用卡', next: '這筆退款完成了。' },
  dropped: () => ({ what: '已撤回，沒有退款', next: '錢和商品都沒有動，之後可以再退。' }),
};

export const refundZh = {
  title: '退款', lead: '掃收據上的 QR 碼，或輸入交易號碼', find: '找這筆交易', finder: '交易號碼', finderHint: (till: string) => `例如 ${till}-000042，或只打 42`, fromRecent: '從最近交易選',
  open: '還沒完成', earlier: '最近完成的', none: '還沒有退款', noneHint: '找到交易之後，選要退的商品。', show: '看這筆退款', start: '退款',
  of: (sale: string) => `退款：交易 ${sale}`, sold: (time: string, total: string) => `${time} 結帳，總額 ${total}`, soFar: (text: string) => `已退 ${text}`, lines: '要退的商品',
  keys: '↑↓ 選商品　←→ 或數字改數量　A 全部　Enter 下一步', all: '全部退', nothing: '都不退', times: (n: number, of: number) => `${n}／${of}`, more: '多退一件', fewer: '少退一件', bought: (n: number) => `買 ${n}`, back: (n: number) => `已退 ${n}`, lineGone: '已全部退完', quantity: (name: string, n: number, left: number) => `${name}，退 ${n} 件，還可退 ${left} 件`,
  goesBack: '退還', pickFirst: '先選要退的商品', still: '還可以退', after: '退完還剩', tax: (text: string) => `內含稅 ${text}`, whole: '分期或紅利付款，只能整筆退', allBack: '這筆已經全部退完', wayAsked: '怎麼退', asPaid: '照原來的付款方式', instead: '改由人工退，要主管核准。之後不會再退回卡片。',
  reason: '原因', reasons: ['商品有瑕疵', '改變心意', '買錯了', '多收錢', '缺貨'], ownReason: '或自己寫原因', approver: '核准的人', approverHint: '還沒有登錄人員：請寫下主管的名字',
  yes: (text: string) => `退 ${text}`, yesSure: '會記在帳本，退出去就收不回來。', needs: { lines: '還沒選商品', reason: '還沒選原因', approver: '還沒寫核准的人' },
  ways: { cash: '現金', bank_transfer: '匯款', back_office: '綠界後台' },
  to: {
    card: (card: string) => `退回信用卡${card}`, byGateway: '綠界自動退', cash: '從抽屜退現金', transfer: '匯款給顧客', backOffice: (method: string) => `在綠界後台退 ${method}`, terminal: '在原刷卡機退刷', voucher: '還禮券', byHand: '要由人做',
  },
  card: (last4: string) => ` ${last4}`,
  steps: {
    cash: (amount: string) => [`從抽屜數出 ${amount}`, '印退款單，請顧客簽名', '把錢和退款單交給顧客'],
    transfer: (amount: string) => ['請顧客寫下銀行、帳號和戶名（寫在紙上）', `匯 ${amount} 給顧客，留下匯款單`, '印退款單交給顧客'],
    backOffice: (amount: string, payment: string) => ['登入綠界廠商後台，到訂單管理', `找付款編號 ${payment}，退 ${amount}`, '印退款單交給顧客'],
    terminal: (amount: string) => [`用原刷卡機、同一張卡，退刷 ${amount}`, '印退款單，和刷卡機的退刷單一起交給顧客'],
    voucher: (amount: string) => ['印退款單，請顧客簽名', `還給顧客等值 ${amount} 的禮券`],
  },
  stepsTitle: '照這樣做', handed: { cash: '已交付現金', bank_transfer: '已匯款', back_office: '已在後台退' }, handedTerminal: '已退刷', handedVoucher: '已還禮券', sure: (choice: string) => `確定${choice}？`,
  retry: '再試一次', ask: '現在再查', byHand: '人工退', byHandHint: '由人退，要主管核准；之後不會再自動退。', drop: '撤回退款', slip: '退款單', slipAgain: '再印退款單', slipOf: (n: string) => `退款單 ${n}`, together: '一起退的',
  facts: { sale: '交易', to: '退到', items: '商品', reason: '原因', asked: '經手', approved: '核准', handed: '交還', payment: '付款編號', nextCheck: '下次查詢', words: '綠界的原話' },
  item: (name: string, n: number) => (n > 1 ? `${name} ×${n}` : name), moneyOnly: '沒有入交易的錢', by: (name: string, time: string) => `${name}，${time}`, code: (code: string) => `代碼 ${code}`, soon: '馬上',
  report: '退款明細', reportWay: '方式', reportAsked: '已受理', reportSettled: '已退到', reportCount: (n: number) => `${n} 筆`, reportPending: '還沒退到', reportUnapplied: '未入交易的錢退還', transferWay: '匯款',
  states, says, refusalsOf: refusals,
};
