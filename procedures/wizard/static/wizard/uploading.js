// Sends chosen files in parts and goes on where it stopped; without it the form sends them whole.
const papers = document.forms.papers, PART = 4e5;
let sending = 0, waiting;

async function send(file, into) {
  const row = document.getElementById("section-" + into), was = row.className, text = (tag) => row.querySelector(".sending " + tag);
  let at, stopped;
  row.className = "run";
  text("bdi").textContent = file.name;
  text("button").onclick = () => stopped = 1;
  while (!stopped) {
    const body = new FormData(), put = (fields) => { for (const name in fields) body.append(name, fields[name]); };
    put({ into, csrfmiddlewaretoken: papers.elements.csrfmiddlewaretoken.value, name: file.name, size: file.size, key: file.name + file.lastModified });
    if (at >= 0) put({ at, part: file.slice(at, at + PART) });
    const answer = await fetch(papers.dataset.parts, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(9e4) })
      .then((reply) => reply.ok ? reply.json() : reply.status < 500 && location.reload()).catch(() => {});
    if (!answer) await new Promise((go) => setTimeout(go, 2e3, at = -1));
    else if (answer.html) {
      document.getElementById("ready").innerHTML = answer.ready;
      row.insertAdjacentHTML("afterend", answer.html);
      row.nextElementSibling.querySelector("h2").after(...row.querySelectorAll(".refusal"));
      return row.remove();
    } else text("output").value = Math.floor((text("progress").value = (at = answer.at) / file.size) * 100);
  }
  row.className = was;
}

papers.onchange = async ({ target }) => {
  const files = [...target.files];
  target.value = "";
  sending++;
  for (const file of files) await send(file, target.name);
  if (!--sending && waiting) papers.requestSubmit(waiting);
};
papers.onsubmit = (event) => {
  if (!sending) return;
  event.preventDefault();
  waiting = event.submitter;
};
