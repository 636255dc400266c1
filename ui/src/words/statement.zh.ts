// 繁體中文: what is said about ECPay's statements.
import type { Difference, StatementProblem } from '../ipc/client';
import type { Advice } from './shape';

type Problems = { [Kind in StatementProblem['kind']]: (problem: Extract<StatementProblem, { kind: Kind }>) => Advice };

const problems: Problems = {
  unreadable: ({ what }) => ({ what: '這個檔案讀不出來', next: `請用綠界後台下載的原檔，不要先用試算表開過再存。（${what}）` }),
  truncated: ({ row }) => ({ what: `檔案在第 ${row} 列斷掉`, next: '再下載一次。' }),
  other_merchant: ({ merchant }) => ({ what: `這是商店 ${merchant} 的對帳檔`, next: '換成本店的檔案。' }),
  other_days: ({ day }) => ({ what: `檔案裡有 ${day} 的付款，不在選的日期裡`, next: '改選日期，或換一個檔案。' }),
  nothing_of_ours: ({ payments }) => ({ what: `檔案裡 ${payments} 筆都不是這台收銀機的`, next: '可能是別家店的檔案。這幾天這台收銀機有收款。' }),
  no_days: () => ({ what: '檔案是空的', next: '選好日期再對一次。' }),
  too_many_days: () => ({ what: '一次最多七天', next: '把日期縮短，分幾次下載。' }),
  too_soon: () => ({ what: '綠界一分鐘只給一個檔案', next: '等一分鐘再試。' }),
  refused: ({ status }) => ({ what: `綠界不給這個檔案（${status}）`, next: '到綠界後台「系統介接設定」登記這台電腦的 IP，或自己下載檔案再對。' }),
  not_reached: () => ({ what: '連不到綠界', next: '檢查網路，或自己下載檔案再對。' }),
};

const differences: Record<Difference, Advice> = {
  amount: { what: '金額不同', next: '到綠界後台看這筆，確認實收多少。' },
  theirs_only: { what: '綠界有收到，這裡沒有', next: '正在向綠界查詢；查到後會出現在「待處理」。' },
  not_in_journal: { what: '這台收銀機的編號，帳本裡沒有', next: '帳本可能是還原的舊備份。對照收據補記，或到綠界後台退款。' },
  ours_only: { what: '這裡已收，綠界沒有', next: '到綠界後台查這個編號；查不到就聯絡綠界客服。' },
  refund: { what: '退款金額不同', next: '如果是在綠界後台退的：到「退款」找這筆交易，選人工退款（綠界後台）補記。' },
};

export const statementZh = {
  title: '綠界對帳', lead: '拿綠界的對帳檔和帳本一筆一筆對，只列出不一樣的', open: '綠界對帳', back: '報表',
  from: '從', to: '到', fetch: '向綠界下載', fetching: '下載中…', choose: '選檔案', file: '對帳檔', hint: '選綠界後台下載的「特店對帳媒體檔」，或直接向綠界下載（一分鐘一個檔案，電腦的 IP 要先登記）。',
  agrees: (n: number) => `${n} 筆相符`, sum: '相符金額', lines: '檔案列數', elsewhere: '其他收銀機', differs: (n: number) => `${n} 筆不符`, allAgree: '全部相符', more: (n: number) => `還有 ${n} 筆沒有列出`,
  ours: '帳本', theirs: '對帳檔', sale: (n: string) => `交易 ${n}`, trade: (n: string) => `綠界編號 ${n}`, none: '沒有', confirmed: '綠界查詢確認過', unconfirmed: '綠界還沒確認', late: '較晚付', vouched: '主管認定', paidAt: (text: string) => `${text} 付款`, notPaid: '未付款',
  past: '以前對過的', pastLine: (from: string, to: string) => (from === to ? from : `${from} – ${to}`), by: (name: string, time: string) => `${name}，${time}`, nothingYet: '還沒有對過帳',
  problems, differences,
};
