// Checks, on this device alone, what the paper's QR holds after "#": it is never sent, and leaves the address at once.
// The page is the register's answer, or the empty page that the device keeps: then keys and status list are kept ones.
const fragment = location.hash.slice(1).toUpperCase();
if (fragment) history.replaceState(null, "", location.pathname + location.search);

const one = (id) => document.getElementById(id);
const said = (name) => document.querySelector(`[data-word="${name}"]`)?.value ?? "";
const page = one("sealed"), offline = page?.dataset.kept === "yes";
const MARKS = { y: "M5 12.5l4.5 4.5L19 7.5", n: "M6 6l12 12M18 6L6 18", w: "M12 3.5L22 20H2zM12 10v4.5M12 17.2v.1",
  "w as-of": "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 7v5l3.5 2" };
const STARS = { cross: "M11 11l10 10M21 11l-10 10", pause: "M12.5 10.5v11M19.5 10.5v11", check: "M10.2 16.5l4 4 7.6-8.6",
  ask: "M12.5 12.5a3.5 3.5 0 1 1 5 3.1c-1 .6-1.5 1.3-1.5 2.4M16 22.2v.1" };
const LOOKS = { revoked: ["v-bad", "cross", "bad-t"], suspended: ["v-hold", "pause", "warn"], replaced: ["v-old", "pause", "warn"],
  expired: ["v-old", "pause", "warn"], valid: ["v-off", "check", "warn"] };
