// Renews the check beside the editor while someone writes; without it the button "Save and check" does.
(() => {
  "use strict";
  const form = document.getElementById("editor");
  const panel = document.getElementById("panel");
  if (!form || !panel || !form.dataset.check || !window.fetch) return;

  let waiting = 0;
  let running = null;
  let isChanged = false;
  const ask = async () => {
    if (running) running.abort();
    running = new AbortController();
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.check, { method: "POST", body, signal: running.signal });
      if (!answer.ok) return;
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      const told = document.getElementById("told");
      const fresh = part.getElementById("told");
      // The line that is read aloud stays in its place, and only its words change.
      if (told && fresh) {
        if (told.textContent !== fresh.textContent) told.textContent = fresh.textContent;
        fresh.replaceWith(told);
      }
      panel.replaceChildren(...part.body.childNodes);
    } catch {
      // The form works without.
    }
  };
  form.addEventListener("input", () => {
    isChanged = true;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 700);
  });
  form.addEventListener("submit", () => {
    isChanged = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
})();
