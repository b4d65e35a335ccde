// What is said about the chosen stratum.

const SHOWN = 16; // rows, columns, and about as many digits

const fact = (name, ...value) => [html("dt", {}, ...[name].flat()), html("dd", {}, ...value)];

const singularText = ({ singular, tangent, local }) => {
  const above = "the largest dimension of a stratum at or above this one";
  const compared = singular
    ? `yes: dim null dμ = ${tangent} > ${local}`
    : `no: dim null dμ = ${tangent}`;
  return `${compared}, ${above}`;
};

const pointFacts = ({ count }) => {
  const name = ["points over F", html("sub", {}, "q")];
  if (count === null) {
    return fact(name, "for these widths: linnet-exact count --points Q");
  }
  const more = html("details", {}, html("summary", {}, "expanded, and values"));
  const fill = () => {
    const coefficients = expanded(count);
    const values = [2, 3, 4, 5].map((q) => `${valueAt(coefficients, q)} for q = ${q}`);
    more.append(
      html("p", { class: "polynomial" }, polynomial(coefficients)),
      html("p", {}, values.join(", ")),
    );
  };
  more.addEventListener("toggle", fill, { once: true });
  const named = count[1].some(([index]) => index > NAMED);
  const note = named ? [html("p", { class: "note" }, "Φₙ: the n-th cyclotomic polynomial")] : [];
  return fact(name, html("span", { class: "polynomial" }, factored(count)), ...note, more);
};

const facts = (stratum) =>
  html(
    "dl",
    {},
    ...fact("dimension", String(stratum.dimension)),
    ...fact("codimension", `${stratum.codimension} in weight space`),
    ...fact("singular", singularText(stratum)),
    ...fact("real components", String(stratum.realComponents)),
    ...pointFacts(stratum),
  );

const rankTable = (stratum) => {
  const heads = page.widths.map((_, i) => html("th", { scope: "col" }, `i=${i}`));
  const corner = html("td", {}, "r", html("sub", {}, "k~i"));
  const rows = rankTriangle(stratum.bars).map((ranks, k) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, `k=${k}`),
      ...ranks.map((rank) => html("td", {}, String(rank))),
    ),
  );
  return html("table", { class: "ranks" }, html("tr", {}, corner, ...heads), ...rows);
};

const conditionList = (stratum) => {
  const items = stratum.conditions.map((condition) => {
    const [k, i, rank] = condition;
    return html("li", {}, `rk ${productName(k, i)} ≤ ${rank}: ${equationText(condition)}`);
  });
  const product = html("li", {}, `${productName(depth, 0)} = W, of rank ${page.rank}`);
  return html("ul", { class: "equations" }, product, ...items);
};

const moveItem = (move, upward) => {
  const other = strata[move.to];
  const gain = Math.abs(other.dimension - strata[move.from].dimension);
  const text = `${upward ? "" : "undo "}${move.kind} ${move.before.join(", ")} → ${move.after.join(", ")}`;
  const link = html("a", { href: `#${other.barcode}` }, other.barcode);
  const item = html("li", {}, link, html("br"), `${text}, dimension ${upward ? "+" : "−"}${gain}`);
  for (const event of ["mouseenter", "focusin"]) {
    item.addEventListener(event, () => light([move]));
  }
  for (const event of ["mouseleave", "focusout"]) {
    item.addEventListener(event, () => light([]));
  }
  return item;
};

const moveSection = (stratum, moves, upward) => {
  const title = `Moves ${upward ? "up" : "down"}: ${moves.length}`;
  const items = moves.map((move) => moveItem({ ...move, from: stratum.number }, upward));
  const none = upward ? "none, the stratum is maximal" : "none, the stratum is minimal";
  const list = items.length ? html("ul", { class: "moves" }, ...items) : html("p", {}, none);
  return [html("h3", {}, title), list];
};

// Large matrices and long entries are cut here, but not in what is copied.
const atMost = (items, more) => (items.length > SHOWN ? [...items.slice(0, SHOWN), more] : items);

const entryCell = (entry) => {
  const text = String(entry);
  const shown =
    text.length > 2 * SHOWN ? `${text.slice(0, SHOWN)}…${text.slice(-SHOWN / 2)}` : text;
  return html("td", {}, shown);
};

const productText = ({ number }) => {
  if (page.marked === number) {
    return `These are the weights of ${page.marked_name}.`;
  }
  if (page.marked !== null) {
    return `Their product is that of the weights of ${page.marked_name}.`;
  }
  return page.target_name === null
    ? `Their product is a matrix of rank ${page.rank}.`
    : `Their product is the matrix in ${page.target_name}.`;
};

const pointSection = (stratum) => {
  if (stratum.point === null) {
    return [
      html("p", {}, "Not here, or the page would be too large; the command line below makes it."),
    ];
  }
  const tables = matricesOf(stratum).map((rows, at) => {
    const shown = atMost(
      rows,
      rows[0].map(() => "⋮"),
    ).map((row) => atMost(row, "…"));
    const lines = shown.map((row) => html("tr", {}, ...row.map(entryCell)));
    return html(
      "figure",
      {},
      html("figcaption", {}, `W${subscript(at + 1)}`),
      html("table", { class: "entries" }, ...lines),
    );
  });
  const label = "Matrices of an exact point";
  return [
    html("div", { class: "matrices", tabindex: 0, role: "group", "aria-label": label }, ...tables),
    html("p", { class: "note" }, productText(stratum)),
  ];
};

const showPanel = (stratum) => {
  const kinds = kindsOf(stratum).map((name) =>
    html(
      "span",
      { class: `badge ${name}` },
      name === "marked" ? `weights of ${page.marked_name}` : name,
    ),
  );
  const panel = byId("stratum");
  const hadFocus = panel.contains(document.activeElement);
  panel.replaceChildren(
    html("h2", { tabindex: -1, id: "stratum-name" }, stratum.barcode),
    html("p", { class: "badges" }, ...kinds),
    largeFlow(stratum),
    facts(stratum),
    html("h3", {}, "Ranks"),
    rankTable(stratum),
    html("h3", {}, "Closure, by equations"),
    conditionList(stratum),
    html("p", { class: "note" }, "On the stratum itself every rank is the one in the triangle."),
    ...moveSection(stratum, stratum.up, true),
    ...moveSection(stratum, stratum.down, false),
    html("h3", {}, "An exact point"),
    ...pointSection(stratum),
    copySection(stratum),
  );
  panel.scrollTop = 0;
  if (hadFocus) {
    byId("stratum-name").focus(); // the link that was followed is gone
  }
};
