// Forms that talk to the server while somebody types: data-live="URL" asks which fields apply now, data-autosave="URL" also
// keeps what was typed. The answer is JSON: shown (field keys), derived (values by key), saved (time of day), panels (HTML by id),
// filled (values for fields that are still empty), ask (blocks to fill in from shared data; see prefill.js).
// One request at a time and form; what changes meanwhile is sent afterwards, so answers cannot overtake each other.

import { askBlocks } from './prefill.js';
import { wasSent } from './rows.js';

const SOON = 60; // ms after a choice or a finished field
const LATER = 1500; // ms after a key

const unsaved = new Set();

export function watchForms(root) {
  root.addEventListener('input', (event) => plan(event.target.form, LATER));
  root.addEventListener('change', (event) => plan(event.target.form, SOON));
  root.addEventListener('submit', (event) => { cancel(event.target); });
  window.addEventListener('beforeunload', (event) => {
    if (unsaved.size) event.preventDefault();
  });
}

const plans = new WeakMap();

function plan(form, wait) {
  if (!form || !address(form)) return;
  if (form.dataset.autosave) {
    unsaved.add(form);
    say(form, 'unsaved');
  }
  const state = plans.get(form) || { running: false, again: false, timer: 0 };
  plans.set(form, state);
  const due = performance.now() + wait;
  if (state.due && state.due <= due && wait === SOON) return; // asked sooner already
  clearTimeout(state.timer);
  state.due = due;
  state.timer = setTimeout(() => ask(form, state), wait);
}

function cancel(form) {
  const state = plans.get(form);
  clearTimeout(state?.timer);
  state?.abort?.abort(); // the submission carries everything this one would
  unsaved.delete(form);
}

async function ask(form, state) {
  state.due = 0;
  if (state.running) {
    state.again = true;
    return;
  }
  state.running = true;
  state.abort = new AbortController();
  try {
    await exchange(form, state.abort.signal);
  } catch (trouble) {
    if (trouble.name === 'AbortError') return;
    console.info(trouble);
    say(form, 'failed');
  }
  state.running = false;
  if (state.again) {
    state.again = false;
    plan(form, SOON);
  }
}

async function exchange(form, signal) {
  const { answer, refusal } = await post(form, address(form), {}, signal);
  if (answer) {
    await askBlocks(form, answer.ask || {}, (url, more) => post(form, url, more, signal));
    return;
  }
  document.getElementById('notice').innerHTML = refusal; // an alert of errors/fragment.html
  say(form, 'failed');
}

async function post(form, url, more, signal) {
  const sent = content(form);
  const body = new URLSearchParams(sent);
  Object.entries(more).forEach(([name, value]) => body.set(name, value));
  const headers = { 'HX-Request': 'true', 'X-Autosave': 'true' };
  const response = await fetch(url, { method: 'POST', body, headers, signal, credentials: 'same-origin' });
  if (!response.ok) return { refusal: await response.text() };
  const answer = await response.json();
  const settled = content(form) === sent;
  apply(form, answer, new URLSearchParams(sent), settled);
  if (settled) unsaved.delete(form);
  return { answer };
}

function content(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

function address(form) {
  return form.dataset.autosave || form.dataset.live;
}

// `settled`: nothing was typed or chosen since the form was sent.
function apply(form, answer, sent, settled) {
  if (answer.shown) show(form, new Set(answer.shown), sent);
  Object.entries(answer.derived || {}).forEach(([key, value]) => derive(form, key, value));
  Object.entries(answer.filled || {}).forEach(([name, value]) => { if (!sent.get(name)) fill(form, name, value); });
  Object.entries(answer.panels || {}).forEach(([id, html]) => redraw(id, html, settled));
  if (answer.saved && settled) say(form, 'saved', answer.saved);
}

function show(form, keys, sent) {
  form.querySelectorAll('[data-field]').forEach((field) => {
    if (!wasSent(field, sent)) return; // added since: the next answer knows it
    const visible = keys.has(field.dataset.field);
    field.hidden = !visible;
    // A disabled control is not sent: what is hidden is not an answer.
    field.querySelectorAll('input, select, textarea').forEach((control) => { control.disabled = !visible; });
  });
  form.querySelectorAll('[data-section]').forEach((section) => {
    section.hidden = !section.querySelector('[data-field]:not([hidden])');
  });
}

function derive(form, key, value) {
  const field = form.querySelector(`[data-derived="${CSS.escape(key)}"]`);
  if (!field) return;
  const words = JSON.parse(field.dataset.words || '{}');
  field.value = words[value] ?? value ?? '';
}

// What was typed meanwhile stays: the next answer shows it as differing.
function fill(form, name, value) {
  const control = form.elements.namedItem(name);
  if (!control || (control.type === 'checkbox' ? control.checked : control.value)) return;
  if (control === document.activeElement) { // not under somebody's hands
    control.addEventListener('blur', () => { fill(form, name, value); plan(form, SOON); }, { once: true });
  } else if (control.type === 'checkbox') control.checked = value === control.value;
  else control.value = value;
}

const drawn = new WeakMap();

function redraw(id, html, settled) {
  const panel = document.getElementById(id);
  if (!panel || drawn.get(panel) === html) return; // nobody is read out the same again
  // Somebody is or was working in it: it is drawn anew with the next answer.
  if (panel.contains(document.activeElement) || (!settled && panel.querySelector('[name]'))) return;
  panel.innerHTML = html;
  drawn.set(panel, html);
}

// The words come translated from the server (macro saved_state).
function say(form, state, time = '') {
  const place = form.querySelector('[data-saved-state]');
  if (place) place.textContent = (place.dataset[state] || '').replace('{time}', time);
}
