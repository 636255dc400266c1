// Takes pictures of every screen, in both languages, light and dark, over the till that the screens' own tests use:
//
//     node scripts/screens.mjs [FOLDER] [NAMES] [PERCENT]      (default: target/screens; NAMES is a regular expression)
//
// PERCENT enlarges everything, as a person with weak eyes does (125 to 200).
//
//     node scripts/screens.mjs --kept [NAMES]
//
// makes those that are kept in docs/screens/states again, with few colours so that they stay small (ImageMagick).
//
// Wants ui/dist built, and chromium with chromedriver. The pictures are for looking at: nothing compares them.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..');
const keeping = process.argv[2] === '--kept';
const [folder = join(root, 'target/screens'), names = '', percent = '100'] = keeping ? [join(root, 'docs/screens/states')] : process.argv.slice(2);
const zoom = Number(percent) / 100;
const enter = '\uE007';
const escape = '\uE00C';
const key = (number) => String.fromCharCode(0xe030 + number);

const click = (testid) => ({ click: testid });
/** From the recent sales into the refund of the newest one. */
/** Ten past two on a Friday in Taipei, so that a morning lies behind every scene; for the daily closing, in the middle of it. */
const itIs = "const at = Date.parse(/closing/.test(location.search) ? '2026-11-20T20:20+08:00' : '2026-11-20T14:10+08:00'), real = Date.now.bind(Date), from = real(); Date.now = () => at + real() - from;";
const intoRefund = [key(4), 300, key(5), 300];
const refundStates = [
  'asking', 'closing', 'morning', 'captured', 'queued', 'sending', 'unknown', 'way', 'overdue', 'cash', 'transfer', 'office', 'terminal', 'balance', 'refused', 'unclear', 'listed',
  'done', 'released', 'handed', 'dropped',
];

/** Name, scene, how many products are rung up, and what leads there: keys, pauses, presses. */
const cashier = [
  ['ring-up', '', 6], ['cash', '', 6, key(8), '500'], ['closed', '', 6, key(8), '1000', enter], ['methods', '', 6, key(9)],
  ['pay', 'waiting', 6, key(9), enter], ['pay-display', 'display', 6, key(9), enter], ['pay-display-lost', 'display-lost', 6, key(9), enter],
  ...['opened', 'confirming', 'unknown', 'wrong-amount', 'failed', 'expired', 'code', 'bars'].map((scene) => [`pay-${scene}`, scene, 6, key(9), enter, 1200]),
  ['pay-cancel', 'waiting', 6, key(9), enter, escape], ['pay-held', 'unknown', 6, key(9), enter, 1200, escape, escape],
  ['override', 'held', 6, key(9), enter, 1200, click('release'), 200, click('approver-zhang'), click('approval-reason-0'), { focus: 'approval-pin' }, '2345'], ['unverified', 'held', 6, key(9), enter, 1200, click('vouch'), 200, click('approver-zhang'), click('approval-reason-1'), { focus: 'approval-pin' }, '2345', enter, 300],
  ['unverified-recent', 'held', 6, key(9), enter, 1200, click('vouch'), 200, click('approver-zhang'), click('approval-reason-1'), { focus: 'approval-pin' }, '2345', enter, 300, enter, key(4)],
  ['late-money', 'late', 6, key(9), enter, escape, escape, 300],
  ['silent', 'silent', 6, key(9), enter], ['notices', 'notices', 6], ['recovered', 'recovered', 0], ['tasks', 'tasks', 0, key(7)], ['tasks-owned', 'tasks-of-people', 0, key(7)], ['no-tasks', '', 0, key(7)],
  ['recent', '', 0, key(4)], ['report', '', 0, key(6)], ['relay', 'relay', 0, key(6)], ['relay-away', 'relay-away', 0, key(6)],
  ['refund-find', 'refunds', 0, key(5)], ['refund-none', '', 0, key(5)], ['refund-choose', 'refund', 0, ...intoRefund], ['refund-part', 'refund', 0, ...intoRefund, '1', enter, '\uE014'], ['refund-whole', 'refund-split', 0, ...intoRefund, 'a', enter, '\uE014', enter],
  ['refund-instead', 'refund', 0, ...intoRefund, 'a', click('refund-ways-1')], ['refund-nobody', 'refund-unattended', 0, ...intoRefund, 'a', click('refund-ways-1')], ['refund-approve', 'refund', 0, ...intoRefund, '1', enter, enter, enter, 300],
  ['refund-made', 'refund', 0, ...intoRefund, '1', enter, enter, enter, 300, '2345', enter, 2200], ['refund-by-hand', 'refund-balance', 0, key(5), 300, click('refund-by-hand')],
  ['refund-slip', 'refund-way', 0, key(5), 300, click('refund-slip')], ['refund-tasks', 'refund-tasks', 0, key(7)], ['refund-report', 'refunds', 0, key(6), 300, { scroll: 'report-refund-ways' }],
  ...refundStates.map((state) => [`refund-is-${state}`, `refund-${state}`, 0, key(5), 300]),
  ...['journal', 'newer', 'disk', 'missing', 'locked', 'settings', 'twice'].map((scene) => [`stopped-${scene}`, `stopped-${scene}`, 0]),
];
/** What docs/screens/states holds, each in both languages, light and dark. */
const kept = [
  'pay-unknown', 'pay-wrong-amount', 'pay-held', 'override', 'unverified', 'unverified-recent', 'late-money', 'silent', 'recovered', 'tasks-owned', 'recent',
  'refund-find', 'refund-part', 'refund-whole', 'refund-instead', 'refund-approve', 'refund-made', 'refund-by-hand', 'refund-slip', 'refund-tasks', 'refund-report',
  'refund-is-closing', 'refund-is-captured', 'refund-is-unknown', 'refund-is-cash', 'refund-is-office', 'refund-is-balance', 'refund-is-listed', 'refund-is-done',
];
const only = keeping ? new RegExp(`^(?=.*(?:${process.argv[3] ?? ''}))(${kept.join('|')})-(zh|en)-(light|dark)$`) : new RegExp(names);
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
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let session = '';
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
  mkdirSync(folder, { recursive: true });
  const save = async (name) => {
    const file = join(folder, `${name}.png`);
    writeFileSync(file, Buffer.from(await ask('GET', `${session}/screenshot`), 'base64'));
    if (keeping) spawnSync('convert', [file, '+dither', '-colors', '48', '-strip', '-define', 'png:compression-level=9', `PNG8:${file}`], { stdio: 'inherit' });
    console.log(join(folder, `${name}.png`));
  };
  const inPage = (script) => ask('POST', `${session}/execute/sync`, { script, args: [] });
  for (const scene of customer) {
    const name = `customer-${scene}`;
    if (!only.test(name)) continue;
    await ask('POST', `${session}/url`, { url: `${base}/customer.html?scene=${scene}` });
    await pause(150);
    await save(name);
  }
  for (const language of ['zh', 'en']) {
    for (const theme of ['light', 'dark']) {
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
          else if (step.click !== undefined) await inPage(`document.querySelector('[data-testid="${step.click}"]').click()`);
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
        await save(name);
      }
    }
  }
} finally {
  if (session !== '') await ask('DELETE', session).catch(() => undefined);
  driver.kill();
  server.close();
}
