/** A score sheet by keyboard: digits give points to the criterion at hand, Enter goes on to the next one. */

const form = document.getElementById("sheet");
const scales = form ? [...form.querySelectorAll("fieldset.scale")] : [];
// digits typed since the criterion was reached: 1 and then 0 is 10
let typed = "";

const chosenIn = (scale) => scale.querySelector("input:checked");

/** The criterion that has the focus, else the first without points. */
function atHand() {
  const focused = document.activeElement.closest("fieldset.scale");
  return scales.includes(focused) ? focused : scales.find((scale) => !chosenIn(scale)) ?? scales[0];
}

function choose(input) {
  input.checked = true;
  input.focus();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function givePoints(digit) {
  const scale = atHand();
  if (!scale.contains(document.activeElement)) typed = "";
  const find = (value) => scale.querySelector(`input[value="${value}"]`);
  typed = typed && find(typed + digit) ? typed + digit : digit;
  const input = find(typed);
  if (input) choose(input);
}

function goOn() {
  const next = scales[scales.indexOf(atHand()) + 1];
  typed = "";
  (next ? chosenIn(next) ?? next.querySelector("input") : form.querySelector("button[name=then]")).focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !scales.length) return;
  if (event.target.closest("textarea, select, button, a, summary, input:not([type=radio])")) return;
  if (/^[0-9]$/.test(event.key)) givePoints(event.key);
  else if (event.key.toLowerCase() === "n") {
    const input = atHand().querySelector("input[value=na]");
    if (!input) return;
    choose(input);
  } else if (event.key === "Enter" && scales.includes(event.target.closest("fieldset.scale"))) goOn();
  else return;
  event.preventDefault();
});

// A draft that is just being kept is waited for, so that it is not taken for another window's.
form?.addEventListener("submit", (event) => {
  if (!form.matches(".htmx-request")) return;
  event.preventDefault();
  const button = event.submitter;
  form.addEventListener("htmx:afterSettle", () => form.requestSubmit(button), { once: true });
});
