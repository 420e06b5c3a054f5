// Shows a drawing with what is done and where the case stands: <figure data-drawing> made by parts/drawing.html.
import Viewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './viewer.css';

const MARGIN = 24; // px around the drawing
const BELOW = 52; // px under it, so that the mark of bpmn.io covers nothing
const LARGEST = 1.2; // a small drawing is not blown up beyond this
const READABLE = 0.9; // below this scale nobody can read the names
const TASK = 80; // px a task is wide at least; gateways and events are smaller
const LABEL = { BPMNShape: 120, BPMNEdge: 84 }; // px a translated label beside its shape or on its line is wide at least
const HEIGHT = { least: 260, reading: 440, most: 620 }; // px
const STEP = 0.2;

document.addEventListener('DOMContentLoaded', () => showAll(document));
document.addEventListener('htmx:afterSettle', (event) => showAll(event.target));

function showAll(root) {
  root.querySelectorAll('[data-drawing]:not([data-ready])').forEach(show);
}

async function show(figure) {
  figure.dataset.ready = 'loading';
  try {
    const marks = JSON.parse(document.getElementById(figure.dataset.marks)?.textContent || '{}');
    const xml = figure.dataset.xml || (await load(figure.dataset.src));
    await draw(figure, xml, marks);
    figure.dataset.ready = 'true';
  } catch (trouble) {
    console.error(trouble);
    figure.dataset.ready = 'failed';
    figure.querySelector('[data-drawing-failed]').hidden = false;
  }
}

async function load(url) {
  const answer = await fetch(url, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.text();
}

async function draw(figure, xml, marks) {
  const container = figure.querySelector('.drawing-canvas');
  // The wheel belongs to the page; the drawing is moved by dragging, the buttons and the keyboard.
  const viewer = new Viewer({ container, zoomScroll: { enabled: false } });
  await viewer.importXML(renamed(xml, marks.names));
  const canvas = viewer.get('canvas');
  fit(canvas, container);
  if (canvas.zoom() < READABLE) lookAt(viewer, container, marks);
  paint(viewer, marks);
  warm(viewer, marks.heat);
  explain(viewer, marks);
  control(figure, canvas, () => fit(canvas, container));
  new ResizeObserver(() => canvas.resized()).observe(container);
}

// The same drawing in another language: `names` gives the words for the names in it.
function renamed(xml, names) {
  const words = new Map(Object.entries(names || {}));
  if (!words.size) return xml;
  const drawing = new DOMParser().parseFromString(xml, 'text/xml');
  drawing.querySelectorAll('[name]').forEach((each) => {
    const word = words.get(each.getAttribute('name'));
    if (!word) return;
    each.setAttribute('name', word);
    const part = drawing.querySelector(`[bpmnElement="${each.id}"]`);
    widen(part?.querySelector('BPMNLabel > Bounds'), LABEL[part?.localName]);
  });
  return new XMLSerializer().serializeToString(drawing);
}

// A label beside its shape has the width its Chinese needed.
function widen(bounds, least) {
  const lack = least - Number(bounds?.getAttribute('width'));
  if (!bounds || !(lack > 0)) return;
  bounds.setAttribute('width', least);
  bounds.setAttribute('x', Number(bounds.getAttribute('x')) - lack / 2);
}

function fit(canvas, container) {
  const inner = canvas.viewbox().inner;
  const wanted = (container.clientWidth * inner.height) / inner.width + MARGIN + BELOW;
  container.style.height = `${Math.min(HEIGHT.most, Math.max(HEIGHT.least, wanted))}px`;
  canvas.resized();
  const { width, height } = canvas.viewbox().outer;
  const scale = Math.min((width - 2 * MARGIN) / inner.width, (height - MARGIN - BELOW) / inner.height, LARGEST);
  canvas.viewbox({
    x: inner.x - (width / scale - inner.width) / 2,
    y: inner.y - MARGIN / scale - ((height - MARGIN - BELOW) / scale - inner.height) / 2,
    width: width / scale,
    height: height / scale,
  });
}

// A large drawing opens where the case stands, readable; one button shows all of it.
function lookAt(viewer, container, marks) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  const shapes = (ids) => (ids || []).map((id) => id && registry.get(id)).filter((each) => each?.width);
  const large = (each) => each.width >= TASK;
  const current = innermost(shapes(marks.current));
  const wanted = [shapes([marks.focus]), current.filter(large), current, shapes(marks.done)];
  const here = wanted.find((each) => each.length);
  if (!here) return;
  container.style.height = `${HEIGHT.reading}px`;
  canvas.resized();
  const { inner, outer } = canvas.viewbox();
  const shown = { width: outer.width / READABLE, height: outer.height / READABLE };
  const all = around(here);
  // Steps that go on side by side are shown together if they fit, else the first of them.
  const box = all.width < shown.width - TASK && all.height < shown.height - TASK ? all : around(here.slice(0, 1));
  const start = (middle, size, from, length) => Math.min(Math.max(middle - size / 2, from - MARGIN), Math.max(from + length - size + MARGIN, from - MARGIN));
  canvas.viewbox({
    x: start(box.x + box.width / 2, shown.width, inner.x, inner.width),
    y: start(box.y + box.height / 2, shown.height, inner.y, inner.height),
    ...shown,
  });
}

