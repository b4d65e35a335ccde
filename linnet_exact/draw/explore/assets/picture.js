// The stratum DAG as SVG: rows by dimension, a box for each stratum, a path for each cover.

const picture = { boxes: [], edges: [], lit: [], filled: [] };

const edgeShape = (path, number) => {
  const [kind, before] = page.moves[page.edges.move[number]];
  const title = svg("title", {}, `${kind} ${before.join(",")}`);
  return svg("path", { class: `edge ${kind}`, d: path }, title);
};

const kindsOf = (stratum) =>
  [
    ["maximal", stratum.maximal],
    ["minimal", stratum.minimal],
    ["singular", stratum.singular],
    ["marked", page.marked === stratum.number],
  ]
    .filter(([, holds]) => holds)
    .map(([name]) => name);

const boxShape = (stratum) => {
  const [width, height] = page.picture.box;
  const place = `translate(${stratum.place.join(" ")})`;
  return svg(
    "g",
    {
      class: ["box", ...kindsOf(stratum)].join(" "),
      transform: place,
      "data-stratum": stratum.number,
    },
    svg("title", {}, `${stratum.barcode}, dimension ${stratum.dimension}`),
    svg("rect", { x: -width / 2, y: -height / 2, width, height, rx: 5 }),
  );
};

// A barcode in lines, broken after bars.
const barcodeLines = (barcode) => {
  const lines = [""];
  for (const bar of barcode.split(",")) {
    if (lines.at(-1) && lines.at(-1).length + bar.length > page.picture.characters) {
      lines.push("");
    }
    lines[lines.length - 1] += `${bar},`;
  }
  return [...lines.slice(0, -1), lines.at(-1).slice(0, -1)];
};

// What is in a box is made when the box is first seen large enough.
const fillBox = (stratum) => {
  const [width, height] = page.picture.box;
  const lines = barcodeLines(stratum.barcode);
  const label = lines.map((line, at) =>
    svg("text", { y: height / 2 - 7 - 13 * (lines.length - 1 - at) }, line),
  );
  const middle = -(13 * lines.length) / 2 - 1;
  const flow = svg("g", { transform: `translate(0 ${middle})` }, ...smallFlow(stratum));
  const corner = `M${width / 2 - 15} ${1 - height / 2}h10q4 0 4 4v10z`;
  const mark = stratum.singular ? [svg("path", { class: "corner", d: corner })] : [];
  picture.boxes[stratum.number].append(...mark, flow, ...label);
  picture.filled[stratum.number] = true;
};

const rowLine = ([, y]) => svg("path", { class: "row", d: `M0 ${y}H${page.picture.size[0]}` });

// The dimensions stay at the left edge and keep their size, however the picture is moved.
const axisLabel = ([dimension]) => svg("text", { class: "axis", x: 20 }, String(dimension));

const buildPicture = () => {
  picture.edges = page.edges.path.map(edgeShape);
  picture.boxes = strata.map(boxShape);
  picture.axis = page.picture.rows.map(axisLabel);
  picture.world = svg(
    "g",
    {},
    ...page.picture.rows.map(rowLine),
    svg("g", { transform: `translate(${page.picture.corner.join(" ")})` }, ...picture.edges),
    ...picture.boxes,
  );
  picture.svg = svg("svg", { class: "dag", "aria-hidden": "true" }, picture.world, ...picture.axis);
  byId("picture").append(picture.svg);
};

// Light some covers, and what is at their other ends.
const light = (moves) => {
  picture.lit.forEach((shape) => shape.classList.remove("lit"));
  picture.lit = moves.flatMap((move) => [picture.edges[move.edge], picture.boxes[move.to]]);
  picture.lit.forEach((shape) => shape.classList.add("lit"));
};

const choosePicture = (stratum, before) => {
  if (before) {
    picture.boxes[before.number].classList.remove("chosen");
    [...before.up, ...before.down].forEach(({ edge }) =>
      picture.edges[edge].classList.remove("own"),
    );
  }
  picture.boxes[stratum.number].classList.add("chosen");
  [...stratum.up, ...stratum.down].forEach(({ edge }) => picture.edges[edge].classList.add("own"));
};

// Strata that are filtered out, and covers that lead to one, are faint.
const filterPicture = (shown) => {
  picture.boxes.forEach((box, number) => box.classList.toggle("faint", !shown[number]));
  picture.edges.forEach((edge, number) => {
    const both = shown[page.edges.lower[number]] && shown[page.edges.upper[number]];
    edge.classList.toggle("faint", !both);
  });
};

const legendEntry = (shape, text) =>
  html("li", {}, svg("svg", { width: 26, height: 14, "aria-hidden": "true" }, shape), text);

const buildLegend = () => {
  const frame = (name) => {
    const corner =
      name === "singular" ? [svg("path", { class: "corner", d: "M14 1h7q3 0 3 3v7z" })] : [];
    const rect = svg("rect", { x: 2, y: 1, width: 22, height: 12, rx: 3 });
    return svg("g", { class: `box ${name}` }, rect, ...corner);
  };
  const line = (name) => svg("path", { class: `edge ${name}`, d: "M1 7H25" });
  const strand = (name) =>
    svg("path", { class: `strand ${name}`, "stroke-width": 4, d: "M4 7H22" });
  byId("legend").append(
    legendEntry(frame("maximal"), "maximal"),
    legendEntry(frame("minimal"), "minimal"),
    legendEntry(frame("singular"), "singular"),
    ...(page.marked === null
      ? []
      : [legendEntry(frame("marked"), `weights of ${page.marked_name}`)]),
    legendEntry(line("connect"), "connecting move"),
    legendEntry(line("swap"), "swapping move"),
    legendEntry(strand("through"), "input to output"),
    legendEntry(strand("input"), "from the input"),
    legendEntry(strand("output"), "to the output"),
    legendEntry(strand("inner"), "hidden layers"),
  );
};
