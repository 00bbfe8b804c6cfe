// Wakes the components of a page. The module's address carries a fingerprint, so it is read from the page.
const preload = document.querySelector("link[data-components]");

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");

if (preload) {
  const { initAll } = await import(preload.href);
  initAll();
  // What arrives later through htmx is woken too.
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt });
  });
}
