// Takes pictures of every screen, in both languages, light and dark, over the till that the screens' own tests use:
//
//     node scripts/screens.mjs [FOLDER] [NAMES] [PERCENT]      (default: target/screens; NAMES is a regular expression)
//
// PERCENT enlarges everything, as a person with weak eyes does (125 to 200).
//
//     node scripts/screens.mjs --kept [NAMES]
//
// makes those in docs/screens again (`make screens`): of each screen a sheet with its four looks in docs/screens/all, and some
// at their full size in docs/screens/states; with few colours so that they stay small (ImageMagick).
//
//     node scripts/screens.mjs --access [NAMES]
//
// looks at each with axe-core instead of taking its picture: in Chinese, light, at 200 % text, and in English, dark. axe-core
// (MPL-2.0) comes with the screens' development packages, looks on, and is part of nothing that is shipped.
//
// Wants ui/dist built, and chromium with chromedriver. The pictures are for looking at: nothing compares them.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..');
const keeping = process.argv[2] === '--kept';
const access = process.argv[2] === '--access';
const [folder = join(root, 'target/screens'), names = '', percent = '100'] = keeping ? [undefined, process.argv[3]] : access ? ['', process.argv[3]] : process.argv.slice(2);
const zoom = Number(percent) / 100;
/** Every language with every theme; for axe-core, which takes its time, each once, and one of them with text of twice the size. */
const looks = access
  ? [{ language: 'zh', theme: 'light', text: 200 }, { language: 'en', theme: 'dark', text: 100 }]
  : ['zh', 'en'].flatMap((language) => ['light', 'dark'].map((theme) => ({ language, theme, text: 100 })));
const enter = '\uE007';
const escape = '\uE00C';
const key = (number) => String.fromCharCode(0xe030 + number);

const click = (testid) => ({ click: testid });
/** Ten past two on a Friday in Taipei, so that a morning lies behind every scene; for the daily closing, in the middle of it. */
const itIs = "const at = Date.parse(/closing/.test(location.search) ? '2026-11-20T20:20+08:00' : '2026-11-20T14:10+08:00'), real = Date.now.bind(Date), from = real(); Date.now = () => at + real() - from;";
/** From the recent sales into the refund of the newest one. */
const intoRefund = [key(4), 300, key(5), 300];
/** Through the report to the drawer and the close of the day. */
const toDay = [key(6), 300, key(6), 300];
const refundStates = [
  'asking', 'closing', 'morning', 'captured', 'queued', 'sending', 'unknown', 'way', 'overdue', 'cash', 'transfer', 'office', 'terminal', 'balance', 'refused', 'unclear', 'listed',
  'done', 'released', 'handed', 'dropped',
];

/** What is typed into the fields of a product nobody can sell. */
const absurd = ['@product-code', 'X1', '@product-category', 'X', '@product-name', 'X', '@product-price', '2147483648', '@product-save'];
/** Catalogue files, as chosen by hand. */
const files = {
  bad: 'code,barcode,name,category,price,tax\nN1,,新茶,茶,三十,taxable\nN 2,47,壞茶,,10,taxable\nN3,,,茶,-5,taxable\n',
  good: 'code,barcode,name,category,price,tax\nN1,,新茶,茶,30,taxable\nT001,,四季春青茶,茶飲,40,taxable\n',
};

/** Through the first run, to its step of that number. */
const toStep = (number) => Array.from({ length: number }, () => '@welcome-next');

