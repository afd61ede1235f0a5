"use strict";
// Offers what may be meant while one types. Without this script the form works as it is.
(() => {
  const input = document.getElementById("q");
  const list = document.createElement("ul");
  list.id = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Found");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": "offers", "aria-expanded": "false",
  })) input.setAttribute(name, value);

  let hits = [], at = -1, waiting = 0, asked = 0;

  const choose = (place) => {
    at = place;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `offer-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };

  const show = (found) => {
    hits = found;
    list.replaceChildren(...hits.map((hit, i) => {
      const option = document.createElement("li");
      option.id = `offer-${i}`;
      option.setAttribute("role", "option");
      const name = document.createElement("span");
      name.className = "name";
      name.textContent = hit.name;
      const chip = document.createElement("span");
      chip.className = `chip ${hit.label.toLowerCase()}`;
      chip.textContent = hit.label;
      option.append(name, chip);
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        location.assign(hit.address);
      });
      return option;
    }));
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  };

  // Takes the offers away, and has what is still awaited come to nothing.
  const drop = () => {
    clearTimeout(waiting);
    asked += 1;
    show([]);
  };

  const ask = async () => {
    const text = input.value.trim();
    const mine = ++asked;
    if (text.length < 2 && !/[^\x00-\x7f]/.test(text)) return show([]);
    let found = [];
    try {
      const answer = await fetch(`${document.body.dataset.offers}?q=${encodeURIComponent(text)}`);
      if (answer.ok) found = (await answer.json()).hits;
    } catch {
      // The server has ended; there is nothing to offer.
    }
    // What was typed meanwhile has asked again.
    if (mine === asked) show(found);
  };

  const askSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  };

  input.addEventListener("input", askSoon);
  // What was typed before this script came is asked for as well.
  if (document.activeElement === input && input.value !== input.defaultValue) askSoon();
  input.addEventListener("blur", drop);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") drop();
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") choose((at + 1) % hits.length);
    else if (event.key === "ArrowUp") choose((at <= 0 ? hits.length : at) - 1);
    else if (event.key === "Enter" && at >= 0) location.assign(hits[at].address);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      input.focus();
    }
  });
})();
