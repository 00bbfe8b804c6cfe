// Asks the browser for a passkey, or to make one, when somebody presses the button of a form with `data-passkey`.
// The form's own address says what the browser needs to know; what the browser answers is sent with the form.
const problems = {
  InvalidStateError: "known",
  NotAllowedError: "stopped",
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const problem = form.querySelector("[data-passkey-problem]");
  form.hidden = false;

  function say(kind) {
    for (const words of problem.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== kind;
    problem.hidden = false;
  }

  async function ask() {
    const body = new FormData(form);
    body.set("options", "yes");
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error("no options");
    const options = await answer.json();
    const credential = await window.webauthnJSON[form.dataset.passkey](options);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    problem.hidden = true;
    if (!window.webauthnJSON.supported()) return say("old");
    return ask().catch((error) => say(problems[error.name] ?? "other"));
  });
}
