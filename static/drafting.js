/** Saves a section while it is written: to the server where it answers, until then in this browser. */

const REST = 4000;
const RETRY = 20000;
const KEPT_FOR = 14 * 24 * 3600 * 1000;
const names = ["edition", "form_key", "turn"];
let form;
let saved;
let resting;
let busy = null;
let stopped;

function store() {
  return `draft:${form.dataset.key}`;
}

/** What somebody wrote, as one text to compare. */
function typed() {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf_token" && !names.includes(name));
  return JSON.stringify(fields);
}

function marks() {
  return Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
}

function keepHere() {
  try {
    localStorage.setItem(store(), JSON.stringify({ fields: JSON.parse(typed()), marks: marks(), at: Date.now() }));
  } catch { /* a browser that keeps nothing: the page itself still does */ }
}

function forgetHere() {
  try { localStorage.removeItem(store()); } catch { /* nothing was kept */ }
}

/** What was typed here and never reached the server, of this section; what is two weeks old is thrown away. */
function keptHere() {
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith("draft:"))) {
      if (Date.now() - JSON.parse(localStorage.getItem(key)).at > KEPT_FOR) localStorage.removeItem(key);
    }
    return JSON.parse(localStorage.getItem(store()));
  } catch { return null; }
}

function show(part) {
  const place = document.getElementById("saved");
  place?.replaceWith(part);
  part.querySelector(".error-summary, [role=alert]")?.scrollIntoView({ block: "center" });
  part.querySelector(".error-summary")?.focus();
}

function say(name) {
  const part = document.createElement("div");
  part.id = "saved";
  part.dataset.state = name;
  part.append(document.getElementById(name).content.cloneNode(true));
  show(part);
}

function later() {
  clearTimeout(resting);
  resting = setTimeout(send, RETRY);
}

/** Answers whether everything typed is on the server now. */
async function take(answer, sent) {
  if (answer.status === 401 || answer.redirected) { say("signed-out"); later(); return false; }
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = told.getElementById("saved");
  const missing = told.getElementById("missing");
  if (missing) document.getElementById("missing")?.replaceWith(document.adoptNode(missing));
  if (!part) {
    if (answer.status >= 500 || answer.status === 429) { say("unsent"); later(); } else { stopped = true; say("shut"); }
    return false;
  }
  show(document.adoptNode(part));
  if (part.dataset.state === "wrong") return false;
  form.elements.edition.value = part.dataset.edition;
  if (part.dataset.state !== "saved") {
    stopped = true;
    const button = form.querySelector("[data-instead]");
    if (part.dataset.state === "differing" && button) button.textContent = button.dataset.instead;
    return false;
  }
  saved = sent;
  if (typed() === sent) forgetHere();
  return true;
}

/** One request at a time; a late answer of an older one is known by its turn. */
async function sendOnce() {
  const now = typed();
  form.elements.turn.value = Number(form.elements.turn.value) + 1;
  const options = { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } };
  options.keepalive = document.visibilityState === "hidden";
  options.signal = AbortSignal.timeout(15000);
  try {
    return await take(await fetch(form.dataset.autosave, options), now);
  } catch {
    say("unsent");
    later();
    return false;
  }
}

async function send() {
  clearTimeout(resting);
  if (!form?.isConnected) return false;
  if (busy) await busy;
  if (typed() === saved || stopped) return typed() === saved;
  busy = sendOnce();
  const done = await busy;
  busy = null;
  if (done && typed() !== saved) resting = setTimeout(send, REST);
  return done && typed() === saved;
}

function restore() {
  const kept = keptHere();
  if (!kept || stopped || JSON.stringify(kept.fields) === saved) { if (!stopped) forgetHere(); return; }
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    box.checked = kept.fields.some(([name, value]) => name === box.name && value === box.value);
  }
  for (const [name, value] of kept.fields) {
    const field = form.elements[name];
    if (field && !form.querySelector(`input[type=checkbox][name="${name}"]`)) field.value = value;
  }
  for (const [name, value] of Object.entries(kept.marks)) form.elements[name].value = value;
  form.querySelectorAll("textarea").forEach((field) => field.dispatchEvent(new Event("input", { bubbles: true })));
  say("unsent");
  send();
}

function typing() {
  if (typed() === saved) return;
  keepHere();
  clearTimeout(resting);
  if (!stopped) resting = setTimeout(send, REST);
}

async function leave(event) {
  if (event.submitter?.name === "stay") return;
  event.preventDefault();
  stopped = false;
  saved = typed() === saved ? saved : "";
  const done = await send();
  const state = document.getElementById("saved")?.dataset.state;
  if (done) window.location.assign(form.dataset.then);
  else if (state === "wrong") form.submit();
}

/** The form of the page, and again the one that a save put in its place. */
function begin() {
  const found = document.querySelector("form[data-autosave]");
  if (!found || found === form) return;
  const wasSaved = form && !found.dataset.unsaved;
  form = found;
  if (wasSaved) forgetHere();
  saved = form.dataset.unsaved ? "" : typed();
  stopped = form.dataset.unsaved === "differing";
  form.addEventListener("input", typing);
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) send(); });
  form.addEventListener("submit", leave);
  restore();
}

document.addEventListener("visibilitychange", send);
window.addEventListener("online", send);
window.addEventListener("focus", send);
document.addEventListener("htmx:load", begin);
begin();
