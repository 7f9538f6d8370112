/** Lines between tiers of prizes: dragged up or down the ranking, or moved with the arrow keys; the form then asks. */

let held = null;

const listOf = (line) => line.closest("ol.cuts");
const entriesBefore = (list, until) => {
  const above = [...list.children].slice(0, [...list.children].indexOf(until));
  return above.filter((each) => each.matches("[data-able]")).length;
};

/** Writes how many entries stand between each line and the one above it, and asks what would be. */
function settle(list) {
  const form = list.closest("form");
  let above = 0;
  for (const line of list.querySelectorAll(".cut")) {
    const reached = Math.max(above, entriesBefore(list, line));
    form.elements[`n-${line.dataset.tier}-${list.dataset.field}`].value = reached - above;
    above = reached;
  }
  form.requestSubmit();
}

/** Lines keep their order: none passes another. */
function place(line, target, after) {
  const list = listOf(line);
  const order = [...list.querySelectorAll(".cut")].map((each) => each.dataset.tier).join();
  const home = line.nextSibling;
  target[after ? "after" : "before"](line);
  const now = [...list.querySelectorAll(".cut")].map((each) => each.dataset.tier).join();
  if (now !== order) home ? home.before(line) : list.append(line);
  else settle(list);
}

function prepare(root) {
  for (const line of root.querySelectorAll("ol.cuts .cut")) {
    line.draggable = true;
    line.tabIndex = 0;
  }
  for (const hint of root.querySelectorAll("[data-with-script]")) hint.hidden = false;
}

document.addEventListener("dragstart", (event) => {
  held = event.target.closest?.(".cut");
  if (held) event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  if (held && event.target.closest?.("ol.cuts") === listOf(held)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const target = held && event.target.closest("ol.cuts > li");
  if (!target || target === held || listOf(target) !== listOf(held)) return;
  event.preventDefault();
  const middle = target.getBoundingClientRect();
  place(held, target, event.clientY > middle.top + middle.height / 2);
  held = null;
});
document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.(".cut");
  const up = event.key === "ArrowUp";
  if (!line || (!up && event.key !== "ArrowDown")) return;
  const target = up ? line.previousElementSibling : line.nextElementSibling;
  if (!target) return;
  event.preventDefault();
  place(line, target, !up);
});
document.addEventListener("htmx:afterSwap", (event) => prepare(event.target.parentElement ?? document));
prepare(document);
