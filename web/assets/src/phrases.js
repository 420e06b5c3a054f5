// Phrases of a decision: a click, or Alt and a digit inside a field, puts one where the person was writing.

const places = new WeakMap(); // the field of a form somebody was in last

export function watchPhrases(root) {
  root.addEventListener('focusin', (event) => {
    if (event.target.matches('textarea') && event.target.form) places.set(event.target.form, event.target);
  });
  root.addEventListener('click', (event) => {
    const button = event.target.closest('[data-phrase]');
    if (button && insert(button)) event.preventDefault();
  });
  root.addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !event.target.matches('textarea')) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const button = digit && event.target.form?.querySelectorAll('[data-phrase]')[digit - 1];
    if (button && insert(button)) event.preventDefault();
  });
}

function insert(button) {
  const field = place(button.form);
  if (!field) return false;
  const before = field.value.slice(0, field.selectionStart);
  const words = (before && !before.endsWith('\n') ? '\n' : '') + button.dataset.phrase;
  field.focus();
  field.setRangeText(words, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
}

function place(form) {
  const last = places.get(form);
  const open = [...form.querySelectorAll('textarea')].filter((each) => !each.disabled && !each.closest('.correct'));
  return open.includes(last) ? last : open[0];
}
