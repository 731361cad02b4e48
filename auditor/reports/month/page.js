"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { texts, words, severities, pictures } = data;
  const PER_PAGE = 25;
  const byId = (id) => document.getElementById(id);
  if (!byId("filter")) return;
  const controls = ["text", "entity", "state", "severity", "criterion"].map((name) => byId("filter-" + name));
  const [search, entity, state, severity, criterion] = controls;
  const columns = Object.fromEntries(data.columns.map((name, place) => [name, place]));
  const at = (row, name) => texts[row[columns[name]]];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const haystacks = new Map();
  let chosen = [];
  let page = 0;

  const fill = (template, facts) => template.replace(/\{(\w+)\}/g, (all, name) => facts[name] ?? all);
  const number = (value) => new Intl.NumberFormat(data.language).format(value);

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }

  function haystack(row) {
    if (!haystacks.has(row)) haystacks.set(row, fold(data.searched.map((name) => at(row, name)).join("\n")));
    return haystacks.get(row);
  }

  function fits(row, needles) {
    const stands = row[columns.state];
    return (!entity.value || row[columns.entity] === Number(entity.value))
      && (state.value === "all" || (state.value === "standing" ? data.standing.includes(stands) : stands === state.value))
      && (!severity.value || severities[row[columns.severity]] === severity.value)
      && (!criterion.value || row[columns.criterion] === Number(criterion.value))
      && needles.every((needle) => haystack(row).includes(needle));
  }

  function told(row, name) {
    const text = at(row, name);
    return text ? [element("div", {}, element("dt", {}, words[name]), element("dd", { dir: "auto" }, text))] : [];
  }

  function picture(place, caption, description) {
    if (place < 0) return [];
    const image = element("img", { alt: description, src: "data:image/jpeg;base64," + pictures[place] });
    return [element("figure", {}, element("figcaption", {}, caption), image)];
  }

  function card(row) {
    const level = severities[row[columns.severity]];
    const name = at(row, "name");
    const badges = element("p", { class: "badges" },
      element("span", { class: "badge " + level }, words[level]),
      element("span", { class: "badge" }, words[row[columns.state]]));
    const heading = element("h3", {}, element("bdi", {}, name), " – " + at(row, "criterion"));
    const about = [at(row, "employee_no"), at(row, "entity"), at(row, "manager")].filter(Boolean);
    const shown = [
      ...picture(row[columns.seen_picture], words.seen_picture, fill(words.seen_alt, { name })),
      ...picture(row[columns.our_picture], words.our_picture, fill(words.our_alt, { entity: at(row, "entity") })),
    ];
    const list = element("dl", { class: "told" }, ...["seen", "expected", "action", "why"].flatMap((key) => told(row, key)));
    const body = element("div", { class: shown.length ? "body pictured" : "body" }, list);
    if (shown.length) body.append(element("div", { class: "pictures" }, ...shown));
    const facts = ["due", "owner", "open_since", "evidence", "certainty", "finding"]
      .filter((key) => at(row, key)).map((key) => {
        const late = key === "due" && row[columns.late];
        return element("span", late ? { class: "late" } : {}, fill(words.labelled, { label: words[late ? "late" : key], value: at(row, key) }));
      });
    const address = at(row, "profile");
    if (/^https?:\/\//.test(address)) {
      facts.push(element("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, fill(words.profile, { id: at(row, "employee_no") })));
    }
    const article = element("article", { class: "finding " + level }, element("header", {}, heading, badges),
      element("p", { class: "about", dir: "auto" }, about.join(" · ")), body, element("p", { class: "facts" }, ...facts));
    return element("li", {}, article);
  }

  function show() {
    const pages = Math.max(1, Math.ceil(chosen.length / PER_PAGE));
    page = Math.min(page, pages - 1);
    const rows = chosen.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
    byId("list").replaceChildren(...rows.map(card));
    const count = fill(words.shown, { shown: number(chosen.length), all: number(data.rows.length) });
    const place = fill(words.page_of, { page: number(page + 1), pages: number(pages) });
    byId("count").textContent = chosen.length ? (pages > 1 ? count + " – " + place : count) : count + " – " + words.nothing;
    byId("pages").hidden = pages < 2;
    byId("place").textContent = place;
    byId("previous").disabled = page === 0;
    byId("next").disabled = page === pages - 1;
  }

  function choose() {
    const needles = fold(search.value).split(/\s+/).filter(Boolean);
    chosen = data.rows.filter((row) => fits(row, needles));
    page = 0;
    show();
  }

  function turn(step) {
    page += step;
    show();
    byId("findings-heading").focus();
    byId("findings-heading").scrollIntoView();
  }

  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(choose, 120); });
  for (const control of controls.slice(1)) control.addEventListener("change", choose);
  byId("filter").addEventListener("submit", (event) => { event.preventDefault(); choose(); });
  byId("filter").addEventListener("reset", () => setTimeout(choose, 0));
  byId("previous").addEventListener("click", () => turn(-1));
  byId("next").addEventListener("click", () => turn(1));
  byId("filter").hidden = false;
  byId("findings-heading").tabIndex = -1;
  choose();
})();
