// 繁體中文: what is said about many days.

export const rangeZh = {
  title: '多日報表', lead: '一段日子賣了多少、賣什麼、怎麼收', open: '多日報表', back: '報表',
  from: '從', to: '到', days: '期間', show: '看報表', presets: '常用期間',
  preset: { week: '本週', lastWeek: '上週', month: '本月', lastMonth: '上月', year: '今年' },
  grains: '怎麼分', grain: { day: '每日', week: '每週', month: '每月' },
  took: '收入', tookHint: '扣除退款後', sales: '筆數', gross: '總額', discounts: '折扣', refunded: '退款', tax: '內含稅額', net: '銷售淨額',
  span: { day: '日期', week: '週一', month: '月份' }, nothing: '這段期間沒有交易', weekOf: (day: string) => `${day} 起`,
  bar: (day: string, text: string, count: number) => `${day} ${text}，${count} 筆`,
  hours: '每小時', categories: '分類', products: '商品', operators: '收銀員', tenders: '付款方式', tallies: '要留意的事', voided: '取消的交易', refunds: '退款',
  name: '名稱', items: '件數', count: '筆數', amount: '金額', more: (n: number) => `還有 ${n} 項商品，存成試算表可以看到全部。`, beforeRefunds: '退款未扣',
  online: '綠界收款', method: '方式', paid: '已付', late: '較晚付', over: '重複付', expired: '逾期未付', pending: '未了結', fee: '手續費（估）', payout: '撥款（估）',
  feeHint: '手續費率和撥款天數寫在設定檔 [gateway.fees]，報表用來估算；實際金額以綠界對帳檔為準。', noFee: '—', payoutOf: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
  csv: (what: string) => `${what}：存成試算表`, csvShort: '試算表', pdf: '存成 PDF', saved: (path: string) => `已存檔 ${path}`,
};
