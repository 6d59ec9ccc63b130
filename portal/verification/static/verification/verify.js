// Checks, on this device alone, what the paper's QR holds after "#": it is never sent, and leaves the address at once.
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const fragment = location.hash.slice(1).toUpperCase();
if (fragment) history.replaceState(null, "", location.pathname + location.search);

const said = (name) => document.querySelector(`[data-word="${name}"]`)?.value ?? "";
const page = document.getElementById("sealed");
const fail = (why) => { throw new Error(why); };

function bytesOf(text) {
  if (!/^[A-Z2-7]{8,640}$/.test(text)) fail("seal");
  const out = [];
  let held = 0, bits = 0;
  for (const letter of text) {
    held = (held << 5) | ALPHABET.indexOf(letter);
    bits += 5;
    if (bits >= 8) { bits -= 8; out.push((held >> bits) & 255); held &= (1 << bits) - 1; }
  }
  if (held || bits > 4) fail("seal"); // another spelling of the same bytes
  return Uint8Array.from(out);
}

// Deterministic CBOR only: shortest numbers, definite lengths, sorted keys. Anything else is refused.
function decoded(raw) {
  let at = 0;
  const number = (info) => {
    if (info < 24) return info;
    if (info > 26) fail("seal");
    let value = 0;
    const size = 1 << (info - 24);
    for (let i = 0; i < size; i++) value = value * 256 + (raw[at++] ?? fail("seal"));
    if (value < [24, 256, 65536][info - 24]) fail("seal");
    return value;
  };
  const item = () => {
    const head = raw[at++] ?? fail("seal"), major = head >> 5;
    if (head === 0xf6) return null;
    if (major > 5) fail("seal");
    const size = number(head & 31);
    if (major === 0) return size;
    if (major === 1) return -1 - size;
    if (major === 2 || major === 3) {
      const part = raw.slice(at, (at += size));
      if (part.length !== size) fail("seal");
      return major === 2 ? part : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(part);
    }
    if (size > 16) fail("seal");
    if (major === 4) return Array.from({ length: size }, item);
    const map = new Map();
    let last = -Infinity;
    for (let i = 0; i < size; i++) {
      const key = item();
      if (typeof key !== "number" || key < 0 || key <= last) fail("seal");
      map.set((last = key), item());
    }
    return map;
  };
  const value = item();
  if (at !== raw.length) fail("seal");
  return value;
}

const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const head = (major, size) => (size < 24 ? [major | size] : size < 256 ? [major | 24, size] : [major | 25, size >> 8, size & 255]);
const text = (value) => { const raw = new TextEncoder().encode(value); return joined(head(0x60, raw.length), raw); };
const bytes = (raw) => joined(head(0x40, raw.length), raw);
const base64url = (raw) => btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const hex = (raw) => [...new Uint8Array(raw)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function checked() {
  const cose = bytesOf(fragment);
  const parts = decoded(cose);
  if (!Array.isArray(parts) || parts.length !== 4) fail("seal");
  const [sealed, open, payload, signature] = parts;
  if (!(open instanceof Map) || open.size || signature.length !== 64) fail("seal");
  const header = decoded(sealed), slots = decoded(payload);
  if (!(header instanceof Map) || header.size !== 2 || !Array.isArray(slots)) fail("seal");
  if (slots[0] !== 1) fail("version");
  if (slots.length !== 10 && slots.length !== 11) fail("seal");
  if (!crypto.subtle) fail("browser");
  const answer = await fetch("/.well-known/jwks.json", { credentials: "omit" });
  const kid = base64url(header.get(4));
  const jwk = (await answer.json()).keys.find((key) => key.kid === kid && key.takwin_purpose === "qr") ?? fail("key");
  const day = slots[6] * 86400;
  if (day + 86400 < jwk.nbf || day > jwk.exp || jwk.revoked_at) fail("key");
  const es = jwk.alg === "ES256";
  if (header.get(1) !== (es ? -7 : -8)) fail("seal");
  const shape = es ? { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } : { name: "Ed25519" };
  const { kty, crv, x, y } = jwk;
  const key = await crypto.subtle.importKey("jwk", es ? { kty, crv, x, y } : { kty, crv, x }, shape, false, ["verify"])
    .catch(() => fail("browser"));
  const id = new TextEncoder().encode(page.value);
  const message = joined([0x84], text("Signature1"), bytes(sealed), bytes(id), bytes(payload));
  if (!(await crypto.subtle.verify(shape, key, signature, message))) fail("seal");
  const ours = hex(await crypto.subtle.digest("SHA-256", cose)) === page.dataset.digest;
  return { slots, ours };
}

function tick(code, mark, name) {
  const line = document.getElementById(`tick-${code}`);
  if (!line) return;
  line.className = mark;
  line.querySelector("b").textContent = said(name);
  line.querySelector("p").textContent = said(`${name}_text`);
  line.querySelector("path").setAttribute("d", mark === "y" ? "M5 12.5l4.5 4.5L19 7.5" : mark === "n" ? "M6 6l12 12M18 6L6 18" : "M12 3.5L22 20H2zM12 10v4.5M12 17.2v.1");
}

function condemn(name) {
  document.getElementById("said").textContent = said(`${name}_text`);
  document.getElementById("verdict").className = "verdict v-bad";
  document.getElementById("heading").textContent = said("bad_title");
  const tag = document.getElementById("tag");
  tag.className = "tag bad-t";
  tag.textContent = said("bad_tag");
  document.querySelector(".seal-mark")?.setAttribute("d", "M11 11l10 10M21 11l-10 10");
  document.title = said("bad_title");
}

function row(label, value) {
  if (value === null || value === "" || value === undefined) return;
  const line = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd");
  const held = document.createElement("bdi");
  dt.textContent = label;
  held.textContent = value;
  dd.append(held);
  line.append(dt, dd);
  document.getElementById("claims").append(line);
}

async function show(slots) {
  const tongue = document.documentElement.lang;
  const types = await fetch("/catalogue.json", { credentials: "omit" }).then((answer) => answer.json()).then((all) => all.types).catch(() => ({}));
  const locale = { ar: "ar-TN-u-nu-latn", fr: "fr-TN" }[tongue] ?? "en-GB";
  const day = (days) => days === null ? null : new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(days * 864e5));
  row(said("type"), types[slots[1]]?.[tongue]);
  row(said("holder_ar"), slots[2]);
  row(said("holder_lat"), slots[3]);
  row(said("title"), slots[4]);
  row(said("structure"), slots[5]);
  row(said("level"), slots[9]);
  row(said("issued"), day(slots[6]));
  row(said("expires"), day(slots[7]));
  document.getElementById("signed").hidden = false;
}

if (page && fragment) {
  checked().then(({ slots, ours }) => {
    tick("key", "y", "key_y");
    if (!ours) { tick("seal", "n", "register_n"); condemn("register_n"); return; }
    tick("seal", "y", "seal_y");
    return show(slots);
  }).catch((error) => {
    if (error.message === "key") { tick("key", "n", "key_n"); condemn("key_n"); }
    else if (error.message === "seal") { tick("seal", "n", "seal_n"); condemn("seal_n"); }
    else tick("seal", "w", "seal_w");
  });
}
