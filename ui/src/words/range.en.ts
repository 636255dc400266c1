// English: what is said about many days.
import type { rangeZh } from './range.zh';

export const rangeEn: typeof rangeZh = {
  title: 'Many days', lead: 'What was sold over a while, of what, and how it was paid', open: 'Many days', back: 'Report',
  from: 'From', to: 'To', days: 'Days', show: 'Show', presets: 'Usual spans',
  preset: { week: 'This week', lastWeek: 'Last week', month: 'This month', lastMonth: 'Last month', year: 'This year' },
  grains: 'By', grain: { day: 'Day', week: 'Week', month: 'Month' },
  took: 'Takings', tookHint: 'after refunds', sales: 'Sales', gross: 'Gross', discounts: 'Discounts', refunded: 'Refunds', tax: 'Tax included', net: 'Net sales',
  span: { day: 'Day', week: 'Monday', month: 'Month' }, nothing: 'No sales on these days', weekOf: (day: string) => `from ${day}`,
  bar: (day: string, text: string, count: number) => `${day} ${text}, ${count} sales`,
  hours: 'By hour', categories: 'By category', products: 'By product', operators: 'By cashier', tenders: 'By tender', tallies: 'Worth a look', voided: 'Sales given up', refunds: 'Refunds',
  name: 'Name', items: 'Pieces', count: 'Sales', amount: 'Amount', more: (n: number) => `${n} more products: the spreadsheet has all of them.`, beforeRefunds: 'before refunds',
  online: 'Paid through ECPay', method: 'Method', paid: 'Paid', late: 'Late', over: 'Twice', expired: 'Ran out', pending: 'Open', fee: 'Fee (est.)', payout: 'Paid out (est.)',
  feeHint: 'Rates and days are in the settings file under [gateway.fees]. These are estimates: what ECPay kept stands in its statements.', noFee: '—', payoutOf: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
  csv: (what: string) => `${what}: save as a spreadsheet`, csvShort: 'Spreadsheet', pdf: 'Save as PDF', saved: (path: string) => `Saved as ${path}`,
};
