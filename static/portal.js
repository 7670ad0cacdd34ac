// Makes filtering smoother: a tick changes the results at once, and address, Back and focus stay right.
// Without it every page works the same by the button "Apply filters".
(() => {
  "use strict";
  const form = document.getElementById("f");
  if (!form || !document.getElementById("results") || !window.fetch || !window.URLSearchParams) return;

  let running = null;

  const addressOf = () => {
    const fields = [...new FormData(form)].filter(([name, value]) => value !== "" && !(name === "sort" && value === "relevance"));
    const query = new URLSearchParams(fields).toString();
    return form.action + (query ? "?" + query : "");
  };

  const openPanels = () => [...document.querySelectorAll("details[id], details.filters")].map((panel) => [panel.id || "filters-all", panel.open]);

  const put = (page, focusId, panels) => {
    for (const id of ["filters", "results"]) {
      const fresh = page.getElementById(id);
      if (!fresh) return false;
      document.getElementById(id).replaceWith(fresh);
    }
    document.title = page.title;
    for (const [id, open] of panels) {
      const panel = id === "filters-all" ? document.querySelector("details.filters") : document.getElementById(id);
      if (panel) panel.open = open;
    }
    page.querySelectorAll(".langs a").forEach((link, number) => {
      const shown = document.querySelectorAll(".langs a")[number];
      if (shown) shown.href = link.href;
    });
    const focused = focusId && document.getElementById(focusId);
    if (focused) focused.focus({ preventScroll: true });
    document.getElementById("announce").textContent = document.getElementById("count").textContent;
    return true;
  };

  const show = async (address, focusId, { push }) => {
    if (running) running.abort();
    running = new AbortController();
    const panels = openPanels();
    document.getElementById("results").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: running.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!put(page, focusId, panels)) throw new Error("other page");
      if (push) history.pushState({ portal: true }, "", address);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  };

  document.addEventListener("change", (event) => {
    const control = event.target;
    if (control.form !== form || (control.type !== "checkbox" && control.tagName !== "SELECT")) return;
    show(addressOf(), control.id, { push: true });
  });

  document.addEventListener("click", (event) => {
    const chip = event.target.closest && event.target.closest(".chips a");
    if (!chip || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(chip.href, "count", { push: true });
  });

  window.addEventListener("popstate", () => {
    form.elements.q.value = new URLSearchParams(location.search).get("q") || "";
    show(location.href, null, { push: false });
  });
})();
