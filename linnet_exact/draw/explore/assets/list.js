// Search, filters, and the strata as a list.

const list = { rows: [], shown: strata.map(() => true) };

// A word is a bar, which the barcode has (so many times, if it says so), or part of a barcode.
const matchesWord = (stratum, word) => {
  const bar = /^(\d+)-(\d+)(?::(\d+))?$/.exec(word);
  if (!bar) {
    return stratum.barcode.includes(word);
  }
  const [, start, end, count] = bar.map(Number);
  return stratum.bars.some(
    (own) => own.start === start && own.end === end && (!bar[3] || own.count === count),
  );
};

const matchesFilters = (stratum, words) =>
  stratum.dimension >= Number(byId("from").value) &&
  stratum.dimension <= Number(byId("to").value) &&
  (!byId("maximal").checked || stratum.maximal) &&
  (!byId("singular").checked || stratum.singular) &&
  words.every((word) => matchesWord(stratum, word));

const applyFilters = () => {
  const words = byId("search")
    .value.split(/[\s,]+/)
    .filter(Boolean);
  list.shown = strata.map((stratum) => matchesFilters(stratum, words));
  const count = list.shown.filter(Boolean).length;
  byId("matches").textContent =
    `${count} of ${plural(strata.length, "stratum").replace("stratums", "strata")}`;
  filterPicture(list.shown);
  list.rows.forEach((row, number) => row.toggleAttribute("hidden", !list.shown[number]));
};

const listRow = (stratum) =>
  html(
    "tr",
    {},
    html("td", {}, html("a", { href: `#${stratum.barcode}` }, stratum.barcode)),
    html("td", {}, String(stratum.dimension)),
    html("td", {}, String(stratum.codimension)),
    html("td", {}, kindsOf(stratum).join(", ")),
  );

const buildList = () => {
  list.rows = strata.map(listRow);
  const heads = ["barcode", "dimension", "codimension", "kind"].map((name) =>
    html("th", { scope: "col" }, name),
  );
  const head = html("thead", {}, html("tr", {}, ...heads));
  byId("list").append(html("table", {}, head, html("tbody", {}, ...list.rows)));
  applyFilters();
};

// The list is made when it is first asked for.
const showAs = (asList) => {
  if (asList && list.rows.length === 0) {
    buildList();
  }
  for (const id of ["picture", "keys", "legend", "zoom"]) {
    byId(id).toggleAttribute("hidden", asList);
  }
  byId("list").toggleAttribute("hidden", !asList);
  byId("as-list").setAttribute("aria-pressed", String(asList));
  byId("as-picture").setAttribute("aria-pressed", String(!asList));
  bringIntoView(chosen, false);
};

const buildFilters = () => {
  const dimensions = [...new Set(page.strata.dimension)].sort((a, b) => a - b);
  const options = () => dimensions.map((d) => html("option", { value: d }, String(d)));
  byId("from").append(...options());
  byId("to").append(...options());
  byId("to").value = String(dimensions.at(-1));
  byId("filters").addEventListener("input", applyFilters);
  byId("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    const first = strata.find((stratum) => list.shown[stratum.number]);
    if (first) {
      go(first);
    } else {
      say("No stratum is like that.");
    }
  });
  byId("as-list").addEventListener("click", () => showAs(true));
  byId("as-picture").addEventListener("click", () => showAs(false));
  byId("to-list").addEventListener("click", (event) => {
    event.preventDefault();
    showAs(true);
    byId("list").focus();
  });
  applyFilters();
};
