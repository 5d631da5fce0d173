// Importing works without this file. Here a file may be dropped on the form, and what is wrong with it
// is shown without the page being loaded anew, so that the chosen file stays chosen.
(() => {
  "use strict";
  const form = document.querySelector("form.upload");
  const result = document.getElementById("result");
  if (!form || !result) return;
  const drop = form.querySelector(".drop");
  const input = form.querySelector('input[type="file"]');

  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  form.addEventListener("dragleave", () => drop.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length === 1) input.files = event.dataTransfer.files;
  });

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button) return;
    const file = input.files[0];
    if (file && file.size > Number(input.dataset.limit) * 1024 ** 2) {
      // The server would cut the connection, of which a browser can tell nothing.
      event.preventDefault();
      const told = document.createElement("p");
      told.className = "problem";
      told.setAttribute("role", "alert");
      told.textContent = input.dataset.tooLarge;
      result.replaceChildren(told);
      return;
    }
    if (button.value === "mark" || button.value === "draft") return; // files to keep
    event.preventDefault();
    const told = new FormData(form, button);
    const buttons = [...form.querySelectorAll("button")];
    for (const each of buttons) each.disabled = true;
    const answer = await fetch(form.action, { method: "POST", body: told, credentials: "same-origin" }).catch(() => null);
    for (const each of buttons) each.disabled = false;
    const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
    const shown = page && (page.getElementById("result") ?? page.getElementById("main"));
    if (!shown) { location.reload(); return; }
    result.replaceChildren(...shown.childNodes);
    button.focus();
  });
})();
