// Reads the QR code of a paper with the camera or from a picture, here; opens the page of its code on this site alone.
const one = (id) => document.getElementById(id);
const said = (name) => document.querySelector(`[data-word="${name}"]`).value;
const { host: HOST, decode } = one("scan").dataset, MOST = 1600, EVERY = 150;
const video = one("camera"), canvas = document.createElement("canvas");
let stream, reader;

// The browser's own reader where it has one, else a small one that is fetched, or kept, for this page alone.
async function readerHere() {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
  if (formats?.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (drawn) => (await detector.detect(drawn))[0]?.rawValue ?? "";
  }
  const { decodeQR } = await import(decode);
  return async (drawn) => {
    const { width, height } = drawn;
    try { return decodeQR(drawn.getContext("2d").getImageData(0, 0, width, height)); } catch { return ""; }
  };
}

async function textIn(picture, width, height) {
  const scale = Math.min(1, MOST / Math.max(width, height));
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(picture, 0, 0, canvas.width, canvas.height);
  reader ??= await readerHere();
  return reader(canvas);
}

// What stands between "//" and the next "/" must be our host and nothing else: no name before an @, no port of others.
function found(text) {
  const [, host, id, fragment = ""] = /^https?:\/\/([^/?#]+)\/v\/([^/?#]+)\/?(?:#(.*))?$/i.exec(text.trim()) ?? [];
  const address = /^[a-z][a-z+.-]*:\/\/([^/?#]+)/i.exec(text.trim())?.[1];
  one("foreign").hidden = true;
  if (host?.toLowerCase() === HOST && /^[0-9a-z]{16}$/i.test(id)) {
    stop();
    location.assign(`/V/${id.toUpperCase()}#${fragment}`);
    return true;
  }
  if (address && address.toLowerCase() !== HOST) {
    one("foreign-host").textContent = address.slice(0, 80);
    one("foreign").hidden = false;
    say("");
  } else say("other");
  return false;
}

const say = (name) => { one("scan-said").textContent = name && said(name); };

async function look() {
  while (stream) {
    const text = video.videoWidth ? await textIn(video, video.videoWidth, video.videoHeight) : "";
    if (text && found(text)) return;
    await new Promise((done) => setTimeout(done, EVERY));
  }
}

async function start() {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    video.srcObject = stream;
    show(true);
    await video.play();
    say("looking");
    await look();
  } catch { stop(); say("refused"); }
}

function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
  show(false);
}

function show(open) {
  video.hidden = one("scan-stop").hidden = !open;
  one("scan-start").hidden = open;
}

one("scan-start").addEventListener("click", start);
one("scan-stop").addEventListener("click", () => { stop(); say(""); });
one("picture").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  const picture = file && await createImageBitmap(file).catch(() => null);
  if (!file) return;
  const text = picture ? await textIn(picture, picture.width, picture.height) : "";
  if (text) found(text);
  else say("none");
});
addEventListener("pagehide", stop);

one("scan-no-script").hidden = true;
one("insecure").hidden = isSecureContext;
one("scanner").hidden = false;
one("scan-start").disabled = !navigator.mediaDevices;

if (navigator.serviceWorker && !navigator.connection?.saveData) {
  navigator.serviceWorker.register("/V/worker.js").then(() => navigator.serviceWorker.ready).then(({ active }) => active.postMessage("refresh"))
    .then(() => navigator.serviceWorker.register("/v/worker.js")).catch(() => {});
}
