// Numbers, formulas and the texts that are copied.

const inDigits = (digits) => (number) => String(number).replace(/\d/g, (digit) => digits[digit]);
const subscript = inDigits("₀₁₂₃₄₅₆₇₈₉");
const superscript = inDigits("⁰¹²³⁴⁵⁶⁷⁸⁹");
const power = (base, exponent) => (exponent === 1 ? base : base + superscript(exponent));
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

// A polynomial in q from its coefficients, numbers or BigInt, that of q⁰ first.
const polynomial = (coefficients) => {
  let text = "";
  for (let degree = coefficients.length - 1; degree >= 0; degree -= 1) {
    const coefficient = BigInt(coefficients[degree]);
    if (coefficient !== 0n) {
      const size = coefficient < 0n ? -coefficient : coefficient;
      const sign = coefficient < 0n ? " − " : text && " + ";
      const factor = size === 1n && degree > 0 ? "" : String(size);
      text += sign + factor + (degree > 0 ? power("q", degree) : "");
    }
  }
  return text || "0";
};

const times = (left, right) => {
  const product = Array(left.length + right.length - 1).fill(0n);
  left.forEach((a, i) => right.forEach((b, j) => (product[i + j] += a * b)));
  return product;
};

// The coefficients, as BigInt, of a number of points: q to a power times cyclotomic polynomials.
const expanded = ([exponent, factors]) => {
  let product = [...Array(exponent).fill(0n), 1n];
  for (const [index, multiplicity] of factors) {
    const factor = page.cyclotomic[index].map(BigInt);
    for (let at = 0; at < multiplicity; at += 1) {
      product = times(product, factor);
    }
  }
  return product;
};

const NAMED = 12; // later cyclotomic polynomials, which are long, are called by their names

// Lines break between factors only.
const factorText = (index) =>
  index > NAMED
    ? `Φ${subscript(index)}(q)`
    : `(${polynomial(page.cyclotomic[index]).replaceAll(" ", "\u00a0")})`;

const factored = ([exponent, factors]) => {
  const parts = factors.map(([index, multiplicity]) => power(factorText(index), multiplicity));
  return (exponent > 0 ? [power("q", exponent), ...parts] : parts).join(" ") || "1";
};

const valueAt = (coefficients, q) =>
  coefficients.reduceRight((value, coefficient) => value * BigInt(q) + coefficient, 0n);

const productName = (k, i, separator = "") =>
  Array.from({ length: k - i }, (_, at) => `W${subscript(k - at)}`).join(separator);

const binomial = (n, k) => {
  let value = 1n;
  for (let at = 1n; at <= BigInt(k); at += 1n) {
    value = (value * (BigInt(n) - at + 1n)) / at;
  }
  return value;
};

// What rk W_k~i ≤ r says as equations in the entries.
const equationText = ([k, i, rank]) => {
  const [rows, columns] = [page.widths[k], page.widths[i]];
  if (rank === 0) {
    return `${productName(k, i)} = 0`;
  }
  if (rows === columns && rows === rank + 1) {
    return `det ${productName(k, i)} = 0`;
  }
  const minors = binomial(rows, rank + 1) * binomial(columns, rank + 1);
  return `the ${minors} minors of size ${rank + 1} of ${productName(k, i)} are 0`;
};

const matricesOf = (stratum) =>
  stratum.point.map((matrix) =>
    matrix
      .split(";")
      .map((row) =>
        row.split(",").map((entry) => (/^-?\d{1,15}$/.test(entry) ? Number(entry) : entry)),
      ),
  );

const asJson = (stratum) => {
  const triangle = rankTriangle(stratum.bars);
  const ranks = triangle.flatMap((row, k) => row.map((rank, i) => [`${k}~${i}`, rank]));
  return {
    barcode: Object.fromEntries(stratum.bars.map((bar) => [`${bar.start}-${bar.end}`, bar.count])),
    rank_list: Object.fromEntries(ranks),
    dimension: stratum.dimension,
    codimension: stratum.codimension,
    tangent_dimension_of_fiber: stratum.tangent,
    local_fiber_dimension: stratum.local,
    singular: stratum.singular,
    real_components: stratum.realComponents,
    maximal: stratum.maximal,
    minimal: stratum.minimal,
  };
};

const asWeightsFile = (stratum) =>
  JSON.stringify({
    format: "linnet-exact/weights",
    version: 1,
    field: page.field,
    weights: matricesOf(stratum),
  });

const asLatex = (stratum) => {
  const bars = stratum.bars.map(
    (bar) => `[${bar.start},${bar.end}]${bar.count > 1 ? `^{${bar.count}}` : ""}`,
  );
  const triangle = rankTriangle(stratum.bars).map((row) => row.join("&"));
  const columns = "r".repeat(page.widths.length);
  const table = `\\begin{array}{${columns}}${triangle.join("\\\\")}\\end{array}`;
  return `$${bars.join(" \\oplus ")}$\n$${table}$\n`;
};

const shellWord = (text) =>
  /^[\w./,:^-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const asCommands = (stratum) => {
  const which = `${page.widths.join(",")} --barcode ${stratum.barcode}`;
  const target = page.target_name === null ? "" : ` --target ${shellWord(page.target_name)}`;
  return `linnet-exact moves ${which}\nlinnet-exact sample ${which}${target}\n`;
};

const asPython = (stratum) => {
  const lines = [
    "from linnet_exact import Barcode",
    `stratum = Barcode.parse("${stratum.barcode}").stratum`,
  ];
  if (stratum.point !== null) {
    const rational = page.field === "QQ";
    lines[0] += rational ? ", Weights" : ", NumberField, Weights";
    const field = rational ? "" : `, field=${page.field_python}`;
    lines.push(`theta = Weights(${JSON.stringify(matricesOf(stratum))}${field})`);
    lines.push("assert theta.stratum == stratum");
  }
  return `${lines.join("\n")}\n`;
};
