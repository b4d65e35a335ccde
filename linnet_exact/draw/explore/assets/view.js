// Which part of the picture is seen: moved by dragging, zoomed by wheel, pinch, buttons and keys.

const view = { x: 0, y: 0, scale: 1, pointers: new Map(), dragged: false };
const FAR = 0.45; // below, barcodes could not be read and are not drawn
const TINY = 0.2; // below, nor are strands
const AXIS = 40; // pixels at the left for the dimensions

const viewSize = () => {
  const { clientWidth, clientHeight } = byId("picture");
  return { width: clientWidth, height: clientHeight };
};

const fillSeen = (width, height) => {
  const { x, y, scale } = view;
  const [sides, ends] = page.picture.box.map((side) => side * scale);
  for (const stratum of scale < TINY ? [] : strata) {
    const [left, top] = [x + stratum.place[0] * scale, y + stratum.place[1] * scale];
    const inside = left > -sides && left < width + sides && top > -ends && top < height + ends;
    if (inside && !picture.filled[stratum.number]) {
      fillBox(stratum);
    }
  }
};

// The view box changes nothing on the screen; paper of another size gets what the screen shows.
const showView = () => {
  const { x, y, scale } = view;
  const { width, height } = viewSize();
  picture.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.world.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
  picture.svg.classList.toggle("far", scale < FAR);
  fillSeen(width, height);
  let last = -Infinity;
  page.picture.rows.forEach(([, row], at) => {
    const level = y + row * scale;
    const legible = level - last > 13;
    last = legible ? level : last;
    picture.axis[at].toggleAttribute("hidden", !legible);
    picture.axis[at].setAttribute("y", level + 5);
  });
};

const fitView = () => {
  const { width, height } = viewSize();
  const [wide, high] = page.picture.size;
  const right = Math.max(width - AXIS, 1);
  view.scale = Math.min(1.5, right / wide, height / high);
  view.x = AXIS + (right - wide * view.scale) / 2;
  view.y = (height - high * view.scale) / 2;
  showView();
};

// Zoom about a point of the screen, which stays where it is.
const zoomView = (factor, at) => {
  const { width, height } = viewSize();
  const { x, y } = at || { x: width / 2, y: height / 2 };
  const scale = Math.min(4, Math.max(0.02, view.scale * factor));
  const ratio = scale / view.scale;
  view.x = x - (x - view.x) * ratio;
  view.y = y - (y - view.y) * ratio;
  view.scale = scale;
  showView();
};

// Move the picture if a stratum is not all inside; nearer if asked for and it could not be read.
const bringIntoView = (stratum, near) => {
  const { width, height } = viewSize();
  const scale = near && view.scale < FAR ? 0.8 : view.scale;
  const [x, y] = stratum.place;
  const [left, top] = [view.x + x * scale, view.y + y * scale];
  const [sides, ends] = page.picture.box.map((side) => (side / 2) * scale);
  const inside = left > sides && left < width - sides && top > ends && top < height - ends;
  if (width > 0 && !(inside && scale === view.scale)) {
    view.scale = scale;
    view.x = width / 2 - x * scale;
    view.y = height / 2 - y * scale;
    showView();
  }
};

const inPicture = (event) => {
  const { left, top } = byId("picture").getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
};

const spread = () => {
  const [one, two] = [...view.pointers.values()];
  return {
    distance: Math.hypot(one.x - two.x, one.y - two.y),
    middle: { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 },
  };
};

const movePointer = (event) => {
  const before = view.pointers.get(event.pointerId);
  if (!before) {
    return;
  }
  const now = inPicture(event);
  if (view.pointers.size === 2) {
    const old = spread();
    view.pointers.set(event.pointerId, now);
    const { distance, middle } = spread();
    zoomView(distance / Math.max(old.distance, 1), middle);
    return;
  }
  if (!view.dragged && Math.hypot(now.x - before.x, now.y - before.y) < 4) {
    return; // a click with an unsteady hand
  }
  view.dragged = true;
  byId("picture").setPointerCapture(event.pointerId);
  view.x += now.x - before.x;
  view.y += now.y - before.y;
  view.pointers.set(event.pointerId, now);
  showView();
};

const watchView = () => {
  const area = byId("picture");
  area.addEventListener("pointerdown", (event) => {
    view.dragged = view.pointers.size > 0;
    view.pointers.set(event.pointerId, inPicture(event));
  });
  area.addEventListener("pointermove", movePointer);
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    area.addEventListener(end, (event) => view.pointers.delete(event.pointerId));
  }
  const wheel = (event) => {
    event.preventDefault();
    zoomView(Math.exp(-event.deltaY / (event.deltaMode === 0 ? 400 : 12)), inPicture(event));
  };
  area.addEventListener("wheel", wheel, { passive: false });
  window.addEventListener("resize", () => {
    if (viewSize().width > 0 && !window.matchMedia("print").matches) {
      showView();
    }
  });
  byId("zoom-in").addEventListener("click", () => zoomView(1.4));
  byId("zoom-out").addEventListener("click", () => zoomView(1 / 1.4));
  byId("zoom-fit").addEventListener("click", fitView);
};