/** Name, scene, how many products are rung up, and what leads there: keys, pauses, presses, `@` a thing to click, `^` a file, `>` a scan. */
const cashier = [
  ['ring-up', '', 6], ['cash', '', 6, key(8), '500'], ['closed', '', 6, key(8), '1000', enter], ['methods', '', 6, key(9)],
  ['pay', 'waiting', 6, key(9), enter], ['pay-display', 'display', 6, key(9), enter], ['pay-display-lost', 'display-lost', 6, key(9), enter],
  ...['opened', 'confirming', 'unknown', 'wrong-amount', 'failed', 'expired', 'code', 'bars'].map((scene) => [`pay-${scene}`, scene, 6, key(9), enter, 1200]),
  ['pay-cancel', 'waiting', 6, key(9), enter, escape], ['pay-held', 'unknown', 6, key(9), enter, 1200, escape, escape],
  ['override', 'held', 6, key(9), enter, 1200, click('release'), 200, click('approver-zhang'), click('approval-reason-0'), { focus: 'approval-pin' }, '2345'], ['unverified', 'held', 6, key(9), enter, 1200, click('vouch'), 200, click('approver-zhang'), click('approval-reason-1'), { focus: 'approval-pin' }, '2345', enter, 300],
  ['unverified-recent', 'held', 6, key(9), enter, 1200, click('vouch'), 200, click('approver-zhang'), click('approval-reason-1'), { focus: 'approval-pin' }, '2345', enter, 300, enter, key(4)],
  ['late-money', 'late', 6, key(9), enter, escape, escape, 300],
  ['silent', 'silent', 6, key(9), enter], ['notices', 'notices', 6], ['recovered', 'recovered', 0], ['not-printed', 'not-printed', 6, key(8), '1000', enter, 300], ['half-printed', 'half-printed', 2], ['tasks', 'tasks', 0, key(7)], ['tasks-owned', 'tasks-of-people', 0, key(7)], ['no-tasks', '', 0, key(7)],
  ['ring-up-large', 'large', 0], ['weigh', 'large', 0, '@product-W000004'], ['drawer', 'people', 0, '='], ['return-goods', 'people', 4, '&'], ['over-limit', 'people', 4, '%', '@off-50'],
  ['products', 'large', 0, key(1)], ['product', 'large', 0, key(1), '@product-row-W000006'], ['product-new', '', 0, key(1), '@product-add'], ['product-refused', '', 0, key(1), '@product-add', ...absurd],
  ['import', '', 0, key(1), '@products-import'], ['import-refused', '', 0, key(1), '@products-import', '^bad'], ['import-good', '', 0, key(1), '@products-import', '^good'],
  ['scanner', '', 0, key(1), '@scanner-open'], ['scanner-taken', '', 0, key(1), '@scanner-open', '>4710001000084'],
  ['recent', '', 0, key(4)], ['report', '', 0, key(6)], ['relay', 'relay', 0, key(6)], ['relay-away', 'relay-away', 0, key(6)],
  ['day', '', 0, ...toDay], ['day-float', '', 0, ...toDay, '@open-shift', '@pieces-1000', '2', enter, enter, '9', enter, enter, '10'], ['shift', 'shift', 0, ...toDay], ['shift-out', 'shift', 0, ...toDay, '@cash-out', '240', '@move-reason', '付牛奶錢'],
  ['shift-count', 'shift', 0, ...toDay, '@count-drawer', '@pieces-1000', '3', enter, '1'], ['shift-short', 'shift-counted', 0, ...toDay], ['day-close', 'shift-closed', 0, ...toDay, '@close-day'],
  ['z-report', 'shift-closed', 0, ...toDay, '@close-day', '@close-day', 300],
  ['range', '', 0, key(6), 300, '@open-range', 700], ['range-year', '', 0, key(6), 300, '@open-range', 700, '@preset-year', 500], ['range-online', '', 0, key(6), 300, '@open-range', 700, { scroll: 'range-online' }],
  ['statement', '', 0, key(6), 300, '@open-statement', 300, '@statement-fetch', 500],
  ['welcome', 'first', 0], ['welcome-shop', 'first', 0, ...toStep(1), '@welcome-name', '巷口'], ['welcome-refused', 'first', 0, ...toStep(1), '@welcome-name', '茶', '@welcome-tax-id', '12345678', '@welcome-next'],
  ['welcome-till', 'first', 0, ...toStep(2)], ['welcome-owner', 'first', 0, ...toStep(3), '@welcome-owner', '林', '@welcome-pin', '4711', '@welcome-pin-again', '47'], ['welcome-goods', 'first', 0, ...toStep(4)], ['welcome-ready', 'first', 0, ...toStep(5)],
  ['settings', 'people', 0, '@open-settings'], ...['counter', 'scanner', 'screen', 'page', 'gateway', 'relay', 'backup'].map((group) => [`settings-${group}`, 'people', 0, '@open-settings', `@group-${group}`]),
  ['settings-refused', 'people', 0, '@open-settings', '@setting-shop.tax_id-input', '12345678', '@settings-save'], ['settings-wait', '', 4, '@open-settings', '@group-screen', '@setting-customer_display.place-off', '@settings-save'],
  ['settings-approve', 'people', 0, '@open-settings', '@setting-shop.phone-input', '1', '@settings-save'], ['collecting', 'people', 0, '@open-settings', '@group-gateway', '@world-production'], ...['works', 'wrong', 'clock'].map((kind) => [`collecting-${kind}`, `keys-${kind}`, 0, '@open-settings', '@group-gateway', '@world-stage', '@keys-test']),
  ['settings-found', '', 0, '@open-settings', '@settings-search', '折'],
  ['refund-find', 'refunds', 0, key(5)], ['refund-none', '', 0, key(5)], ['refund-choose', 'refund', 0, ...intoRefund], ['refund-part', 'refund', 0, ...intoRefund, '1', enter, '\uE014'], ['refund-whole', 'refund-split', 0, ...intoRefund, 'a', enter, '\uE014', enter],
  ['refund-instead', 'refund', 0, ...intoRefund, 'a', click('refund-ways-1')], ['refund-nobody', 'refund-unattended', 0, ...intoRefund, 'a', click('refund-ways-1')], ['refund-approve', 'refund', 0, ...intoRefund, '1', enter, enter, enter, 300],
  ['refund-made', 'refund', 0, ...intoRefund, '1', enter, enter, enter, 300, '2345', enter, 2200], ['refund-by-hand', 'refund-balance', 0, key(5), 300, click('refund-by-hand')],
  ['refund-slip', 'refund-way', 0, key(5), 300, click('refund-slip')], ['refund-tasks', 'refund-tasks', 0, key(7)], ['refund-report', 'refunds', 0, key(6), 300, { scroll: 'report-refund-ways' }],
  ...refundStates.map((state) => [`refund-is-${state}`, `refund-${state}`, 0, key(5), 300]),
  ...['journal', 'newer', 'disk', 'missing', 'locked', 'settings', 'twice'].map((scene) => [`stopped-${scene}`, `stopped-${scene}`, 0]),
];
/** What docs/screens/states holds at full size, each in both languages, light and dark. */
const kept = [
  'pay-unknown', 'pay-wrong-amount', 'pay-held', 'override', 'unverified', 'unverified-recent', 'late-money', 'silent', 'recovered', 'tasks-owned', 'recent',
  'welcome-shop', 'welcome-ready', 'settings', 'settings-refused', 'collecting-works',
  'not-printed', 'half-printed', 'day', 'shift', 'shift-count', 'shift-short', 'z-report', 'range', 'statement',
  'refund-find', 'refund-part', 'refund-whole', 'refund-instead', 'refund-approve', 'refund-made', 'refund-by-hand', 'refund-slip', 'refund-tasks', 'refund-report',
  'refund-is-closing', 'refund-is-captured', 'refund-is-unknown', 'refund-is-cash', 'refund-is-office', 'refund-is-balance', 'refund-is-listed', 'refund-is-done',
];
const only = new RegExp(names);
const customer = [
  'welcome', 'bill', 'long', 'scan', 'on_phone', 'try_again', 'atm', 'cvs', 'bars', 'review', 'confirming', 'unknown', 'time_up', 'received', 'part', 'thanks', 'change', 'staff',
];

