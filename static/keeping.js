/** A score sheet without network: what is typed stays in this browser until the site has it, and is sent by itself. */

const RETRY = 15000;
const KEPT_FOR = 14 * 24 * 3600 * 1000;
const form = document.querySelector("form[data-keep]");
const arrived = document.querySelector("[data-arrived]");
const nameOf = (reference) => `sheet:${reference}`;
let sent = "";
let waiting;

/** What the judge filled in, as one text to compare. */
function typed() {
  const fields = [...new FormData(form)].filter(([name]) => !["csrf_token", "edition"].includes(name));
  return JSON.stringify(fields);
}

function keep() {
  const kept = { fields: typed(), edition: form.elements.edition.value, at: Date.now() };
  try { localStorage.setItem(nameOf(form.dataset.keep), JSON.stringify(kept)); } catch { /* the page still holds it */ }
}

function forget(reference) {
  try { localStorage.removeItem(nameOf(reference)); } catch { /* nothing was kept */ }
}

/** What was typed here and never arrived; what is two weeks old is thrown away. */
function kept() {
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith("sheet:"))) {
      if (Date.now() - JSON.parse(localStorage.getItem(key)).at > KEPT_FOR) localStorage.removeItem(key);
    }
    return JSON.parse(localStorage.getItem(nameOf(form.dataset.keep)));
  } catch { return null; }
}

function say(name) {
  const place = document.getElementById("offline");
  place.replaceChildren(...(name ? [document.getElementById(name).content.cloneNode(true)] : []));
}

/** Ask htmx to keep the draft, as a change does. */
function send() {
  clearTimeout(waiting);
  if (typed() !== sent && !form.matches(".htmx-request")) form.dispatchEvent(new Event("keep"));
}

function later() {
  say("no-network");
  clearTimeout(waiting);
  waiting = setTimeout(send, RETRY);
}

function fill(fields) {
  form.querySelectorAll("input[type=radio]").forEach((input) => { input.checked = false; });
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
}

function restore() {
  const found = kept();
  if (!found || found.fields === sent) { forget(form.dataset.keep); return; }
  fill(JSON.parse(found.fields));
  if (found.edition === form.elements.edition.value) {
    say("brought-back");
    // htmx listens to the form once the page is loaded
    if (document.readyState === "complete") send(); else window.addEventListener("load", send);
    return;
  }
  // another window saved meanwhile: the judge presses "Save draft" and sees both
  form.elements.edition.value = found.edition;
  say("two-versions");
}

/** The check shows what the site has: what was kept here for an older edition is there. */
function forgetArrived() {
  try {
    const found = JSON.parse(localStorage.getItem(nameOf(arrived.dataset.arrived)));
    if (found && Number(found.edition) < Number(arrived.dataset.edition)) forget(arrived.dataset.arrived);
  } catch { /* nothing was kept */ }
}

if (arrived) forgetArrived();
if (form) {
  let asked = "";
  sent = typed();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("htmx:beforeRequest", () => { asked = typed(); });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) { later(); return; }
    sent = asked;
    say(null);
    if (typed() === sent) forget(form.dataset.keep); else send();
  });
  form.addEventListener("htmx:sendError", later);
  form.addEventListener("htmx:timeout", later);
  form.addEventListener("submit", (event) => {
    keep();
    if (navigator.onLine) return;
    event.preventDefault();
    later();
  });
  window.addEventListener("online", send);
  window.addEventListener("focus", send);
  restore();
}
