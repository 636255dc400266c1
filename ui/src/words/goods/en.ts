// Texts of the product screens: list, form, import and export, weighing, the scanner's test page.

import { money } from '../../shared/money';
import type { FileWords, WrongWords } from '../shape';
import type { goods as zh } from './zh';

const wrong: WrongWords = {
  code: (w) => `A code is 1 to 24 letters, digits, dots or dashes, not “${w.given}”`, code_twice: (w) => `Code ${w.code} is already on line ${w.line}`, code_taken: (w) => `There is a product ${w.code} already`,
  barcode: (w) => `A barcode is 4 to 48 letters and digits, not “${w.given}”`, check_digit: (w) => `The last digit of ${w.given} should be ${w.expected}: probably mistyped`, barcode_twice: (w) => `Barcode ${w.barcode} is already on line ${w.line}`, barcode_taken: (w) => `Barcode ${w.barcode} already belongs to product ${w.product}`,
  name: (w) => `A name has 1 to ${w.max} characters that can be seen`, category: () => 'A category has 1 to 24 characters', price: (w) => `A price is between 0 and ${money(w.max)}`, not_dollars: (w) => `“${w.given}” is not a whole number of dollars`,
  tax: (w) => `“${w.given}” is not taxable, zero or exempt`, unit: (w) => `“${w.given}” is not piece or kg`, yes_or_no: (w) => `“${w.given}” is not yes or no`, later_price: (w) => `“${w.given}” should look like 2026-12-31 45`, day: (w) => `“${w.given}” should look like 2026-12-31`,
  too_many: (w) => `At most ${w.codes} barcodes and ${w.prices} later prices, one a day`, row: () => 'The row cannot be read',
};

const file: FileWords = {
  not_text: () => ({ what: 'This file is no text', next: 'Save it as “CSV UTF-8” in the spreadsheet and choose it again.' }),
  column: (f) => ({ what: `The first line has no column “${f.missing}”`, next: 'It needs code, barcode, name, category, price and tax. Export once to see how.' }),
  column_twice: (f) => ({ what: `The first line has “${f.twice}” twice`, next: 'Remove one and choose the file again.' }),
  empty: () => ({ what: 'There are no products in the file', next: 'See whether it is the right file.' }),
  too_long: (f) => ({ what: 'The file is too large', next: `At most ${f.rows.toLocaleString('en')} rows and ${f.megabytes} MB: split it.` }),
};

export const goods: typeof zh = {
  title: 'Products', lead: (n) => `${n.toLocaleString('en')} products`, favourites: 'Favourites', perKilogram: '/kg', pages: 'Pages', range: (from, to, total) => `${from} to ${to} of ${total.toLocaleString('en')}`, before: 'Back', after: 'More',
  search: 'Find a product', searchHint: 'Name, code, barcode or first sounds', none: 'Nothing matches', pick: 'Choose one to change, or add one', laterMark: 'Price will change', favouriteMark: 'Favourite',
  add: 'Add product', import: 'Import', export: 'Export', scanner: 'Test scanner', exported: (n, path) => `${n} products exported to ${path}`,
  code: 'Code', codeHint: 'Letters, digits, dots, dashes; fixed once saved', barcodes: 'Barcodes', barcodesHint: 'Just scan; a product can have several', addBarcode: 'Add a barcode', removeBarcode: (code) => `Remove barcode ${code}`, name: 'Name', category: 'Category', price: 'Price', pricePiece: 'Price each', priceKilo: 'Price per kg', unit: 'Sold', byPiece: 'by the piece', byWeight: 'by weight',
  tax: 'Tax', favourite: 'Keep among favourites', later: 'Later prices', laterHint: 'Change by themselves on that day', from: 'From', addLater: 'Add a date', removeLater: (day) => `Remove the price from ${day}`,
  save: 'Save', cancel: 'Leave it', retire: 'Retire', retireSure: 'Really retire?', saved: (name) => `Saved: ${name}`, retired: (name) => `Retired: ${name}`, changed: 'Somebody has just changed this product. What you typed is still here: compare, then save again.', changedNow: (name, price) => `It is now: ${name}, ${price}`, changedOver: 'Keep mine', changedReload: 'Show the latest',
  importTitle: 'Import products', importLead: 'First it is checked and nothing changes; then everything is taken at once.', choose: 'Choose a file…', chooseHint: 'CSV as Excel saves it: UTF-8, Big5 or Unicode text, up to 100,000 rows.', reading: (name) => `Checking ${name}`, stop: 'Stop', stopped: 'Stopped; nothing was changed.', writing: 'Writing…',
  added: 'New', changedCount: 'Changed', repriced: 'of them in price', same: 'The same', good: 'All good. Nothing is written yet.', take: (n) => `Take ${n} products`, nothing: 'The file is exactly what the till has: nothing to import.', problems: (n, more) => `${more ? 'More than ' : ''}${n} problems; nothing was imported`, problemsHint: 'Correct the file and choose it again.', line: 'Line', what: 'Problem', done: (n) => `${n} products imported`, again: 'Another file',
  weighTitle: (name) => `${name}: how heavy?`, weighHint: 'Read the grams off the scale, then press Enter.', grams: 'Grams',
  drawerShort: 'Drawer', drawerTitle: 'Open the drawer without a sale', drawerHint: 'Who, when and why goes into the journal and the report.', drawerYes: 'Open it',
  returnShort: 'Return', returnTitle: (text) => `Return without a sale: ${text} in cash`, returnHint: 'The goods on the counter come back, the money leaves the drawer. If you can find the sale, refund it from “Recent”.', returnYes: (text) => `Pay out ${text}`, returnReasonHint: 'e.g. no receipt, defective',
  tallies: 'Worth a look', tally: { drawer_opened: 'Drawer opened without a sale', goods_returned: 'Returns without a sale', approved: (act) => `Approved: ${act}` }, times: (n) => `${n} ×`,
  scan: {
    title: 'Test the scanner', lead: 'Scan anything and see what arrives. Nothing is sold on this page.', wait: 'Scan a barcode', waitHint: 'If nothing happens, see whether the scanner is in “keyboard” mode.', now: 'Settings now', prefix: 'Types before', suffix: 'Types after', end: 'Ends with', none: 'nothing', enter: 'Enter', tab: 'Tab', change: 'Change them in the settings, under “Scanner and scale”.',
    key: 'Character', gap: 'Gap', ms: (n) => `${n} ms`, took: 'The till takes it for', scan: (code) => `barcode ${code}`, typing: 'a person typing', typingHint: 'A scanner types a character every 35 ms or faster, then the end key.', product: (name) => `Product: ${name}`, unknown: 'No such product', mean: (n) => `${n} ms on average`, clear: 'Clear',
    shapes: { carrier: 'invoice carrier', wallet: 'customer’s payment code', product: 'product barcode', other: 'something else' },
  },
  wrong, file,
};
