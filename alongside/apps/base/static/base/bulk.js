// Says how many rows of a list are chosen, and chooses all of them with one box.
for (const form of document.querySelectorAll("form[data-bulk]")) {
  const count = form.querySelector("[data-bulk-count]");
  const all = form.querySelector("[data-bulk-all]");
  const boxes = () => [...form.querySelectorAll("input[type=checkbox][data-bulk-row]")];

  const show = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    if (count) count.textContent = chosen ? count.dataset.some.replace("{n}", chosen) : count.dataset.none;
    if (all) {
      all.checked = chosen > 0 && chosen === boxes().length;
      all.indeterminate = chosen > 0 && chosen < boxes().length;
    }
  };

  if (all) {
    all.closest("[hidden]")?.removeAttribute("hidden");
    all.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
      show();
    });
  }
  form.addEventListener("change", show);
  show();
}
