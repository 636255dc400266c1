// A receipt picture for the fake till, drawn on a canvas; where there is none (tests), one white dot.

import type { CartLine, Refund, Tender } from '../bindings';

const whiteDot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';

export type FakePaper = { shop: string; sale: string; at_ms: number; lines: readonly CartLine[]; total: number; tax: number; tenders: readonly Tender[]; copy: number };

export function drawReceipt(paper: FakePaper): string {
  return draw(rowsOf(paper));
}

/** What the customer takes home with a refund, as far as a fake needs it; the real one is made by the `paper` crate. */
export function drawRefundSlip(shop: string, refund: Refund, copy: number): string {
  const when = new Date(refund.requested_ms).toLocaleString('zh-TW', { timeZone: 'Asia/Taipei', hour12: false });
  return draw([
    { middle: shop, big: true },
    { middle: copy > 0 ? `退款單 副本 ${copy}` : '退款單' },
    { left: refund.number, right: when },
    { left: `交易 ${refund.sale}` },
    { rule: true },
    ...refund.items.map((item): Row => ({ left: `${item.name} x ${item.quantity}`, right: `$${item.amount}` })),
    { rule: true },
    { left: '退款', right: `$${refund.amount}`, big: true },
    { left: '原因', right: refund.reason },
    { rule: true },
    { left: '顧客簽名' }, {}, { rule: true },
  ]);
}

function draw(rows: readonly Row[]): string {
  if (typeof CanvasRenderingContext2D === 'undefined') return whiteDot;
  const canvas = document.createElement('canvas');
  const [width, step, margin] = [576, 38, 28];
  canvas.width = width;
  canvas.height = rows.length * step + margin * 2;
  const pen = canvas.getContext('2d');
  if (pen === null) return whiteDot;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, canvas.height);
  pen.fillStyle = '#000';
  rows.forEach((row, at) => {
    const y = margin + (at + 0.75) * step;
    pen.font = `${row.big === true ? 'bold 32px' : '25px'} 'Noto Sans TC','Noto Sans CJK TC',sans-serif`;
    if (row.rule === true) pen.fillRect(margin, y - 10, width - margin * 2, 2);
    if (row.middle !== undefined) {
      pen.textAlign = 'center';
      pen.fillText(row.middle, width / 2, y);
    }
    if (row.left !== undefined) {
      pen.textAlign = 'left';
      pen.fillText(row.left, margin, y, 380);
    }
    if (row.right !== undefined) {
      pen.textAlign = 'right';
      pen.fillText(row.right, width - margin, y);
    }
  });
  return canvas.toDataURL('image/png').replace('data:image/png;base64,', '');
}

type Row = { left?: string; right?: string; middle?: string; big?: boolean; rule?: boolean };

function rowsOf(paper: FakePaper): Row[] {
  const when = new Date(paper.at_ms).toLocaleString('zh-TW', { timeZone: 'Asia/Taipei', hour12: false });
  return [
    { middle: paper.shop, big: true },
    { middle: paper.copy > 0 ? `副本 ${paper.copy}` : '銷售收據' },
    { left: paper.sale, right: when },
    { rule: true },
    ...paper.lines.flatMap((line): Row[] => [
      { left: line.name },
      { left: `  ${line.quantity} x ${line.unit_price}`, right: `${line.amount}${line.tax === 'taxable' ? ' TX' : ''}` },
    ]),
    { rule: true },
    { left: '合計', right: `$${paper.total}`, big: true },
    { left: '內含營業稅 5%', right: `$${paper.tax}` },
    ...paper.tenders.flatMap((tender): Row[] =>
      tender.kind === 'cash'
        ? [{ left: '現金', right: `$${tender.received}` }, { left: '找零', right: `$${tender.change}` }]
        : [{ left: '掃碼付款', right: `$${tender.amount}` }, { left: tender.kind === 'online' ? tender.number : '' }],
    ),
    { rule: true },
    { middle: '非統一發票' },
  ];
}
