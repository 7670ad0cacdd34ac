// Keeps the progress of a sent file fresh, and shows the whole page anew when its state has changed.
(() => {
  "use strict";
  const seconds = 1;
  const look = async () => {
    const place = document.querySelector("[data-progress]");
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-progress]");
      if (!answer.ok || !now || now.dataset.state !== place.dataset.state) return location.assign(location.pathname);
      place.replaceChildren(...now.childNodes);
    } catch {
      // The next look may succeed.
    }
    setTimeout(look, seconds * 1000);
  };
  setTimeout(look, seconds * 1000);
})();
