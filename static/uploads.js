/** Files go up in pieces and go on where a broken connection left them; without this script the form sends them whole. */

const PIECE = 512 * 1024;
const LONGEST_WAIT = 30_000;
const form = document.querySelector("form[data-uploads]");

class Refused extends Error {}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

function say(text, percent) {
  const state = form.querySelector("[data-upload-state]");
  state.hidden = false;
  state.querySelector("span").textContent = text;
  state.querySelector("progress").value = percent;
}

/** One request, again and again until there is an answer; what the server refuses is not asked again. */
async function ask(address, fields) {
  for (let wait = 1000; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      const answer = await fetch(address, fields ? { method: "POST", body: body(fields) } : {});
      const told = await answer.json().catch(() => ({}));
      if (answer.ok || answer.status === 409 && "offset" in told) return told;
      if (answer.status < 500) throw new Refused(told.error ?? form.dataset.failed);
    } catch (fault) {
      if (fault instanceof Refused) throw fault;
    }
    say(form.dataset.waiting, Number(form.querySelector("progress").value));
    await pause(wait);
  }
}

function body(fields) {
  const data = new FormData();
  data.append("csrf_token", form.elements.csrf_token.value);
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

/** An upload that this browser began before is asked how far it came; one that is over is begun anew. */
async function begun(file, memory) {
  const known = localStorage.getItem(memory);
  if (known) {
    try {
      return { upload: known, ...await ask(`${form.dataset.uploads}/${known}`) };
    } catch (fault) {
      localStorage.removeItem(memory);
    }
  }
  const fresh = await ask(form.dataset.uploads, { name: file.name, size: file.size });
  localStorage.setItem(memory, fresh.upload);
  return fresh;
}

async function send(file) {
  const memory = `upload ${form.dataset.uploads} ${file.name} ${file.size} ${file.lastModified}`;
  const { upload, ...state } = await begun(file, memory);
  try {
    for (let offset = state.offset, told = state; !told.attached; offset = told.offset) {
      const percent = Math.floor(100 * offset / file.size);
      say(form.dataset.sending.replace("{name}", file.name).replace("{percent}", percent), percent);
      told = await ask(`${form.dataset.uploads}/${upload}/pieces`, { offset, piece: file.slice(offset, offset + PIECE) });
    }
  } finally {
    localStorage.removeItem(memory);
  }
}

async function sendAll(files) {
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  try {
    for (const file of files) await send(file);
    location.reload();
  } catch (fault) {
    say(fault.message, 0);
    button.disabled = false;
  }
}

form?.addEventListener("submit", (event) => {
  const { files } = form.elements.files;
  if (files.length === 0) return;
  event.preventDefault();
  sendAll([...files]);
});