const UNSURE = ["v-unk", "ask", "off"], CONDEMNED = ["v-bad", "cross", "bad-t"], DAY = 864e5;
const locale = { ar: "ar-TN-u-nu-latn", fr: "fr-TN" }[document.documentElement.lang] ?? "en-GB";
const written = (moment, how) => new Intl.DateTimeFormat(locale, how).format(moment);
const day = (days) => days === null ? null : written(days * DAY, { dateStyle: "long", timeZone: "UTC" });
const moment = (milliseconds) => written(milliseconds, { dateStyle: "long", timeStyle: "short", hourCycle: "h23" });
const hex = (raw) => [...new Uint8Array(raw)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const published = (path, cache = "default") => fetch(path, { credentials: "omit", cache });

function put(place, name, told) {
  place.textContent = "";
  const [before, after] = said(name).split("{day}");
  place.append(before);
  if (after !== undefined) { const held = document.createElement("bdi"); held.textContent = told; place.append(held, after); }
}

function tick(code, mark, name, told, text = `${name}_text`, until = told) {
  const line = one(`tick-${code}`);
  if (!line) return;
  line.className = mark;
  put(line.querySelector("b"), name, told);
  put(line.querySelector("p"), text, until);
  line.querySelector("path").setAttribute("d", MARKS[mark]);
}

function verdict([tone, star, look], tag, title, text, told) {
  one("verdict").className = `verdict ${tone}`;
  const label = one("tag");
  label.className = `tag ${look}`;
  label.textContent = said(tag);
  put(one("heading"), title, told);
  put(one("said"), text, told);
  document.querySelector(".seal-mark")?.setAttribute("d", STARS[star]);
  document.title = one("heading").textContent;
}

const condemn = (name) => verdict(CONDEMNED, "bad_tag", said(`${name}_title`) ? `${name}_title` : "bad_title", `${name}_text`);

function row(label, value) {
  if (value === null || value === "" || value === undefined) return;
  const line = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd");
  const held = document.createElement("bdi");
  dt.textContent = label;
  held.textContent = value;
  dd.append(held);
  line.append(dt, dd);
  one("claims").append(line);
}

function show(slots, types) {
  row(said("type"), types[slots[1]]?.[document.documentElement.lang]);
  row(said("holder_ar"), slots[2]);
  row(said("holder_lat"), slots[3]);
  row(said("title"), slots[4]);
  row(said("structure"), slots[5]);
  row(said("level"), slots[9]);
  row(said("issued"), day(slots[6]));
  row(said("expires"), day(slots[7]));
  one("signed").hidden = false;
  if (offline) one("why-whole").hidden = false;
}

async function online() {
  const { opened } = await import(page.dataset.seal), keys = "/.well-known/jwks.json";
  const retired = (error) => (error.message === "revoked key" ? error : Promise.reject(error)); // the register may know it
  const read = async (cache) => opened(fragment, page.value, await (await published(keys, cache)).json()).catch(retired);
  // A key made since the browser last fetched them is no stranger.
  const { slots, cose, message } = await read("default").catch((error) => error.message === "unknown key" ? read("reload") : Promise.reject(error));
  const ours = hex(await crypto.subtle.digest("SHA-256", cose)) === page.dataset.digest;
  if (message && !ours) throw new Error(message);
  tick("key", message ? "w" : "y", message ? "key_r" : "key_y");
  if (!ours) { tick("seal", "n", "register_n"); condemn("register_n"); return; }
  tick("seal", "y", "seal_y");
  const types = await published("/catalogue.json").then((answer) => answer.json()).then((all) => all.types).catch(() => ({}));
  show(slots, types);
}

// Without a network an unknown key may be a new one, and a list may be old: what is not known is never called forged.
async function alone() {
  const { opened, listed } = await import(page.dataset.seal), id = idOf(location.pathname);
  if (!id) return verdict(UNSURE, "unsure_tag", "mistyped_title", "mistyped_text");
  if (!fragment) return verdict(UNSURE, "unsure_tag", "typed_title", "typed_text");
  const store = await caches.open("takwin-verify-data");
  const [keys, list, types] = await Promise.all(["/.well-known/jwks.json", "/status/0.cwt", "/catalogue.json"].map((path) => store.match(path)));
  if (!keys) return verdict(UNSURE, "unsure_tag", "nothing_title", "nothing_text");
  const of = moment(+keys.headers.get("X-Kept")), jwks = await keys.json();
  const { slots } = await opened(fragment, id, jwks).catch((error) => {
    if (error.message !== "unknown key") throw error;
    tick("key", "w", "key_w", of);
    verdict(UNSURE, "unsure_tag", "unsure_title", "key_w_text", of);
    return {};
  });
  if (!slots) return;
  tick("seal", "y", "seal_y");
  tick("key", "y", "kept_key", of);
  one("who").textContent = [slots[2], slots[3]].filter(Boolean).join(" · ");
  show(slots, (await types?.json())?.types ?? {});
  const state = list ? await listed(new Uint8Array(await list.arrayBuffer()), slots, jwks).catch(() => null) : null;
  worth(slots, state);
}

function worth(slots, known) {
  const today = Math.floor((Date.now() - new Date().getTimezoneOffset() * 6e4) / DAY), asOf = known ? moment(known.asOf * 1000) : "";
  const state = known?.state === "valid" && slots[7] !== null && slots[7] < today ? "expired" : known?.state;
  const why = !known ? "list_none" : !state ? "list_older" : state === "valid" && !known.fresh ? "list_stale" : "";
  if (why) { tick("status", "w", why, asOf); verdict(UNSURE, "offline_tag", "seal_only_title", `${why}_text`, asOf); return; }
  const told = state === "expired" ? day(slots[7]) : asOf;
  tick("status", state === "valid" ? "w as-of" : "n", `kept_${state}`, told, known.fresh ? "list_until" : "list_past", moment(known.expires * 1000));
  verdict(LOOKS[state], state === "valid" ? "offline_tag" : `${state}_tag`, `kept_${state}_title`, `kept_${state}_text`, told);
  if (state === "valid") { put(one("since"), "since", asOf); one("not-known").hidden = false; }
}

// Crockford's letters and their check, as procedures/documents/codes.py has them.
function idOf(path) {
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", typed = decodeURIComponent(path).split("/")[2] ?? "";
  const id = typed.toUpperCase().replace(/[\s\u00a0\u2010-\u2014-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (id.length !== 16 || [...id].some((letter) => !ALPHABET.includes(letter))) return "";
  const total = [...id].reduce((sum, letter) => (sum & 16 ? sum * 2 ^ 37 : sum * 2) ^ ALPHABET.indexOf(letter), 0);
  return total ? "" : id;
}

function failed({ message }) {
  if (message === "practice") { tick("key", "n", "practice"); condemn("practice"); }
  else if (["unknown key", "revoked key", "key of other days"].includes(message)) { tick("key", "n", "key_n"); condemn("key_n"); }
  else if (["spelling", "shape", "signature"].includes(message)) { tick("seal", "n", "seal_n"); condemn("seal_n"); }
  else {
    const name = message === "version" ? "version" : "seal_w";
    tick("seal", "w", name);
    if (offline) verdict(UNSURE, "unsure_tag", "unsure_title", `${name}_text`);
  }
}

// The languages of the kept page, and another try, need the fragment that left the address: they hand it on themselves.
function ways() {
  for (const link of document.querySelectorAll(".langs a")) link.href = `${location.pathname}?in=${link.lang}#${fragment}`;
  one("again").addEventListener("click", () => { location.replace(`${location.pathname}${location.search}#${fragment}`); location.reload(); });
}

async function keptHere() {
  const { serviceWorker, connection } = navigator;
  if (!serviceWorker || connection?.saveData) return;
  const [, here] = /^\/([Vv])\//.exec(location.pathname) ?? [, "V"];
  await serviceWorker.register(`/${here}/worker.js`);
  (await serviceWorker.ready).active.postMessage("refresh");
  await serviceWorker.register(`/${here === "V" ? "v" : "V"}/worker.js`);
}

if (page) {
  if (!isSecureContext) one("insecure").hidden = false;
  if (offline) { ways(); alone().catch(failed); }
  else if (fragment) online().catch(failed);
  if (!offline) keptHere().catch(() => {});
}
