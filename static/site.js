/** What the pages do a little better with a script: focus, counting, and answers that never came. */

const announcements = document.getElementById("announcements");

/** A part that came back with errors starts at their summary; on a whole page its autofocus does that. */
function focusErrorSummary(root) {
  root.querySelector(".error-summary")?.focus();
}

/** Letters as the server counts them: after composing, a line end is one. */
function lettersIn(text) {
  return [...text.normalize("NFC")].length;
}

function showCount(field, counter) {
  const left = Number(field.dataset.maxLength) - lettersIn(field.value);
  const sentence = left < 0 ? counter.dataset.over : counter.dataset.left;
  const number = Math.abs(left).toLocaleString(document.documentElement.lang);
  counter.textContent = sentence.replace("{number}", number);
  counter.classList.toggle("over", left < 0);
}

/** The counter is seen at once and spoken only after a second of rest. */
function countLetters(field) {
  const counter = document.getElementById(`${field.id}-count`);
  if (!counter || field.dataset.counting) return;
  field.dataset.counting = "yes";
  let resting;
  field.addEventListener("input", () => {
    showCount(field, counter);
    clearTimeout(resting);
    resting = setTimeout(() => { announcements.textContent = counter.textContent; }, 1000);
  });
  if (field.value) showCount(field, counter);
}

function enliven(root) {
  root.querySelectorAll("[data-max-length]").forEach(countLetters);
}

/** The element that is about to change tells so to those who cannot see it; an error lands elsewhere. */
function markBusy(event, busy) {
  const target = event.detail.requestConfig?.target ?? event.target;
  if (busy) target.setAttribute("aria-busy", "true");
  else target.removeAttribute("aria-busy");
}

function sayNoAnswer() {
  const place = document.getElementById("request-error");
  place.replaceChildren(document.getElementById("no-answer").content.cloneNode(true));
}

document.addEventListener("htmx:beforeRequest", (event) => markBusy(event, true));
document.addEventListener("htmx:afterRequest", (event) => {
  markBusy(event, false);
  if (event.detail.successful) document.getElementById("request-error").replaceChildren();
});
document.addEventListener("htmx:sendError", sayNoAnswer);
document.addEventListener("htmx:timeout", sayNoAnswer);
document.addEventListener("htmx:afterSettle", (event) => {
  enliven(event.detail.elt);
  focusErrorSummary(event.detail.elt);
});

enliven(document);
