// Answers the pages of codes from this device where there is no network. What it fetches is the same for everybody and
// names no document. NAME, FILES (paths), DATA (paths) and TONGUES stand before these lines: the server writes them.
const PATIENCE = 6000, STORE = "takwin-verify-data";

addEventListener("install", (event) => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(forget()));
addEventListener("message", (event) => event.waitUntil(refresh().catch(() => {})));
addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(answered(request, url));
  else if (FILES.includes(url.pathname)) event.respondWith(kept(url.pathname).then((file) => file ?? fetch(request)));
});

const kept = async (path) => (await caches.open(NAME)).match(path, { ignoreVary: true });

async function keep() {
  const cache = await caches.open(NAME), held = new Set((await cache.keys()).map((one) => new URL(one.url).pathname));
  const wanted = FILES.filter((path) => !held.has(path));
  await cache.addAll(wanted.map((path) => new Request(path, { credentials: "omit", cache: path.startsWith("/V/") ? "reload" : "default" })));
  await refresh();
}

async function refresh() {
  const store = await caches.open(STORE);
  for (const path of DATA) {
    const answer = await fetch(path, { credentials: "omit", cache: "no-cache" });
    if (!answer.ok || answer.redirected) continue;
    await store.put(path, new Response(await answer.arrayBuffer(), { headers: { "X-Kept": Date.now() } }));
  }
}

async function forget() {
  for (const name of await caches.keys()) if (name.startsWith("takwin-verify-") && name !== NAME && name !== STORE) await caches.delete(name);
}

// A server that fails or takes its time counts as no network.
async function answered(request, url) {
  const network = fetch(request), failed = network.catch(() => null);
  const answer = await Promise.race([failed, new Promise((done) => setTimeout(done, PATIENCE))]);
  if (answer && answer.status < 500) return answer;
  return await kept(pageOf(url)) ?? network;
}

function pageOf({ pathname, searchParams }) {
  const path = pathname.replace(/^\/v\//, "/V/");
  if (FILES.includes(path)) return path;
  const asked = [searchParams.get("in"), ...navigator.languages.map((tongue) => tongue.slice(0, 2).toLowerCase())];
  return `/V/shell/${asked.find((tongue) => TONGUES.includes(tongue)) ?? TONGUES[0]}`;
}
