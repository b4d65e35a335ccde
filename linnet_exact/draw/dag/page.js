"use strict";

const paper = document.getElementById("paper");
const picture = paper.querySelector("svg");
const [, , width, height] = picture.getAttribute("viewBox").split(" ").map(Number);
let scale = 1;

/** Show the picture at a scale; what is at (x, y) of the window stays there. */
function zoom(wanted, x = paper.clientWidth / 2, y = paper.clientHeight / 2) {
  const next = Math.min(8, Math.max(0.02, wanted));
  const left = (paper.scrollLeft + x) / scale;
  const top = (paper.scrollTop + y) / scale;
  scale = next;
  picture.setAttribute("width", Math.round(width * scale));
  picture.setAttribute("height", Math.round(height * scale));
  paper.scrollLeft = left * scale - x;
  paper.scrollTop = top * scale - y;
  document.getElementById("level").textContent = `${Math.round(100 * scale)} %`;
}

function fit() {
  zoom(Math.min(1, paper.clientWidth / width, paper.clientHeight / height));
}

const actions = {
  in: () => zoom(scale * 1.25),
  out: () => zoom(scale / 1.25),
  fit,
  full: () => zoom(1),
};
for (const [name, action] of Object.entries(actions)) {
  document.getElementById(name).addEventListener("click", action);
}

const keys = { "+": "in", "=": "in", "-": "out", "0": "fit", "1": "full" };
document.addEventListener("keydown", (event) => {
  if (event.key in keys && !event.ctrlKey && !event.metaKey && !event.altKey) {
    actions[keys[event.key]]();
  }
});

paper.addEventListener(
  "wheel",
  (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const box = paper.getBoundingClientRect();
      zoom(scale * Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top);
    }
  },
  { passive: false },
);

paper.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse" && event.button === 0) {
    paper.setPointerCapture(event.pointerId);
    paper.classList.add("held");
  }
});
paper.addEventListener("pointermove", (event) => {
  if (paper.hasPointerCapture(event.pointerId)) {
    paper.scrollLeft -= event.movementX;
    paper.scrollTop -= event.movementY;
  }
});
paper.addEventListener("pointerup", () => paper.classList.remove("held"));

fit();
