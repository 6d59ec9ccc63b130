// Node's answers to the vectors, and how many of the flips of one bit it takes: `node check_vectors.mjs SEAL.js VECTORS.json`.
import { readFileSync } from "node:fs";

const [, , script, vectors] = process.argv;
const { opened } = await import("data:text/javascript," + encodeURIComponent(readFileSync(script, "utf8")));
const { jwks, cases } = JSON.parse(readFileSync(vectors, "utf8"));
const parts = (text) => [text.slice(text.indexOf("#") + 1), text.slice(0, text.indexOf("#")).split("/").pop().toUpperCase()];
const answer = (fragment, id) => opened(fragment, id, jwks).then(() => "", (error) => error.message);

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const bytesOf = (text) => { const bits = [...text].map((one) => ALPHABET.indexOf(one).toString(2).padStart(5, "0")).join("");
  return Array.from({ length: bits.length >> 3 }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8), 2)); };
const spelt = (raw) => { const bits = raw.map((one) => one.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[parseInt(five.padEnd(5, "0"), 2)]).join(""); };

const [good, id] = parts(cases[0].text), raw = bytesOf(good);
let flips = 0, taken = 0;
for (let bit = 0; bit < raw.length * 8; bit++) {
  const flipped = raw.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
  flips++;
  if (!(await answer(spelt(flipped), id))) taken++;
}
const began = performance.now();
for (let time = 0; time < 200; time++) await opened(good, id, jwks);
const milliseconds = (performance.now() - began) / 200;
const told = await Promise.all(cases.map(async (one) => [one.name, await answer(...parts(one.text))]));
console.log(JSON.stringify({ told: Object.fromEntries(told), flips, taken, milliseconds, back: spelt(raw) === good }));
