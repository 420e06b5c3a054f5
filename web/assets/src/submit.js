// One submission per click. The server carries out a submit_key once anyway; this spares people the second request.

const BUSY = 'data-busy';

export function guardSubmits(root) {
  root.addEventListener('submit', (event) => {
    if (event.defaultPrevented || event.target.target === '_blank') return; // a page in a new window leaves this one usable
    if (event.target.hasAttribute(BUSY)) event.preventDefault();
    else lock(event.target);
  });
  // A page that comes back from the browser's cache must be usable again.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) root.querySelectorAll(`form[${BUSY}]`).forEach(unlock);
  });
  root.addEventListener('htmx:beforeRequest', (event) => {
    if (event.target.matches('form')) lock(event.target);
  });
  root.addEventListener('htmx:afterRequest', (event) => {
    if (event.target.matches('form')) unlock(event.target);
  });
}

function lock(form) {
  form.setAttribute(BUSY, '');
  // After this turn: a disabled button would not send its own name and value.
  setTimeout(() => buttons(form).forEach((button) => { button.disabled = true; }));
}

function unlock(form) {
  form.removeAttribute(BUSY);
  setTimeout(() => buttons(form).forEach((button) => { button.disabled = false; }));
}

function buttons(form) {
  return [...form.elements].filter((each) => each.type === 'submit' && !each.hasAttribute('data-locked'));
}
