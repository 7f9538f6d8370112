/** Two entries side by side by keyboard: 1 the left one, 2 the right one, 0 equally good; Enter goes on. */

const form = document.getElementById("pair");
const KEYS = { 1: "one", ArrowLeft: "one", 2: "other", ArrowRight: "other", 0: "equal" };

document.addEventListener("keydown", (event) => {
  if (!form || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("textarea, select, button, a, summary")) return;
  if (event.key === "Enter" && form.querySelector("input[name=outcome]:checked")) form.requestSubmit();
  else if (KEYS[event.key]) {
    const input = form.querySelector(`input[name=outcome][value=${KEYS[event.key]}]`);
    input.checked = true;
    (KEYS[event.key] === "equal" ? form.elements.reason : input).focus();
  } else return;
  event.preventDefault();
});
