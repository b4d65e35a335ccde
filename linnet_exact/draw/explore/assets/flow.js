// Basis flow diagrams: layers from left to right, a strand for each bar, thicker for more copies.

const strandClass = ([start, end]) => {
  if (start === 0) {
    return end === depth ? "through" : "input";
  }
  return end === depth ? "output" : "inner";
};

// A small one for the picture: for each colour and width a path; strands with a dot at each layer.
const smallFlow = (stratum) => {
  const gap = page.picture.strand;
  const step = Math.min(40, (page.picture.box[0] - 26) / depth);
  const left = (-step * depth) / 2;
  const top = -((stratum.rows.length - 1) * gap) / 2;
  const paths = new Map();
  const add = (name, width, path) => {
    const key = JSON.stringify([name, width]);
    paths.set(key, (paths.get(key) || "") + path);
  };
  stratum.rows.forEach((row, at) => {
    const y = (top + at * gap).toFixed(1);
    for (const strand of row) {
      const [start, end, count] = strand;
      const name = strandClass(strand);
      const more = 1.3 * (count - 1);
      const move = (layer) => `M${(left + layer * step).toFixed(1)} ${y}`;
      if (end > start) {
        const length = `h${((end - start) * step).toFixed(1)}`;
        add(name, Math.min(1.5 + more, gap * 0.7), move(start) + length);
      }
      for (let layer = start; layer <= end; layer += 1) {
        add(name, Math.min(4 + more, gap * 0.95), `${move(layer)}h0`);
      }
    }
  });
  return [...paths].map(([key, d]) => {
    const [name, width] = JSON.parse(key);
    return svg("path", { class: `strand ${name}`, "stroke-width": width.toFixed(1), d });
  });
};

const strandShapes = (strand, y, step) => {
  const [start, end, count] = strand;
  const name = strandClass(strand);
  const thick = Math.min(12, 3 + Math.log2(count));
  const shapes = [
    svg("path", {
      class: `strand ${name}`,
      d: `M${start * step} ${y}h${(end - start) * step}`,
      "stroke-width": thick,
    }),
  ];
  for (let layer = start; layer <= end; layer += 1) {
    shapes.push(svg("circle", { class: `dot ${name}`, cx: layer * step, cy: y, r: 3 + thick / 2 }));
  }
  if (count > 1) {
    shapes.push(
      svg("text", { class: `copies ${name}`, x: start * step + 10, y: y - 8 }, `×${count}`),
    );
  }
  return shapes;
};

// The large one of a chosen stratum.
const largeFlow = (stratum) => {
  const step = Math.max(34, Math.min(90, 340 / depth));
  const bottom = 46 + 26 * stratum.rows.length;
  const parts = page.widths.flatMap((width, layer) => [
    svg("path", { class: "layer", d: `M${layer * step} 30V${bottom}` }),
    svg("text", { class: "width", x: layer * step, y: 18 }, String(width)),
  ]);
  for (let layer = 1; layer <= depth; layer += 1) {
    const name = svg(
      "text",
      { class: "matrix", x: (layer - 0.5) * step, y: 18 },
      `W${subscript(layer)}`,
    );
    parts.push(name);
  }
  stratum.rows.forEach((row, at) => {
    parts.push(...row.flatMap((strand) => strandShapes(strand, 50 + 26 * at, step)));
  });
  const wide = depth * step + 64;
  const box = `-24 0 ${wide} ${bottom + 10}`;
  const label = `Basis flow diagram of ${stratum.barcode}`;
  return svg(
    "svg",
    { class: "flow", viewBox: box, width: wide, role: "img", "aria-label": label },
    ...parts,
  );
};
