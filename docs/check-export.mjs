// Checks an export of a sales journal without the program that wrote it:
//
//     guitaictl export --home DIR --to records.jsonl && node docs/check-export.mjs records.jsonl
//
// Each line is one record. Its hash is SHA-256 over a fixed text, the hash of the record before it, four numbers of eight
// bytes (most significant first) and four texts, each with its length in bytes before it; see crates/journal/src/chain.rs.
// The last hash is the head that the next report prints: compare it with the paper.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const number = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
const text = (value) => {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([number(bytes.length), bytes]);
};

let [count, head] = [0, '00'.repeat(32)];
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const record = JSON.parse(line);
  const body = typeof record.body === 'string' ? record.body : JSON.stringify(record.body);
  const hash = createHash('sha256')
    .update('guitai journal event, layout 1\n')
    .update(Buffer.from(head, 'hex'))
    .update(Buffer.concat([record.seq, record.version, record.at_ms, record.kind_version].map(number)))
    .update(Buffer.concat([record.stream, record.operator, record.kind, body].map(text)))
    .digest('hex');
  if (record.seq !== count + 1 || record.previous !== head || record.hash !== hash) {
    console.error(`record ${record.seq} does not follow from record ${count}`);
    process.exit(1);
  }
  [count, head] = [record.seq, hash];
}
console.log(`${count} records, whole; head ${head}`);
