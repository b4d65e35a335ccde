// Choosing strata, by the address, clicks and keys; and the start of it all.

let chosen = null;
let seen = null; // a stratum that was clicked on in the picture, which then stays as it is

const choose = (stratum, near) => {
  choosePicture(stratum, chosen);
  chosen = stratum;
  light([]);
  showPanel(stratum);
  bringIntoView(stratum, near);
  const moves = `${plural(stratum.up.length, "move")} up, ${stratum.down.length} down`;
  say([stratum.barcode, `dimension ${stratum.dimension}`, ...kindsOf(stratum), moves].join(", "));
};

// The address names the stratum, so that links, bookmarks and the way back work.
const go = (stratum) => {
  window.location.hash = `#${stratum.barcode}`;
};

const ofAddress = () => {
  const number = numberOf.get(decodeURIComponent(window.location.hash.slice(1)));
  return number === undefined ? null : strata[number];
};

const nearest = (moves) => {
  const distance = ({ to }) => Math.abs(strata[to].place[0] - chosen.place[0]);
  const best = moves.reduce((a, b) => (a && distance(a) <= distance(b) ? a : b), null);
  return best && strata[best.to];
};

const beside = (step) => {
  const row = strata
    .filter((stratum) => stratum.dimension === chosen.dimension)
    .sort((a, b) => a.place[0] - b.place[0]);
  return row[row.indexOf(chosen) + step];
};

const largest = () => strata.reduce((a, b) => (b.dimension > a.dimension ? b : a));

const GOALS = {
  ArrowUp: () => nearest(chosen.up),
  ArrowDown: () => nearest(chosen.down),
  ArrowLeft: () => beside(-1),
  ArrowRight: () => beside(1),
  Home: () => strata.find((stratum) => stratum.minimal),
  End: largest,
};

const ZOOMS = {
  "+": () => zoomView(1.4),
  "=": () => zoomView(1.4),
  "-": () => zoomView(1 / 1.4),
  0: fitView,
  Enter: () => byId("stratum-name").focus(),
};

const keyInPicture = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key in GOALS) {
    event.preventDefault();
    const goal = GOALS[event.key]();
    if (goal) {
      go(goal);
    }
  } else if (event.key in ZOOMS) {
    event.preventDefault();
    ZOOMS[event.key]();
  }
};

const keyAnywhere = (event) => {
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "Escape") {
    byId("picture").focus();
  }
};

const glance = () => {
  const { dimension, codimension, components } = page.fiber;
  const parts = [
    strata.length === 1 ? "1 stratum" : `${strata.length} strata`,
    plural(page.edges.lower.length, "cover"),
    `the fiber has dimension ${dimension}, codimension ${codimension}`,
    ...(components === null ? [] : [plural(components, "irreducible component")]),
  ];
  const of = page.target_name === null ? "" : ` W is the matrix in ${page.target_name}.`;
  return `${parts.join(", ")}.${of} Made by linnet-exact ${page.version}.`;
};

const start = () => {
  byId("glance").textContent = glance();
  buildPicture();
  buildLegend();
  buildFilters();
  watchView();
  fitView();
  byId("picture").addEventListener("keydown", keyInPicture);
  document.addEventListener("keydown", keyAnywhere);
  byId("picture").addEventListener("click", (event) => {
    const box = event.target.closest("[data-stratum]");
    if (box && !view.dragged) {
      seen = strata[Number(box.dataset.stratum)];
      go(seen);
    }
  });
  window.addEventListener("hashchange", () => {
    const stratum = ofAddress();
    if (stratum) {
      choose(stratum, stratum !== seen);
    }
    seen = null;
  });
  const named = ofAddress();
  choose(named || strata[page.marked ?? 0], named !== null);
  document.documentElement.dataset.ready = "";
};

start();
