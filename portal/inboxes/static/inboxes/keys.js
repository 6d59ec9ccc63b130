/* Keys of the inbox: j and k move between cases, x chooses, o opens, / seeks. Without it everything is reached by Tab. */
const rows = [...document.querySelectorAll(".ibx tbody tr")];
const box = (row) => row.querySelector("input[name=case]");
const way = (row) => row.querySelector("th a");
const here = () => rows.findIndex((row) => row.contains(document.activeElement));

function move(step) {
  const place = here();
  const next = place < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, place + step));
  if (rows[next]) way(rows[next]).focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => { const row = rows[here()]; if (row) box(row).checked = !box(row).checked; },
  o: () => { const row = rows[here()]; if (row) way(row).click(); },
  "/": () => document.getElementById("q")?.focus(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || !KEYS[event.key]) return;
  event.preventDefault();
  if (event.key === "/") document.querySelector(".filt")?.setAttribute("open", "");
  KEYS[event.key]();
});
