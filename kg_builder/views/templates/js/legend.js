// The legend tells what signs mean, and filters.

function entry(id, name, sign, item, off) {
  const box = element("input", { type: "checkbox", id });
  box.checked = !off.has(item.name);
  box.addEventListener("change", () => {
    if (box.checked) off.delete(item.name);
    else off.add(item.name);
    refresh();
  });
  const text = element("span", { class: box.checked ? null : "off" }, name);
  const count = element("span", { class: "count" }, item.count.toLocaleString("en"));
  return element("li", {}, element("label", { for: id, title: item.meaning }, box, sign, text, count));
}

function updateLegend() {
  const focused = document.activeElement?.id;
  byId("labels").replaceChildren(...graph.labels.map((label, i) => entry(`label-${i}`, label.name, swatch(label.name), label, state.labelsOff)));
  byId("types").replaceChildren(...graph.types.map((type, i) => entry(`type-${i}`, words(type.name), stroke(type), type, state.typesOff)));
  if (focused && /^(label|type)-\d+$/.test(focused)) byId(focused)?.focus();
}

const certain = edges.some((edge) => edge.confidence !== undefined);
byId("confidence-slider").hidden = !certain;
byId("confidence").addEventListener("input", (event) => {
  state.confidence = Number(event.target.value);
  refresh();
});

byId("time-slider").hidden = !graph.timeline || dates.length < 2;
byId("until").max = String(Math.max(dates.length - 1, 0));
byId("until").addEventListener("input", (event) => {
  const number = Number(event.target.value);
  state.until = number === dates.length - 1 ? null : dates[number];
  refresh();
});

function updateSliders() {
  byId("confidence").value = String(state.confidence);
  byId("confidence-value").textContent = state.confidence.toFixed(2);
  if (!dates.length) return;
  const until = state.until ?? dates.at(-1);
  byId("until").value = String(dates.indexOf(until));
  byId("until-value").textContent = until;
  byId("until").setAttribute("aria-valuetext", until);
}

const leftOut = byId("left-out");
leftOut.hidden = graph.leftOut.length === 0;
leftOut.textContent = graph.leftOut.join(" ");
