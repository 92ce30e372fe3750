// What a customer's phone fetches before the first message can be sent: index.html and every script and style it names, gzipped.
/* eslint-disable no-console -- what a command prints */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 60 * 1024;
const folder = new URL("../../dist/consumer/", import.meta.url);

function sizeOf(name) {
  return gzipSync(readFileSync(new URL(name, folder)), { level: 6 }).length;
}

let page;
try {
  page = readFileSync(new URL("index.html", folder), "utf8");
} catch {
  console.error("consumer: not built; run `npm run build -w @hutong/consumer` first");
  process.exit(1);
}
const waiting = [...page.matchAll(/(?:src|href)="\/assets\/consumer\/([^"]+)"/g)].map(([, name]) => name);
const fetched = new Set(["index.html"]);
while (waiting.length) {
  const name = waiting.pop();
  if (fetched.has(name)) continue;
  fetched.add(name);
  if (!name.endsWith(".js")) continue;
  // Static imports are fetched before the script runs; import() is not, as it is called with a bracket.
  const script = readFileSync(new URL(name, folder), "utf8");
  for (const [, path] of script.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) waiting.push(`assets/${path}`);
}
let total = 0;
for (const name of fetched) {
  const size = sizeOf(name);
  total += size;
  console.log(`${String(size).padStart(7)}  ${name}`);
}
const kilobytes = (total / 1024).toFixed(1);
console.log(`${String(total).padStart(7)}  in all: ${kilobytes} KB gzipped of ${LIMIT / 1024} KB`);
if (total > LIMIT) {
  console.error("consumer: over its size");
  process.exit(1);
}
