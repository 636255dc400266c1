// English: what is said about setting a till up, for the first time and later.

import type { SettingGroup, SettingProblemWords, SettingWords } from './shape';
import type { settingsZh, welcomeZh } from './settings.zh';

const names: SettingWords = {
  'shop.name': { label: 'Shop name', why: 'At the top of receipts, and shown to customers who pay.' },
  'shop.tax_id': { label: 'Tax ID', why: 'Printed on receipts; leave it empty if there is none.' },
  'shop.address': { label: 'Address', why: 'Printed on receipts; may be empty.' },
  'shop.phone': { label: 'Telephone', why: 'Printed on receipts; may be empty.' },
  'shop.header': { label: 'Words at the top of receipts', why: 'Above the goods, one line each: opening hours, say.' },
  'shop.footer': { label: 'Words at the foot of receipts', why: 'At the very end, one line each.' },
  'receipt.language': { label: 'Language of receipts', why: 'Counts from the next receipt on.' },
  'till.id': { label: 'Till number', why: '1 to 3 capital letters or digits, each once in the shop; sale numbers begin with it.' },
  'till.cashier': { label: 'Name while nobody is registered', why: 'Once somebody signs in, receipts name them.' },
  'till.lock_after_minutes': { label: 'Locks when left alone (minutes)', why: '0 for never.' },
  'till.discount_limit_percent': { label: 'A cashier\'s discount limit (%)', why: 'More needs an approval; 100 for no limit.' },
  'till.scale_labels': { label: 'Labels of the scale', why: '12 places a line: its prefix, I for the product, W for grams, P for dollars, x for nothing. For example 21IIIIIWWWWW.' },
  'scanner.prefix': { label: 'What the scanner types before a code', why: 'Most type nothing; F1 has a page that tests it.' },
  'scanner.suffix': { label: 'What the scanner types after a code', why: 'Most type nothing.' },
  'scanner.end': { label: 'The key that ends a code', why: 'Scanners come with Enter.' },
  'day.float': { label: 'Float (dollars)', why: 'What the drawer is to hold when a shift begins.' },
  'day.blind_count': { label: 'Count before the till tells its figure', why: 'The difference shows once the count is recorded.' },
  'backup.folders': { label: 'Folders for backups', why: 'One whole path a line, a USB stick or a share, say; at most 8.' },
  'backup.keep': { label: 'Copies kept in each', why: 'Older ones are removed.' },
  'backup.every_hours': { label: 'At least every so many hours', why: 'And after every Z report.' },
  'customer_display.place': { label: 'Customer\'s display', why: 'Shows the customer the total and the QR code.' },
  'pay_page.minutes': { label: 'A QR code lasts (minutes)', why: 'After that a new payment is opened.' },
  'pay_page.listen': { label: 'Where the pay page listens', why: 'This computer only: 127.0.0.1:8688. Phones on the shop\'s Wi-Fi: 0.0.0.0:8688.' },
  'pay_page.address': { label: 'The address customers\' phones open', why: 'This computer on the shop\'s network: begins with http, ends with :8688. Empty means this computer only.' },
  'pay_page.static_page': { label: 'Pay page on a web site', why: 'Where there is no relay: the https address of that file.' },
  'pay_page.browser_return': { label: 'The payer\'s browser brings the result back', why: 'Leave it on: the screen knows sooner.' },
  'relay.address': { label: 'Address of the relay', why: 'The shop\'s own relay; empty if there is none.' },
  'relay.tell': { label: 'Mail to the owner', why: 'What the owner is told of.' },
  'gateway.burst': { label: 'Questions to ECPay in a row', why: 'Asking too often means 30 minutes of silence; leave it if in doubt.' },
  'gateway.every_seconds': { label: 'Then one more every so many seconds', why: 'Leave it if in doubt.' },
  'gateway.silence_minutes': { label: 'Pause after a refusal (minutes)', why: 'ECPay advises 30.' },
  'gateway.first_check_seconds': { label: 'First question after (seconds)', why: 'From when the customer opened the pay page.' },
  'gateway.refund_api': { label: 'How card refunds are sent', why: 'As ECPay told you; the sealed envelope if it did not.' },
  'gateway.auto_capture': { label: 'ECPay captures every evening', why: 'New shops have it so; take it off only if you switched it off there.' },
  'gateway.previous_keys_days': { label: 'Days that old keys are still taken', why: 'So that messages under way are not taken for forged; 0: not at all.' },
  'stage.return_url': { label: 'Address of notices, test environment', why: 'Public https with {token} in it. A relay takes care of this.' },
  'production.return_url': { label: 'Address of notices, production', why: 'Public https with {token} in it. A relay takes care of this.' },
};

