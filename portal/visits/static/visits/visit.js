// Keeps a visit on the telephone, sealed, for 48 hours at most, and sends it exactly once when there is a network.
const root = document.querySelector("#visit"), { visit, key: octets, until: ends, shell, worker } = root.dataset;
const NAME = "takwin-visit-" + visit, here = location.pathname, most = 1600;
const touched = new Map(), text = new TextEncoder(), words = new TextDecoder();
let form, fields, base, key, until = +ends, online = !!octets, taken, tried, failing, busy, timer, count = 0;

const one = (selector) => root.querySelector(selector);
const asked = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
const hour = () => new Date().toTimeString().slice(0, 5);
const uuid = () => crypto.randomUUID();

async function shelf(act, ...given) {
  if (!base) {
    const opening = indexedDB.open(NAME);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    base = await asked(opening);
  }
  return asked(base.transaction("kept", "readwrite").objectStore("kept")[act](...given));
}

async function seal(data) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, data) };
}

const opened = async (name) => {
  const { iv, data } = await shelf("get", name);
  return crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);
};

async function erase(name = NAME) {
  if (name === NAME && base) base = base.close();
  delete localStorage[name];
  await asked(indexedDB.deleteDatabase(name));
}

// What has had its time goes, of every visit, whether or not there is a network.
async function sweep() {
  for (const name in localStorage) if (/^takwin-visit-/.test(name) && !(localStorage[name] > Date.now())) await erase(name);
}

function say(what, told = "") {
  for (const line of root.querySelectorAll("[data-say]")) line.hidden = line.dataset.say !== what;
  const time = one(`[data-say="${what}"] [data-time]`);
  if (time) time.textContent = told;
}

async function keep() {
  if (Date.now() > until) throw 0; // the next page brings a new key
  const sent = new FormData(form), values = [...touched.keys()].map((name) => [name, sent.get(name) || ""]);
  localStorage[NAME] = until;
  await shelf("put", { key, until }, "key");
  await shelf("put", await seal(text.encode(root.innerHTML)), "page");
  await shelf("put", await seal(text.encode(JSON.stringify([fields.batch.value, fields.device.value, fields.version.value, values]))), "answers");
}

const unsent = async () => touched.size || (await shelf("getAllKeys")).some((name) => /^photo/.test(name));

async function changed() {
  try {
    await keep();
    say("kept", hour());
  } catch { say("unkept"); }
  if (navigator.onLine && !taken) later(1500);
}

const later = (pause) => { clearTimeout(timer); timer = setTimeout(send, pause); };

