// Shows the page that a telephone keeps of a visit where there is no network, and passes everything else through.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const kept = async () => {
    const wanted = request.mode === "navigate" ? new URL("shell/", registration.scope).href : request.url;
    return await caches.match(wanted, { ignoreVary: true }) || Response.error();
  };
  event.respondWith(fetch(request).catch(kept));
});
