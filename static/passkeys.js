/** Passkeys: the device is asked what the form holds, its answer goes into the form, and the form goes as any other. */

const fromText = (text) => Uint8Array.from(
  atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0),
);
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (list) => (list ?? []).map((one) => ({ ...one, id: fromText(one.id) }));

const ask = {
  create: (asked) => navigator.credentials.create({ publicKey: {
    ...asked,
    challenge: fromText(asked.challenge),
    user: { ...asked.user, id: fromText(asked.user.id) },
    excludeCredentials: named(asked.excludeCredentials),
  } }),
  get: (asked) => navigator.credentials.get({ publicKey: {
    ...asked, challenge: fromText(asked.challenge), allowCredentials: named(asked.allowCredentials),
  } }),
};

/** The answer in the shape of the standard's JSON; browsers write it themselves only since 2025. */
function written(answer) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer.response[part]) response[part] = toText(answer.response[part]);
  }
  return JSON.stringify({
    id: answer.id, rawId: toText(answer.rawId), type: answer.type, response, clientExtensionResults: {},
  });
}

function sayWhy(form, fault) {
  const place = form.querySelector("[role=alert]");
  place.textContent = fault.name === "InvalidStateError" ? form.dataset.known : form.dataset.failed;
  place.hidden = false;
}

async function askDevice(form) {
  try {
    const answer = await ask[form.dataset.passkey](JSON.parse(form.dataset.question));
    form.elements.answer.value = written(answer);
    form.submit();
  } catch (fault) {
    sayWhy(form, fault);
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    askDevice(form);
  });
}