const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const server = createServer((request, response) => {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  try {
    const file = readFileSync(join(root, 'ui/dist', path === '/' ? 'index.html' : path));
    response.writeHead(200, { 'content-type': kinds[extname(path)] ?? (path === '/' ? 'text/html' : 'application/octet-stream') }).end(file);
  } catch {
    response.writeHead(404).end();
  }
});
const base = await new Promise((done) => server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${server.address().port}`)));
const driverPort = 20_000 + (process.pid % 20_000);
const driver = spawn('chromedriver', [`--port=${driverPort}`], { stdio: 'ignore' });

async function ask(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${driverPort}${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${value.message}`);
  return value;
}
const picture = (name) => join(folder, `${name}.png`);
const small = ['+dither', '-colors', '48', '-strip', '-define', 'png:compression-level=9'];
/** Light and dark in one picture want more colours than that. */
const lossy = ['-strip', '-quality', '70', '-define', 'webp:method=6'];
/** Pictures of a size side by side, as one in docs/screens. */
const sheet = (name, names, tile, size) => convert('montage', [...names.map(picture), '-tile', tile, '-geometry', `${size}+6+6`, '-background', '#8a8a8a', ...lossy], `all/${name}.webp`);
function convert(program, args, to) {
  const { status, error } = spawnSync(program, [...args, join(root, 'docs/screens', to)], { stdio: 'inherit' });
  if (status !== 0) throw error ?? new Error(`${program} does not make ${to}`);
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let session = '';
let [looked, failed] = [0, 0];
try {
  for (let tries = 100; session === ''; tries -= 1) {
    const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', '--window-size=1280,800'];
    session = await ask('POST', '/session', { capabilities: { alwaysMatch: { 'goog:chromeOptions': { args } } } }).then(
      (value) => `/session/${value.sessionId}`,
      async (trouble) => { if (tries === 0) throw trouble; await pause(200); return ''; },
    );
  }
  // The size is of the page, not of the window around it.
  await ask('POST', `${session}/goog/cdp/execute`, { cmd: 'Emulation.setDeviceMetricsOverride', params: { width: Math.round(1280 / zoom), height: Math.round(800 / zoom), deviceScaleFactor: zoom, mobile: false } });
  await ask('POST', `${session}/goog/cdp/execute`, { cmd: 'Page.addScriptToEvaluateOnNewDocument', params: { source: itIs } });
  if (!access) mkdirSync(folder, { recursive: true });
  const save = async (name) => {
    writeFileSync(picture(name), Buffer.from(await ask('GET', `${session}/screenshot`), 'base64'));
    console.log(picture(name));
  };
  const inPage = (script) => ask('POST', `${session}/execute/sync`, { script, args: [] });
  const axe = access ? readFileSync(join(root, 'ui/node_modules/axe-core/axe.min.js'), 'utf8') : '';
  /** What stands between this screen and somebody who sees, hears or moves otherwise: WCAG 2.2, A and AA. */
  const inspect = async (name) => {
    await ask('POST', `${session}/execute/sync`, { script: axe, args: [] });
    const script = `const done = arguments[0];
      axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
        .then((found) => done(found.violations.map((each) => each.id + ': ' + each.help + '\\n    ' + each.nodes.slice(0, 4).map((node) => node.target.join(' ') + '\\n      ' + node.failureSummary.split('\\n').slice(1, 3).join(' ')).join('\\n    '))), (trouble) => done([String(trouble)]));`;
    const violations = await ask('POST', `${session}/execute/async`, { script, args: [] });
    looked += 1;
    if (violations.length === 0) return;
    failed += 1;
    console.error(`${name}\n  ${violations.join('\n  ')}`);
  };
  const look = access ? inspect : save;
  /** Waits for what a step is about: a busy machine paints late. */
  const there = async (testid) => {
    for (let tries = 100; tries > 0 && !(await run('return document.querySelector(`[data-testid="${arguments[0]}"]`) !== null', testid)); tries -= 1) await pause(100);
  };
  const run = (script, ...args) => ask('POST', `${session}/execute/sync`, { script, args });
  const lead = async (step) => {
    const rest = step.slice(1);
    if (step[0] === '@') await there(rest).then(() => run('const at = document.querySelector(`[data-testid="${arguments[0]}"]`); at.click(); at.focus();', rest));
    else if (step[0] === '^') await run('const given = new DataTransfer(); given.items.add(new File([arguments[0]], arguments[1] + ".csv")); const at = document.querySelector("input[type=file]"); at.files = given.files; at.dispatchEvent(new Event("change", { bubbles: true }));', files[rest], rest);
    else await run('for (const key of [...arguments[0], "Enter"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));', rest);
    await pause(250);
  };
  for (const scene of customer) {
    const name = `customer-${scene}`;
    if (!only.test(name)) continue;
    await ask('POST', `${session}/url`, { url: `${base}/customer.html?scene=${scene}` });
    await pause(150);
    await look(name);
  }
  for (const { language, theme, text } of looks) {
    await ask('POST', `${session}/url`, { url: `${base}/` });
    const choose = `localStorage.setItem('guitai.language', '${language}'); localStorage.setItem('guitai.theme', '${theme}');`;
    await ask('POST', `${session}/execute/sync`, { script: choose, args: [] });
    for (const [scene, address, cart, ...steps] of cashier) {
      const name = `${scene}-${language}-${theme}`;
      if (!only.test(name)) continue;
      await ask('POST', `${session}/url`, { url: `${base}/?scene=${address}&cart=${cart}` });
      await pause(200);
      for (const step of steps) {
        if (typeof step === 'number') await pause(step);
        else if (step.length > 1 && '@^>'.includes(step[0])) await lead(step);
        else if (step.click !== undefined) await there(step.click).then(() => inPage(`document.querySelector('[data-testid="${step.click}"]').click()`));
        else if (step.focus !== undefined) await inPage(`document.querySelector('[data-testid="${step.focus}"]').focus()`);
        else if (step.scroll !== undefined) await inPage(`document.querySelector('[data-testid="${step.scroll}"]').scrollIntoView({ block: 'center' })`);
        else {
          // As a person types: slower than a scanner.
          for (const letter of step) {
            await ask('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keys', actions: [{ type: 'keyDown', value: letter }, { type: 'keyUp', value: letter }] }] });
            await pause(120);
          }
        }
      }
      await pause(150);
      if (text !== 100) await run('document.documentElement.style.fontSize = `${arguments[0]}%`', text);
      await look(name);
    }
  }
} finally {
  if (session !== '') await ask('DELETE', session).catch(() => undefined);
  driver.kill();
  server.close();
}

if (keeping) {
  for (const under of ['all', 'states']) mkdirSync(join(root, 'docs/screens', under), { recursive: true });
  for (const [scene] of cashier) {
    const four = looks.map(({ language, theme }) => `${scene}-${language}-${theme}`);
    if (!four.every((name) => only.test(name))) continue;
    if (kept.includes(scene)) for (const name of four) convert('convert', [picture(name), ...small, '-type', 'palette'], `states/${name}.png`);
    sheet(scene, four, '2x2', '640x400');
  }
  const seen = customer.map((scene) => `customer-${scene}`).filter((name) => only.test(name));
  if (seen.length === customer.length) sheet('customer', seen, '6x', '426x267');
}

if (access) {
  console.log(`${looked} screens looked at, ${failed} with something in the way`);
  if (failed > 0 || looked === 0) process.exitCode = 1;
}
