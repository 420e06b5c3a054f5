// Small conveniences; nothing depends on them.

export function enhance(root) {
  root.addEventListener('click', (event) => {
    if (event.target.closest('[data-print]')) window.print();
    const open = event.target.closest('tr[data-row]')?.querySelector('[data-row-open]');
    if (open && !event.target.closest('a, button')) open.click();
    const row = event.target.closest('tr[data-href]');
    if (row && !event.target.closest('a, button, input, label, select') && !String(window.getSelection())) {
      window.location.assign(row.dataset.href);
    }
  });
  watchPane(root);
  // In the capturing phase: a submission somebody takes back never reaches submit.js.
  root.addEventListener('submit', (event) => {
    const question = event.submitter?.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  root.addEventListener('change', (event) => {
    if (event.target.matches('[data-submit-on-change]')) event.target.form.requestSubmit();
  });
  root.addEventListener('DOMContentLoaded', () => focusFirstError(root));
  root.addEventListener('htmx:afterSettle', () => focusFirstError(root));
}

// The pane beside a list: its row is marked, the keyboard goes into it and back to the row when it is closed.
function watchPane(root) {
  root.addEventListener('htmx:afterSettle', (event) => {
    const opener = event.detail.requestConfig?.elt;
    if (event.target.id !== 'pane' || !opener?.matches('[data-row-open]')) return;
    mark(root, opener.closest('tr'));
    event.target.scrollTop = 0;
    // Beside the list it is in sight already; below it, on a narrow screen, the page has to follow.
    event.target.focus({ preventScroll: window.matchMedia('(min-width: 1101px)').matches });
  });
  root.addEventListener('click', (event) => {
    if (event.target.closest('[data-pane-close]')) closePane(root);
  });
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && event.target.closest('#pane')) closePane(root);
  });
}

function closePane(root) {
  const row = root.querySelector('tr[data-row][aria-current]');
  root.getElementById('pane').replaceChildren();
  mark(root, null);
  row?.querySelector('[data-row-open]').focus();
}

function mark(root, row) {
  root.querySelectorAll('tr[data-row][aria-current]').forEach((each) => each.removeAttribute('aria-current'));
  row?.setAttribute('aria-current', 'true');
}

function focusFirstError(root) {
  const summary = root.querySelector('[data-error-summary]:not([data-seen])');
  if (!summary) return;
  summary.setAttribute('data-seen', '');
  summary.focus();
}
