// Saves answers as they are given; those that cannot be sent stay here, sealed, until they can (copies.py).
const form = document.forms.questions, told = form.dataset, { version, sender, saving, moment, csrfmiddlewaretoken } = form.elements;
const path = location.pathname, place = "takwin" + path.slice(3), me = Math.random().toString(36).slice(2), touched = new Map();
let count = 0, failed = "", timer, busy, insists, leaving, shelf = {};
try { shelf = localStorage; } catch {}

const later = (pause) => { clearTimeout(timer); timer = setTimeout(save, pause); };
const forget = (key) => delete shelf[key];
const sealed = async (way, iv, data) => new Uint8Array(await crypto.subtle[way]({ name: "AES-GCM", iv },
  await crypto.subtle.importKey("raw", Uint8Array.from(told.key.split(",")), "AES-GCM", false, [way]), data));

function touch(field) {
  touched.set(field, ++count);
  sender.value = me + "." + count;
}

function body() {
  const sent = new FormData(form);
  if (told.kept) for (const field of [...sent.keys()]) if (/-(?!row$)/.test(field) && !touched.has(field)) sent.delete(field);
  sent.set("changed", [...touched.keys()].join(" "));
  return sent;
}

async function keep() {
  const iv = crypto.getRandomValues(new Uint8Array(12)), sent = new FormData(form);
  const text = JSON.stringify([sender.value, version.value, [...touched.keys()].map((field) => [field, sent.getAll(field)])]);
  shelf[place] = [Date.now(), ...iv, ...await sealed("encrypt", iv, new TextEncoder().encode(text))];
}

function put(field, values) {
  if (!form.elements[field]) form.append(Object.assign(sender.cloneNode(), { name: field }));
  for (const input of form.querySelectorAll(`[name="${field}"]`))
    if (/radio|checkbox/.test(input.type)) input.checked = values.includes(input.value);
    else input.value = values[0] || "";
}

function show(kind, said) {
  failed = kind;
  saving.value = said;
  for (const alert of form.querySelectorAll("[data-unsaved]")) alert.hidden = alert.dataset.unsaved !== kind;
}

const save = () => busy = busy || send().finally(() => busy = 0);
async function send() {
  const upTo = count;
  await keep().catch(() => {});
  const answer = await fetch(path, { method: "POST", body: body(), redirect: "manual", signal: AbortSignal.timeout(2e4) }).catch(() => ({ status: 500 }));
  if (!answer.ok) {
    if (answer.status > 499) later(15e3);
    return show(answer.status > 499 ? "offline" : answer.status === 409 ? "stale" : "refused", "");
  }
  const said = await answer.json();
  told.kept = 1;
  version.value = said.version;
  moment.value = said.moment;
  for (const [field, when] of touched) if (when <= upTo) touched.delete(field);
  for (const field in said.fresh) if (!touched.has(field)) put(field, said.fresh[field]);
  if (touched.size) later(500);
  else forget(place);
  show("", said.said);
}

async function again() {
  if (failed === "refused") { // logged in again in another tab
    const fresh = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html").forms.questions;
    csrfmiddlewaretoken.value = fresh.elements.csrfmiddlewaretoken.value;
    told.key = fresh.dataset.key;
  }
  if (failed && failed !== "stale") save();
}

async function restore() {
  const raw = Uint8Array.from(shelf[place].split(",").slice(1));
  const [from, seen, pairs] = JSON.parse(new TextDecoder().decode(await sealed("decrypt", raw.slice(0, 12), raw.slice(12))));
  const [last, arrived] = told.sender.split("."), [window, number] = from.split(".");
  if (window === last && +number <= arrived) throw 0;
  version.value = seen;
  for (const [field, values] of pairs) { put(field, values); touch(field); }
  save();
}

for (const key in shelf) if (/^takwin/.test(key) && !(told.key && Date.now() - parseInt(shelf[key]) < 6048e5)) forget(key);
if (shelf[place]) restore().catch(() => forget(place));

form.oninput = ({ target }) => { touch(target.name); later(1200); };
form.onchange = () => later(200);
form.onsubmit = (event) => {
  clearTimeout(timer);
  if (!busy && (!failed || failed === "stale" || insists)) return leaving = 1;
  event.preventDefault();
  (busy || save()).then(() => (insists = failed) && failed !== "stale" || form.requestSubmit(event.submitter));
};
onpagehide = () => touched.size && !leaving && !busy && navigator.sendBeacon(path, body());
onpageshow = (event) => event.persisted && location.reload();
onbeforeunload = (event) => { if (failed && !leaving) event.preventDefault(); };
ononline = onfocus = () => again().catch(() => {});
