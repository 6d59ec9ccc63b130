// What the page's script says of codes, with the digest that the page compares with the register: `node asking.mjs SEAL.js`,
// { jwks, codes: [[fragment, id], ...] } on standard input.
import { readFileSync } from "node:fs";

const { opened } = await import("data:text/javascript," + encodeURIComponent(readFileSync(process.argv[2], "utf8")));
const { jwks, codes } = JSON.parse(readFileSync(0, "utf8"));
const hex = (raw) => Buffer.from(raw).toString("hex");
const told = async ({ message = "", cose }) => [message, cose ? hex(await crypto.subtle.digest("SHA-256", cose)) : ""];
console.log(JSON.stringify(await Promise.all(codes.map(([fragment, id]) => opened(fragment, id, jwks).catch((error) => error).then(told)))));
