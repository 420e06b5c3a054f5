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

function focusFirstError(root) {
  const summary = root.querySelector('[data-error-summary]:not([data-seen])');
  if (!summary) return;
  summary.setAttribute('data-seen', '');
  summary.focus();
}
