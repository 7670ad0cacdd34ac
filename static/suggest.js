// Offers completions while someone types in the search box; without it the box is a plain form.
(() => {
  "use strict";
  const box = document.querySelector("input[data-suggest]");
  const words = document.getElementById("suggest-words");
  if (!box || !words || !window.fetch) return;

  const list = document.createElement("ul");
  list.className = "suggest";
  list.id = "suggest-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels[0].textContent);
  list.hidden = true;
  const told = document.createElement("p");
  told.className = "sr";
  told.setAttribute("role", "status");
  box.form.append(list, told);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) box.setAttribute(name, value);
  box.setAttribute("autocomplete", "off");

  let chosen = -1;
  let typed = box.value;
  let waiting = 0;
  let running = null;
  const options = () => [...list.children];

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (number) => {
    const all = options();
    if (!all.length) return;
    chosen = (number + all.length + 1) % (all.length + 1);
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    if (chosen === all.length) {
      chosen = -1;
      box.removeAttribute("aria-activedescendant");
    } else {
      box.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map((suggestion, place) => {
      const option = document.createElement("li");
      option.id = "suggest-" + place;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = suggestion.url;
      const label = document.createElement("span");
      label.textContent = suggestion.label;
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = words.dataset[suggestion.kind];
      option.append(label, kind);
      return option;
    }));
    chosen = -1;
    list.hidden = !suggestions.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
    told.textContent = suggestions.length ? words.dataset.some.replace("{n}", suggestions.length) : words.dataset.none;
  };

  const ask = async () => {
    typed = box.value;
    if (typed.trim().length < 2) return close();
    if (running) running.abort();
    running = new AbortController();
    try {
      const answer = await fetch(box.dataset.suggest + "&q=" + encodeURIComponent(typed), { signal: running.signal });
      if (answer.ok && document.activeElement === box) show((await answer.json()).suggestions);
    } catch {
      close();
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        ask();
      } else {
        choose(event.key === "ArrowDown" ? chosen + 1 : chosen - 1);
      }
      event.preventDefault();
    } else if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.url);
    }
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      event.preventDefault();
      location.assign(option.dataset.url);
    }
  });
})();
