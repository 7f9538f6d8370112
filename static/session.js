/** Two minutes before the session ends it is said aloud; staying needs one press and leaves the page as it is. */

const WARNED_SECONDS = 120;
const place = document.querySelector(".session-end");
const sentence = place.querySelector("[data-until]");
const stay = place.querySelector("a");
let until = sentence.dataset.until;
let waiting = [];

function say(text, kind) {
  sentence.textContent = text;
  place.classList.toggle("near", kind !== "plain");
  if (kind !== "plain") document.getElementById("announcements").textContent = text;
}

function wait(seconds) {
  waiting.forEach(clearTimeout);
  const near = () => say(place.dataset.near.replace("{time}", until), "near");
  waiting = [
    setTimeout(near, Math.max(0, seconds - WARNED_SECONDS) * 1000),
    setTimeout(() => say(place.dataset.over, "over"), seconds * 1000),
  ];
}

/** Any page keeps the session; where this one leads to sign-in, people see it in a window of its own. */
stay.addEventListener("click", async (event) => {
  event.preventDefault();
  const answer = await fetch(stay.href);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".session-end");
  if (answer.redirected || !next || Number(next.dataset.seconds) <= WARNED_SECONDS) {
    window.open(stay.href, "_blank");
    return;
  }
  const fresh = next.querySelector("[data-until]");
  until = fresh.dataset.until;
  say(fresh.textContent, "plain");
  document.getElementById("announcements").textContent = fresh.textContent;
  wait(Number(next.dataset.seconds));
});

wait(Number(place.dataset.seconds));
