// Single keys for a review. They work only on its page, never while somebody types, and can be switched off.
const TYPING = "input, textarea, select, [contenteditable]";

function press(target) {
  if (target.tagName !== "SUMMARY") {
    target.click();
    return;
  }
  const box = target.parentElement;
  box.open = !box.open;
  const first = box.open && box.querySelector("input:not([type=hidden]), select, textarea");
  if (first) {
    first.focus();
    if (first.select) first.select();
  } else {
    target.focus();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  press(target);
});
