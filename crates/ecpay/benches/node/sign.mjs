// Times CheckMacValue in ECPay's official Node SDK (ecpay_aio_nodejs) on the orders given as a JSON file.
//
//   node sign.mjs orders.json     {"hash_key", "hash_iv", "rounds", "orders": [{name: value}]}
//
// Prints one line of JSON: {"per_second": [one number a round], "macs": [one per order]}.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Helper = require("ecpay_aio_nodejs/lib/ecpay_payment/helper.js");

const { hash_key: HashKey, hash_iv: HashIV, rounds, orders } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const helper = new Helper({ OperationMode: "Test", MercProfile: { MerchantID: "3002607", HashKey, HashIV } });

// The SDK prints every line it hashes. Printing is not signing, so it is not timed.
const print = console.log;
console.log = () => {};

const macs = orders.map((order) => helper.gen_chk_mac_value(order));
const perSecond = [];
for (let round = 0; round <= rounds; round += 1) {
  let signed = 0;
  const start = process.hrtime.bigint();
  let spent = 0;
  while (spent < 0.3) {
    for (const order of orders) helper.gen_chk_mac_value(order);
    signed += orders.length;
    spent = Number(process.hrtime.bigint() - start) / 1e9;
  }
  // The first round warms the compiler up.
  if (round > 0) perSecond.push(signed / spent);
}
print(JSON.stringify({ per_second: perSecond, macs }));
