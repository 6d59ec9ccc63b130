// The fingerprint of a chosen file, worked out here: the file itself is sent nowhere.
const MOST_BYTES = 32 * 2 ** 20;
const form = document.getElementById("file-form"), chosen = document.getElementById("pdf"), said = document.getElementById("file-said");
const word = (name) => document.querySelector(`[data-word="${name}"]`).value;

if (globalThis.crypto?.subtle) {
  form.hidden = false;
  document.getElementById("file-no-script").hidden = true;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = chosen.files;
  if (!file || file.size > MOST_BYTES) { said.textContent = word(file ? "large" : "choose"); return; }
  said.textContent = word("wait");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  document.getElementById("digest").value = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  form.submit(); // of the digest alone: the file has no name in the form
});
