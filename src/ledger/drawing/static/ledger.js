// Reading works without this file: a figure is a link to the page that has its inspector open.
// Here the same address is fetched and only the inspector is exchanged, so that the tables stay put.
(() => {
  "use strict";
  const inspector = document.getElementById("inspector");
  if (!inspector) return;

  const mark = (address) => {
    for (const old of document.querySelectorAll('.figure[aria-current="true"]')) old.removeAttribute("aria-current");
    for (const now of document.querySelectorAll(`.figure[data-address="${CSS.escape(address)}"]`)) now.setAttribute("aria-current", "true");
  };

  let newest = 0;
  const open = async (url, push) => {
    const asked = ++newest;
    const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
    // Whatever is not the page that was asked for (signed out, refused) is better shown whole.
    if (!answer || !answer.ok || answer.redirected) { location.assign(url); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("inspector");
    if (asked !== newest || !found) return;
    inspector.replaceChildren(...found.childNodes);
    inspector.parentElement.classList.toggle("open", inspector.querySelector(".inspector") !== null);
    if (push) history.pushState(null, "", url);
    const address = new URL(url, location.href).searchParams.get("cell");
    mark(address ?? "");
    const shown = inspector.querySelector(".inspector");
    if (shown) shown.focus({ preventScroll: true });
    else if (push) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.focus();
  };

  document.addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a.figure, .inspector nav a");
    if (!link) return;
    event.preventDefault();
    open(link.href, true);
  });

  document.addEventListener("keydown", (event) => {
    const shown = inspector.querySelector(".inspector");
    if (!shown || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, .frame")) return;
    const rel = { ArrowLeft: "prev", ArrowRight: "next", Escape: "up" }[event.key];
    const link = rel && shown.querySelector(`nav a[rel="${rel}"]`);
    if (!link) return;
    event.preventDefault();
    open(link.href, true);
  });

  addEventListener("popstate", () => open(location.href, false));
})();

// The draft's preview follows what is typed; the same form asks for it without this file.
(() => {
  "use strict";
  const form = document.getElementById("texts");
  if (!form) return;
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const body = new FormData(form);
      body.set("step", "preview");
      const answer = await fetch(location.href, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
      if (!answer) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const wrong = [...page.querySelectorAll(".problem")].map((each) => each.cloneNode(true));
      for (const old of document.querySelectorAll(".draft > .problem")) old.remove();
      form.before(...wrong);
      for (const old of wrong.length ? [] : form.querySelectorAll(".as-printed")) {
        const now = page.getElementById(old.id);
        if (now) old.replaceChildren(...now.childNodes);
      }
    }, 400);
  });
})();
