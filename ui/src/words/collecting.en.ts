// English: what is said about whom the till collects for, and with which keys.

import type { collectingZh } from './collecting.zh';
import type { KeysProblemWords, KeysStateWords, KeysTestWords } from './shape';

const tests: KeysTestWords = {
  works: (t) => ({ what: 'It works', next: `ECPay knows merchant ${t.merchant} and these keys.` }),
  no_keys: () => ({ what: 'There are no keys yet', next: 'Fill in MerchantID, HashKey and HashIV first.' }),
  wrong_keys: () => ({ what: 'Keys and MerchantID do not go together', next: 'Copy the payment HashKey and HashIV again from ECPay\'s console, without spaces around them.' }),
  other_product: () => ({ what: 'These are another product\'s keys', next: 'Invoices and logistics have keys of their own. Take the payment pair, and see whether the environment is the right one.' }),
  public_keys: () => ({ what: 'These are ECPay\'s public test keys', next: 'Production needs the shop\'s own.' }),
  no_such_merchant: () => ({ what: 'ECPay does not know that MerchantID', next: 'Test and production have different ones; see whether the environment is the right one.' }),
  clock_off: (t) => ({ what: `The computer's clock is ${Math.abs(t.minutes)} minutes ${t.minutes > 0 ? 'ahead' : 'behind'}`, next: 'ECPay takes three minutes at most. Set the clock, then test again.' }),
  not_reached: () => ({ what: 'ECPay cannot be reached', next: 'Look at the network and test again. Whether the keys are right is not known yet.' }),
  refused: () => ({ what: 'ECPay refuses questions for now (403)', next: 'It was asked too often, or something blocks it. Test again in half an hour.' }),
  out_of_order: () => ({ what: 'ECPay is out of order just now', next: 'Maintenance, perhaps. Test again later; whether the keys are right is not known yet.' }),
  other: (t) => ({ what: `ECPay answered ${t.code}`, next: 'Tell ECPay\'s support that code.' }),
};

const problems: KeysProblemWords = {
  merchant: { what: 'That is no MerchantID', next: 'It has 7 to 10 digits.' },
  key: { what: 'That is no HashKey', next: 'It has exactly 16 letters, digits or signs.' },
  iv: { what: 'That is no HashIV', next: 'It has exactly 16 letters, digits or signs.' },
  public: { what: 'These are ECPay\'s public test keys', next: 'Production needs the shop\'s own.' },
  passphrase: { what: 'The passphrase is too short', next: 'Use 8 characters or more.' },
  wrong_passphrase: { what: 'That passphrase does not open the sealed keys', next: 'Give the one they were sealed with.' },
  no_store: { what: 'This computer has no place for keys', next: 'Give a passphrase of 8 characters or more; every start then asks for it.' },
  locked: { what: 'The keys are locked', next: 'Give the passphrase they were sealed with.' },
  missing: { what: 'There are no keys for that yet', next: 'Put them in first, then switch.' },
  not_kept: { what: 'The keys were not kept', next: 'Things are as they were. Try again; if that fails, see the log.' },
};

const keys: KeysStateWords = {
  public: 'ECPay\'s public test keys', kept: 'Keys are in place', missing: 'No keys yet', locked: 'Keys are locked; the start asks for the passphrase', other_merchant: 'Keys of another merchant are in place', unreadable: 'The keys cannot be read',
};

export const collectingEn: typeof collectingZh = {
  title: 'Where money is collected', why: 'Training: to practise. Test: ECPay\'s test site. Production: money moves.', tests, problems, keys,
  profiles: {
    training: { name: 'Training', hint: 'A built-in gateway; no money moves' }, stage: { name: 'Test', hint: 'ECPay\'s test site; nobody is charged' }, production: { name: 'Production', hint: 'Money moves' },
  },
  now: 'Now', next: 'From the next start', merchantOf: (id) => `Merchant ${id}`,
  formTitle: (name) => `Keys: ${name}`, formWhy: 'Kept in this computer\'s vault. Once kept they are never shown again, and never in the settings file or a log.',
  merchant: 'MerchantID', key: 'HashKey', iv: 'HashIV', passphrase: 'Passphrase (only where this computer has no vault)', leaked: 'The old keys have leaked: take them no longer',
  test: 'Test', testing: 'Testing…', testWhy: 'Asks ECPay about an order that does not exist; no money moves.', keep: 'Keep', switchTo: (name) => `Use "${name}" from the next start`, underWay: (n) => `${n} payments or refunds have no result yet: not now.`,
};