const problems: SettingProblemWords = {
  missing: () => 'This cannot be empty.',
  too_long: (p) => `Too long: at most ${p.max} characters.`,
  unseen: () => 'It has signs in it that cannot be seen or turn the line around; type it again.',
  too_many: (p) => `At most ${p.max} lines.`,
  range: (p) => `Between ${p.min.toLocaleString('en')} and ${p.max.toLocaleString('en')}.`,
  choice: () => 'That value cannot be used; choose again.',
  tax_id_digits: () => 'A tax ID has 8 digits.',
  tax_id_check: () => 'These digits do not go together: one of them may be mistyped.',
  till_id: () => 'Use 1 to 3 capital letters or digits, such as T1.',
  label: () => 'Exactly 12 places: begins with 2 or 02, I for the product, and either W or P.',
  typed: () => 'A scanner types letters, digits and signs only.',
  address: () => 'That address cannot be used; see the line below.',
  rule: (p) => `Not possible: it ${p.rule}`,
};

const groups: Record<SettingGroup, string> = {
  screen: 'Screens', shop: 'Shop and receipts', counter: 'At the till', scanner: 'Scanner and scale', page: 'Pay page', gateway: 'ECPay', relay: 'Relay', backup: 'Backup',
};

export const settingsEn: typeof settingsZh = {
  title: 'Settings', lead: 'Change, then save; the journal keeps who changed what.', search: 'Find a setting', searchHint: 'For example: tax, discount, scanner', none: 'No such setting',
  names, problems, groups, sections: 'Kinds of settings',
  choices: {
    zh: 'Chinese', en: 'English', both: 'Both', enter: 'Enter', tab: 'Tab', second_monitor: 'On the second monitor, when there is one', window: 'In a window from the start', off: 'None',
    paid: 'Paid', late: 'Paid after cancelling', over_paid: 'Paid twice', contradicted: 'Another amount', sealed: 'Sealed envelope (advised)', form: 'Signed form',
  },
  yes: 'Yes', no: 'No', late: 'From the next start', oneLine: 'One line each',
  changes: (n) => `${n} not saved yet`, save: 'Save', discard: 'Discard', saved: 'Saved', savedLate: 'Saved; counts once the program is opened again',
  waits: 'Some changes wait until the program is opened again', restart: 'Open again', restartSure: 'Really open again?', cartStays: 'What is on the counter stays there.', file: (path) => `Settings file: ${path}`,
  languageLabel: 'Language of the screen', languageWhy: 'At once; the sale under way stays as it is.', languages: { zh: 'Chinese', en: 'English' }, themeLabel: 'Light or dark', themeWhy: 'Auto: as the computer has it.',
};

export const welcomeEn: typeof welcomeZh = {
  title: 'Welcome to Guitai', step: (at, of) => `Step ${at} of ${of}`, next: 'Next', back: 'Back', skip: 'Skip all, look around', begin: 'Start practising', beginning: 'One moment…', collecting: 'Set up ECPay next', later: 'All of it can be changed later under Settings.',
  steps: {
    language: { title: 'Which language?', why: 'Screen and receipts may differ.' },
    shop: { title: 'What is the shop called?', why: 'This stands at the top of receipts. It may be empty for now.' },
    till: { title: 'Which till is this?', why: 'Each has a number of its own; sale numbers begin with it.' },
    owner: { title: 'Who owns the shop?', why: 'With an owner, refunds, prices and settings take a PIN. Leave it empty to try things with practice people.' },
    goods: { title: 'What is sold?', why: 'Products can be added and imported at any time.' },
    ready: { title: 'Ready', why: 'You begin in training mode: no money moves, and nothing counts towards real figures.' },
  },
  screen: 'Screen', receipts: 'Receipts', screenLanguages: { zh: 'Chinese', en: 'English' },
  shopExample: 'For example: Corner Shop', ownerExample: 'For example: Ms Chen',
  goods: {
    sample: { name: 'Use sample products', hint: 'A corner shop\'s 196 products, to try at once.' },
    file: { name: 'Import my product file', hint: 'A CSV saved from Excel; you choose it right after this.' },
    none: { name: 'Leave it empty', hint: 'Add them one by one later.' },
  },
  facts: { shop: 'Shop', till: 'Till', owner: 'Owner', goods: 'Products', receipts: 'Receipts' }, sampleShop: 'Sample shop for now', samplePeople: 'Practice people for now', registered: (name) => `${name} (registered)`,
  keys: 'Enter goes on, Esc goes back',
};
