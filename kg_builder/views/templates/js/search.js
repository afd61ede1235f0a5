// Search with completion: a combobox after the ARIA authoring practices.

const box = byId("search");
const options = byId("options");
const MOST = 12;

const plain = (text) => text.normalize("NFKC").toLowerCase();

function spellingsOf(node) {
  const { aliases, variants, id } = node.properties;
  return [node.name, ...(aliases ?? []), ...(variants ?? []), id ?? ""].map(plain);
}

// Made when the search is first used: on a large graph that takes a moment.
let spellings = null;
let found = [];
let active = -1;

// How well a node answers: the whole name, its beginning, a word's beginning, anything within.
function score(number, wanted) {
  let best = 0;
  for (const text of spellings[number]) {
    const at = text.indexOf(wanted);
    if (at < 0) continue;
    const exact = text === wanted ? 4 : at === 0 ? 3 : /[\p{L}\p{N}]/u.test(text[at - 1]) ? 1 : 2;
    best = Math.max(best, exact);
  }
  return best;
}

function lookUp(text) {
  const wanted = plain(text.trim());
  if (!wanted) return [];
  spellings ??= nodes.map(spellingsOf);
  const rank = new Map();
  byImportance.forEach((number) => {
    const value = score(number, wanted);
    if (value) rank.set(number, value);
  });
  // Ties stay in the order of importance.
  return [...rank.keys()].sort((a, b) => rank.get(b) - rank.get(a)).slice(0, MOST);
}

function offer() {
  options.replaceChildren(
    ...found.map((number, i) => {
      const node = nodes[number];
      const item = element(
        "li",
        { role: "option", id: `option-${i}`, "aria-selected": String(i === active) },
        swatch(node.group, colourOf(node)),
        element("span", { class: "name", dir: "auto" }, node.name.slice(0, 200)),
        element("span", { class: "what" }, node.group),
      );
      // Not "click": the box would lose the focus first and close the list.
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(number);
      });
      return item;
    }),
  );
  const none = box.value.trim() !== "" && found.length === 0;
  if (none) options.replaceChildren(element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing is called so"));
  options.hidden = found.length === 0 && !none;
  box.setAttribute("aria-expanded", String(!options.hidden));
  if (active >= 0) box.setAttribute("aria-activedescendant", `option-${active}`);
  else box.removeAttribute("aria-activedescendant");
}

function closeOptions() {
  found = [];
  active = -1;
  options.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function take(number) {
  box.value = "";
  closeOptions();
  state.around = null;
  choose(number, true);
}

box.addEventListener("input", () => {
  found = lookUp(box.value);
  active = found.length ? 0 : -1;
  offer();
});
box.addEventListener("blur", closeOptions);
box.addEventListener("keydown", (event) => {
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
    active = (active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
    offer();
    byId(`option-${active}`).scrollIntoView({ block: "nearest" });
    event.preventDefault();
  } else if (event.key === "Enter" && active >= 0) {
    take(found[active]);
    event.preventDefault();
  } else if (event.key === "Escape" && box.value) {
    box.value = "";
    closeOptions();
    event.stopPropagation();
  }
});