function put(name, value) {
  for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`))
    if (input.type === "radio") input.checked = input.value === value;
    else input.value = value;
}

async function smaller(file) {
  const picture = await createImageBitmap(file).catch(() => 0);
  if (!picture) return file;
  const scale = Math.min(1, most / Math.max(picture.width, picture.height)), canvas = document.createElement("canvas");
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", .8));
}

async function photograph(input) {
  const item = input.name.slice(11);
  for (const file of input.files) {
    const head = text.encode(item + "\n"), body = new Uint8Array(await (await smaller(file)).arrayBuffer());
    const whole = new Uint8Array(head.length + body.length);
    whole.set(head);
    whole.set(body, head.length);
    await shelf("put", await seal(whole), "photo " + uuid());
    one(`[data-kept="${item}"]`).append(Object.assign(document.createElement("li"), { textContent: `${form.dataset.photograph} ${hour()}` }));
  }
  input.value = "";
}

const post = async (address, body, again) => {
  body.set("csrfmiddlewaretoken", fields.csrfmiddlewaretoken.value);
  const answer = await fetch(address, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(6e4) }).catch(() => ({}));
  if (answer.status !== 403 || again) return answer;
  const fresh = new DOMParser().parseFromString(await (await fetch(here)).text(), "text/html").querySelector("#site [name=csrfmiddlewaretoken]");
  if (!fresh) return { type: "opaqueredirect" }; // logged out meanwhile
  fields.csrfmiddlewaretoken.value = fresh.value;
  return post(address, body, 1);
};

async function why(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 403) say("login");
  else if (answer.status === 422 || answer.status === 404) say("refused", answer.status === 422 ? (await answer.json()).why : answer.status);
  else say("kept", hour());
}

const send = () => busy = busy || sending().catch(() => say("kept", hour())).finally(() => busy = 0);
async function sending() {
  say("sending");
  for (const name of await shelf("getAllKeys")) if (/^photo/.test(name)) {
    const whole = new Uint8Array(await opened(name)), end = whole.indexOf(10), body = new FormData();
    body.set("key", name.slice(6));
    body.set("item", words.decode(whole.slice(0, end)));
    body.set("file", new File([whole.slice(end + 1)], "photograph.jpg"));
    const answer = await post(form.dataset.photographs, body);
    if (answer.ok) await shelf("delete", name);
    else if (answer.status === 422) {
      const { why, lost } = await answer.json();
      if (lost) await shelf("delete", name);
      return say("refused", why);
    } else return why(answer);
  }
  const upTo = count, body = new FormData();
  for (const field of ["batch", "device", "version"]) body.set(field, fields[field].value);
  body.set("changed", [...touched.keys()].join(" "));
  const sent = new FormData(form);
  for (const name of touched.keys()) body.set(name, sent.get(name) || "");
  tried = 1;
  const answer = await post(here, body);
  if (answer.status === 409) { // both versions are shown by the portal; what is kept waits until one is chosen
    for (const input of form.querySelectorAll("[type=file]")) input.disabled = true;
    form.append(Object.assign(fields.batch.cloneNode(), { name: "changed", value: body.get("changed") }));
    return form.submit();
  }
  if (!answer.ok) return why(answer);
  const { version, at, fresh } = await answer.json();
  fields.version.value = version;
  fields.batch.value = uuid();
  tried = 0;
  for (const [name, when] of touched) if (when <= upTo) touched.delete(name);
  for (const name in fresh) if (!touched.has(name)) put(name, fresh[name]);
  if (touched.size) return changed();
  taken = 0;
  await erase();
  say("sent", at);
}

const stays = () => say("taken", new Date(until).toLocaleString(document.documentElement.lang + "-TN", { dateStyle: "short", timeStyle: "short", numberingSystem: "latn", hour12: false }));

async function along() {
  const cache = await caches.open("takwin-visit"), page = await fetch(shell), html = await page.clone().text();
  if (page.redirected || !page.ok) return say("login");
  const wanted = [...html.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|svg|woff2))"/g)].map((found) => found[1]);
  for (const address of [...wanted]) if (/\.css$/.test(address))
    for (const found of (await (await fetch(address)).text()).matchAll(/url\(["']?([^"')]+)/g)) wanted.push(new URL(found[1], new URL(address, location)).pathname);
  await cache.put(shell, page);
  await cache.addAll([...new Set(wanted)].filter((address) => !/^data/.test(address)));
  await navigator.serviceWorker.register(worker);
  await navigator.serviceWorker.ready;
  taken = 1;
  await keep();
  stays();
}

function touch({ target }) {
  if (target.type === "file" || !target.name) return;
  if (tried) fields.batch.value = uuid(); // what was sent may have arrived: what is new needs a name of its own
  tried = 0;
  touched.set(target.name, ++count);
  clearTimeout(timer);
  timer = setTimeout(changed, 300);
}

function wire() {
  form = one("#site");
  fields = form.elements;
  form.dataset.photograph = one("[data-take]").dataset.photograph;
  form.oninput = touch;
  form.onchange = ({ target }) => target.type === "file" && photograph(target).then(changed, () => say("unkept"));
  form.onsubmit = (event) => { event.preventDefault(); clearTimeout(timer); keep().then(send, () => form.submit()); };
  for (const part of root.querySelectorAll("[data-take]")) part.hidden = !online;
  one("button[data-take]").onclick = () => along().catch(() => say("unkept"));
}

async function restore() {
  const [batch, device, version, values] = JSON.parse(words.decode(await opened("answers")));
  Object.assign(fields.device, { value: device });
  Object.assign(fields.batch, { value: batch });
  Object.assign(fields.version, { value: version });
  for (const [name, value] of values) { put(name, value); touched.set(name, ++count); }
  tried = 1;
  taken = !online || !await unsent();
  if (await unsent()) say("kept", hour());
  else stays();
  if (online && await unsent()) await send();
}

async function begin() {
  await sweep();
  const had = localStorage[NAME] && await shelf("get", "key");
  if (online) {
    if (had && had.until !== until) await erase();
    key = had && had.until === until ? had.key : await crypto.subtle.importKey("raw", Uint8Array.from(octets.split(",")), "AES-GCM", false, ["encrypt", "decrypt"]);
    delete root.dataset.key;
  } else {
    if (!had) return one("[data-none]").hidden = false;
    ({ key, until } = had);
    root.innerHTML = words.decode(await opened("page"));
  }
  wire();
  if (had && had.until === until) await restore();
}

begin().catch(() => form ? say("unkept") : online && wire());
window.addEventListener("online", async () => form && await unsent() && send());
setInterval(() => sweep().then(() => localStorage[NAME] || !taken || location.reload()), 6e4);