// A step, not the sub-process it stands in: the middle of that may be far from where anything goes on.
function innermost(shapes) {
  const inside = (shape, outer) => !!shape.parent && (shape.parent === outer || inside(shape.parent, outer));
  return shapes.filter((each) => !shapes.some((other) => inside(other, each)));
}

function around(shapes) {
  const x = Math.min(...shapes.map((each) => each.x));
  const y = Math.min(...shapes.map((each) => each.y));
  const width = Math.max(...shapes.map((each) => each.x + each.width)) - x;
  const height = Math.max(...shapes.map((each) => each.y + each.height)) - y;
  return { x, y, width, height };
}

function paint(viewer, marks) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  const known = (ids = []) => ids.filter((id) => registry.get(id));
  known(marks.done).forEach((id) => { canvas.addMarker(id, 'mark-done'); badge(viewer, id, 'done', '✓'); });
  known(marks.flows).forEach((id) => canvas.addMarker(id, 'mark-taken'));
  known(marks.current).forEach((id) => {
    canvas.addMarker(id, 'mark-current');
    badge(viewer, id, 'current', `● ${marks.words?.current || ''}`);
  });
}

// How much goes through each step: `heat` gives its level (0 to 5) and the figures in words.
function warm(viewer, heat) {
  Object.entries(heat || {}).forEach(([id, { level, text }]) => {
    if (!viewer.get('elementRegistry').get(id)) return;
    viewer.get('canvas').addMarker(id, `mark-heat-${level}`);
    if (level) badge(viewer, id, 'heat', text); // a step nobody took needs no figures in the way
  });
}

// Colour is never the only sign: a tick or a word stands beside it.
function badge(viewer, id, kind, text) {
  const shape = viewer.get('elementRegistry').get(id);
  if (shape.waypoints || shape.width < TASK) return;
  const html = document.createElement('span');
  html.className = `mark-badge mark-badge-${kind}`;
  html.textContent = text;
  // Where the case stands, and figures, must be readable however small the drawing is shown.
  const large = kind !== 'done';
  const scale = large ? { min: 0.9, max: 1.2 } : true;
  viewer.get('overlays').add(id, { position: { top: large ? -4 : -10, left: 6 }, scale, html });
}

function explain(viewer, marks) {
  const registry = viewer.get('elementRegistry');
  registry.forEach((element, graphics) => {
    const name = element.businessObject?.name;
    const words = [name, state(element.id, marks)].filter(Boolean);
    if (!words.length || element.type === 'label') return;
    const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
    title.textContent = words.join(' · ');
    graphics.prepend(title);
  });
}

function state(id, marks) {
  if (marks.current?.includes(id)) return marks.words?.current;
  return marks.done?.includes(id) ? marks.words?.done : '';
}

function control(figure, canvas, fitAgain) {
  const act = {
    in: () => canvas.zoom(canvas.zoom() * (1 + STEP)),
    out: () => canvas.zoom(canvas.zoom() / (1 + STEP)),
    fit: fitAgain,
  };
  const keys = { '+': 'in', '=': 'in', '-': 'out', 0: 'fit' };
  figure.addEventListener('click', (event) => act[event.target.closest('[data-zoom]')?.dataset.zoom]?.());
  figure.addEventListener('keydown', (event) => {
    const wish = keys[event.key];
    if (!wish) return;
    event.preventDefault();
    event.stopPropagation();
    act[wish]();
  }, true);
}
