// The seal of a document, checked by WebCrypto alone: strict, without a dependency, the same in a page and in Node.
// `opened` answers { slots, cose } or throws an Error whose message is "spelling", "shape", "practice", "version",
// "browser", "unknown key", "signature", "revoked key" or "key of other days". `listed` reads the signed status list and
// answers { state, asOf, expires, fresh }: "" is the state of a document that the list cannot know; it throws "list" for
// one that is not ours, "browser" where it cannot be unpacked. See docs/verify.md for the layouts.
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const MOST_BYTES = 400, LAST_DAY = 2_000_000, DAY = 86400;
const MOST_LIST = 2 ** 22, MOST_UNPACKED = 2 ** 26, STATES = ["valid", "revoked", "suspended", "replaced"];
const fail = (why) => { throw new Error(why); };

export async function opened(fragment, id, jwks) {
  const cose = bytesOf(fragment.toUpperCase());
  const { sealed, payload, signature, header } = parts(cose);
  const slots = array(decoded(payload));
  if (header.size !== 2) fail("shape");
  if (isPractice(header.get(4))) fail("practice"); // never genuine, whoever publishes the key
  if (slots[0] !== 1) fail("version");
  if (!areWellTyped(slots)) fail("shape");
  if (!globalThis.crypto?.subtle) fail("browser"); // no secure context: the address does not begin with https
  const message = toBeSigned(sealed, new TextEncoder().encode(id), payload), known = keysOf(jwks, header, "qr");
  if (!known.length) fail("unknown key");
  for (const jwk of known) if (await signed(jwk, header.get(1), message, signature)) return inForce(jwk, slots, cose);
  return fail("signature");
}

export async function listed(raw, slots, jwks, now = Date.now() / 1000) {
  const claims = await signedClaims(raw, jwks).catch((error) => fail(error.message === "browser" ? "browser" : "list"));
  const asOf = claims.get(6), expires = claims.get(4), held = claims.get(65533), place = slots[8];
  if (!Number.isInteger(expires) || held?.get?.("bits") !== 2) fail("list");
  const packed = await unpacked(held.get("lst")), entry = packed[place >> 2] >> (place % 4) * 2 & 3;
  const knows = place >> 2 < packed.length && slots[6] <= Math.floor(asOf / DAY + .5); // not one of a later day (half a day for the time zones)
  return { state: knows || entry ? STATES[entry] : "", asOf, expires, fresh: now < expires };
}

async function signedClaims(raw, jwks) {
  if (raw.length > MOST_LIST || raw[0] !== 0xd2) fail("list"); // tag 18: COSE_Sign1
  const { sealed, payload, signature, header } = parts(raw.subarray(1));
  const claims = decoded(payload), message = toBeSigned(sealed, new Uint8Array(), payload), asOf = claims.get(6);
  if (isPractice(header.get(4)) || !Number.isInteger(asOf)) fail("list");
  if (!globalThis.crypto?.subtle) fail("browser");
  for (const jwk of keysOf(jwks, header, "status")) {
    const holds = !jwk.revoked_at && jwk.nbf - DAY <= asOf && asOf <= jwk.exp;
    if (holds && await signed(jwk, header.get(1), message, signature)) return claims;
  }
  return fail("list");
}

async function unpacked(zlib) {
  if (!isBytes(zlib)) fail("list");
  if (!globalThis.DecompressionStream) fail("browser");
  const reader = new Blob([zlib]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const out = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read().catch(() => fail("list"));
    if (done) break;
    if ((size += value.length) > MOST_UNPACKED) fail("list");
    out.push(value);
  }
  return new Uint8Array(await new Blob(out).arrayBuffer());
}

function parts(raw) {
  const [sealed, open, payload, signature, ...more] = array(decoded(raw));
  if (more.length || !isBytes(sealed) || !isBytes(payload) || !isBytes(signature)) fail("shape");
  if (!(open instanceof Map) || open.size || signature.length !== 64) fail("shape");
  const header = decoded(sealed);
  if (!(header instanceof Map) || !header.has(1) || !isBytes(header.get(4))) fail("shape");
  return { sealed, payload, signature, header };
}

const keysOf = (jwks, header, purpose) => {
  const kid = base64url(header.get(4));
  return jwks.keys.filter((jwk) => jwk.kid === kid && jwk.takwin_purpose === purpose);
};

async function signed(jwk, algorithm, message, signature) {
  const es = jwk.alg === "ES256";
  if (algorithm !== (es ? -7 : -8)) return false;
  const { kty, crv, x, y } = jwk;
  const shape = es ? { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } : { name: "Ed25519" };
  const key = await crypto.subtle.importKey("jwk", es ? { kty, crv, x, y } : { kty, crv, x }, shape, false, ["verify"])
    .catch(() => fail("browser"));
  return crypto.subtle.verify(shape, key, signature, message);
}

