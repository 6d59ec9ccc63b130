// Checks, on this device alone, what the paper's QR holds after "#": it is never sent, and leaves the address at once.
const fragment = location.hash.slice(1).toUpperCase();
if (fragment) history.replaceState(null, "", location.pathname + location.search);

const said = (name) => document.querySelector(`[data-word="${name}"]`)?.value ?? "";
const page = document.getElementById("sealed");

const hex = (raw) => [...new Uint8Array(raw)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function checked() {
  const { opened } = await import(page.dataset.seal);
  const answer = await fetch("/.well-known/jwks.json", { credentials: "omit" });
  const retired = (error) => (error.message === "revoked key" ? error : Promise.reject(error));
  const { slots, cose, message } = await opened(fragment, page.value, await answer.json()).catch(retired);
  const ours = hex(await crypto.subtle.digest("SHA-256", cose)) === page.dataset.digest;
  if (message && !ours) throw new Error(message);
  return { slots, ours, key: message ? "key_r" : "key_y" };
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
  const title = said(`${name}_title`) || said("bad_title");
  document.getElementById("heading").textContent = title;
  const tag = document.getElementById("tag");
  tag.className = "tag bad-t";
  tag.textContent = said("bad_tag");
  document.querySelector(".seal-mark")?.setAttribute("d", "M11 11l10 10M21 11l-10 10");
  document.title = title;
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
  checked().then(({ slots, ours, key }) => {
    tick("key", key === "key_y" ? "y" : "w", key);
    if (!ours) { tick("seal", "n", "register_n"); condemn("register_n"); return; }
    tick("seal", "y", "seal_y");
    return show(slots);
  }).catch((error) => {
    if (error.message === "practice") { tick("key", "n", "practice"); condemn("practice"); }
    else if (["unknown key", "revoked key", "key of other days"].includes(error.message)) { tick("key", "n", "key_n"); condemn("key_n"); }
    else if (["spelling", "shape", "signature"].includes(error.message)) { tick("seal", "n", "seal_n"); condemn("seal_n"); }
    else tick("seal", "w", error.message === "version" ? "version" : "seal_w");
  });
}
