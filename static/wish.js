// Shows similar wishes and offerings while someone writes a wish; without it the button "See whether it exists" does.
(() => {
  "use strict";
  const place = document.getElementById("similar");
  const form = document.getElementById("wish");
  if (!place || !form || !window.fetch) return;
  form.classList.add("with-script");

  let waiting = 0;
  let running = null;
  const ask = async () => {
    if (running) running.abort();
    running = new AbortController();
    try {
      const address = place.dataset.address + "?q=" + encodeURIComponent(form.elements.title.value.slice(0, 200));
      const answer = await fetch(address, { signal: running.signal });
      if (!answer.ok) return;
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...part.body.childNodes);
      document.getElementById("told").textContent = [...place.querySelectorAll("h2")].map((h) => h.textContent).join(". ");
    } catch {
      // The form works without.
    }
  };
  form.elements.title.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  });
})();