// A day of tolerance before the key begins, for the time zones: its days are whole days of UTC.
function inForce(jwk, slots, cose) {
  // What a leaked key sealed may be forged: only whoever holds the register can tell, and compares these bytes with it.
  if (jwk.revoked_at) throw Object.assign(new Error("revoked key"), { slots, cose });
  const begins = Math.floor(jwk.nbf / DAY) - 1, ends = Math.floor(jwk.exp / DAY);
  if (slots[6] < begins || slots[6] > ends) fail("key of other days");
  return { slots, cose };
}

function areWellTyped(slots) {
  const whole = (value) => Number.isInteger(value) && value >= 0 && value < 2 ** 40;
  const words = (value) => typeof value === "string" && value === value.normalize("NFC");
  const orNull = (kind) => (value) => value === null || kind(value);
  const kinds = [, whole, orNull(words), orNull(words), orNull((value) => words(value) || whole(value)), orNull(whole), whole,
    orNull(whole), whole, orNull(whole), (value) => isBytes(value) && value.length === 32];
  return (slots.length === 10 || slots.length === 11) && slots.every((value, place) => !place || kinds[place](value))
    && Math.max(slots[6], slots[7] ?? 0) <= LAST_DAY;
}

function bytesOf(spelt) {
  if (!/^[A-Z2-7]+$/.test(spelt) || spelt.length > (MOST_BYTES * 8) / 5) fail("spelling");
  const out = [];
  let held = 0, bits = 0;
  for (const letter of spelt) {
    held = (held << 5) | ALPHABET.indexOf(letter);
    bits += 5;
    if (bits >= 8) { bits -= 8; out.push((held >> bits) & 255); held &= (1 << bits) - 1; }
  }
  if (held || bits > 4) fail("spelling"); // another spelling of the same bytes
  return Uint8Array.from(out);
}

// Deterministic CBOR only: shortest numbers, definite lengths, sorted keys, no tags. Anything else is refused.
function decoded(raw) {
  let at = 0;
  const byte = () => (at < raw.length ? raw[at++] : fail("shape"));
  const number = (info) => {
    if (info < 24) return info;
    if (info > 27) fail("shape");
    let value = 0;
    for (let size = 1 << (info - 24); size; size--) value = value * 256 + byte();
    if (value < [24, 256, 65536, 2 ** 32][info - 24] || value > Number.MAX_SAFE_INTEGER) fail("shape");
    return value;
  };
  const item = () => {
    const head = byte(), major = head >> 5;
    if (head === 0xf4 || head === 0xf5) return head === 0xf5;
    if (head === 0xf6) return null;
    if (major > 5) fail("shape");
    const size = number(head & 31);
    if (major === 0) return size;
    if (major === 1) return -1 - size;
    if (size > raw.length) fail("shape");
    if (major === 2 || major === 3) {
      const part = raw.slice(at, (at += size));
      if (part.length !== size) fail("shape");
      if (major === 2) return part;
      try { return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(part); } catch { fail("shape"); }
    }
    if (major === 4) return Array.from({ length: size }, item);
    const map = new Map();
    let last = "";
    for (let i = 0; i < size; i++) {
      const began = at, key = item(), spelt = String.fromCharCode(...raw.subarray(began, at));
      if ((!Number.isInteger(key) && typeof key !== "string") || spelt <= last) fail("shape");
      last = spelt;
      map.set(key, item());
    }
    return map;
  };
  const value = item();
  if (at !== raw.length) fail("shape");
  return value;
}

const isBytes = (value) => value instanceof Uint8Array;
const isPractice = ([p, r]) => p === 0x50 && r === 0x52; // "PR"
const array = (value) => (Array.isArray(value) ? value : fail("shape"));
const joined = (...all) => {
  const out = new Uint8Array(all.reduce((size, part) => size + part.length, 0));
  all.reduce((at, part) => { out.set(part, at); return at + part.length; }, 0);
  return out;
};
const toBeSigned = (sealed, outside, payload) => joined([0x84], text("Signature1"), bytes(sealed), bytes(outside), bytes(payload));
const head = (major, size) => size < 24 ? [major | size] : size < 256 ? [major | 24, size]
  : size < 65536 ? [major | 25, size >> 8, size & 255] : [major | 26, size >> 24 & 255, size >> 16 & 255, size >> 8 & 255, size & 255];
const text = (value) => { const raw = new TextEncoder().encode(value); return joined(head(0x60, raw.length), raw); };
const bytes = (raw) => joined(head(0x40, raw.length), raw);
const base64url = (raw) => btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
