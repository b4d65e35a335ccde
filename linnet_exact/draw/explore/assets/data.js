// The data of the page: `page`, and `strata`, an object for each stratum with its moves.

const page = JSON.parse(document.getElementById("data").textContent);
const depth = page.widths.length - 1;

const parseBar = (text) => {
  const [, start, end, count] = /^(\d+)-(\d+)(?::(\d+))?$/.exec(text).map(Number);
  return { start, end, count: count || 1 };
};

// r_k~i is the number of bars that start at i or before and end at k or after.
const rankTriangle = (bars) =>
  page.widths.map((width, k) =>
    Array.from({ length: k + 1 }, (unused, i) =>
      bars.reduce((sum, bar) => (bar.start <= i && bar.end >= k ? sum + bar.count : sum), 0),
    ),
  );

const stratumOf = (number) => {
  const known = page.strata;
  const barcode = known.barcode[number];
  const bars = barcode.split(",").map(parseBar);
  return {
    number,
    barcode,
    bars,
    rows: known.rows[number],
    dimension: known.dimension[number],
    codimension: page.fiber.weight_dimension - known.dimension[number],
    tangent: known.tangent[number],
    local: known.local[number],
    singular: known.tangent[number] > known.local[number],
    realComponents: known.real[number],
    maximal: known.maximal[number] === 1,
    minimal: bars.every((bar) => bar.start === bar.end || bar.end - bar.start === depth),
    conditions: known.conditions[number],
    count: known.count[number],
    point: known.point[number],
    place: page.picture.nodes[number],
    up: [],
    down: [],
  };
};

const strata = page.strata.barcode.map((barcode, number) => stratumOf(number));
const numberOf = new Map(strata.map((stratum) => [stratum.barcode, stratum.number]));

page.edges.lower.forEach((lower, number) => {
  const upper = page.edges.upper[number];
  const [kind, before, after] = page.moves[page.edges.move[number]];
  strata[lower].up.push({ edge: number, to: upper, kind, before, after });
  strata[upper].down.push({ edge: number, to: lower, kind, before: after, after: before });
});

const SVG = "http://www.w3.org/2000/svg";

const filled = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

// Elements, with attributes and what is in them; text is text, never markup.
const html = (name, attributes = {}, ...children) =>
  filled(document.createElement(name), attributes, children);
const svg = (name, attributes = {}, ...children) =>
  filled(document.createElementNS(SVG, name), attributes, children);
const byId = (id) => document.getElementById(id);
