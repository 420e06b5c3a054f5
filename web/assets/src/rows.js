// Rows of a list, added and removed without asking the server: a row is copied from the list's template and gets a mark
// no row has. Without this script the same buttons post the form, and the server does it.

const NEW = '__row__'; // web.render.fields.NEW

export function watchRows(root) {
  root.addEventListener('click', (event) => {
    const add = event.target.closest('[data-list-add]');
    const remove = event.target.closest('[data-list-remove]');
    if (!add && !remove) return;
    event.preventDefault();
    if (add) addRow(add.closest('[data-list]'));
    else removeRow(remove);
  });
}

// Whether the server knew this row when it answered what was sent.
export function wasSent(field, sent) {
  const row = field.closest('[data-list-row]')?.dataset.listRow;
  if (!row) return true;
  const at = row.lastIndexOf('.');
  return sent.getAll(row.slice(0, at)).includes(row.slice(at + 1));
}

function addRow(list) {
  const taken = rowsOf(list).map((row) => Number(row.dataset.listRow.split('.').pop()));
  const box = document.createElement('template');
  box.innerHTML = list.querySelector(':scope > template').innerHTML.replaceAll(NEW, String(Math.max(0, ...taken) + 1));
  const row = box.content.firstElementChild;
  list.querySelector('[data-list-add]').before(row);
  renumber(list);
  row.querySelector('input:not([type=hidden], [readonly], :disabled), select, textarea')?.focus();
}

function removeRow(button) {
  const row = button.closest('[data-list-row]');
  const list = row.closest('[data-list]');
  if (isTyped(row) && !window.confirm(button.dataset.question)) return;
  const after = row.nextElementSibling?.querySelector('[data-list-remove]') || row.previousElementSibling?.querySelector('[data-list-remove]');
  row.remove();
  renumber(list);
  (after && !after.disabled ? after : list.querySelector('[data-list-add]')).focus();
}

function isTyped(row) {
  return [...row.querySelectorAll('input:not([type=hidden], [readonly]), select, textarea')].some(
    (control) => (control.type === 'checkbox' || control.type === 'radio' ? control.checked : control.value),
  );
}

// Numbers and limits as they are now; the change tells live.js, the count whoever listens.
function renumber(list) {
  const rows = rowsOf(list);
  rows.forEach((row, index) => {
    row.querySelectorAll('[data-list-number]').forEach((place) => { place.textContent = index + 1; });
    lock(row.querySelector('[data-list-remove]'), rows.length <= Number(list.dataset.least));
  });
  lock(list.querySelector('[data-list-add]'), rows.length >= Number(list.dataset.most));
  const said = list.querySelector('[data-list-said]');
  said.textContent = said.dataset.count.replace('{count}', rows.length);
  list.querySelector('input').dispatchEvent(new Event('change', { bubbles: true }));
}

function rowsOf(list) {
  return [...list.querySelectorAll(':scope > [data-list-row]')];
}

function lock(button, locked) {
  button.disabled = locked;
  button.toggleAttribute('data-locked', locked); // submit.js leaves it as it is
}
