// Buttons that copy, and what is told to those who do not see.

const COPIES = [
  ["JSON", (stratum) => `${JSON.stringify(asJson(stratum))}\n`, () => true],
  ["LaTeX", asLatex, () => true],
  ["command line", asCommands, () => true],
  ["Python", asPython, () => true],
  ["point as weights file", asWeightsFile, (stratum) => stratum.point !== null],
];

const say = (text) => {
  byId("said").textContent = text;
};

// Outside of secure contexts there is no clipboard, only the old command.
const copyText = async (text) => {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = html("textarea", { class: "unseen", readonly: "" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) {
    throw new Error("the browser refused");
  }
};

const copyButton = ([name, textOf], stratum) => {
  const button = html("button", { type: "button" }, name);
  button.addEventListener("click", async () => {
    const text = textOf(stratum);
    byId("copied").textContent = text;
    try {
      await copyText(text);
      say(`Copied ${name}.`);
    } catch {
      say(`The browser did not copy ${name}: select the text below the buttons.`);
    }
    button.dataset.copied = name;
  });
  return button;
};

const copySection = (stratum) => {
  const offered = COPIES.filter(([, , holds]) => holds(stratum));
  const buttons = offered.map((copy) => copyButton(copy, stratum));
  return html(
    "div",
    { class: "copying" },
    html("h3", {}, "Copy"),
    html("div", { class: "copies", role: "group", "aria-label": "Copy" }, ...buttons),
    html("pre", { id: "copied", tabindex: 0, role: "group", "aria-label": "Copied text" }),
  );
};
