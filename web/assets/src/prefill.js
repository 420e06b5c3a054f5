// Blocks that fill themselves in from shared data: once the server says that one can be asked, it is asked in the
// background by the post of its button. The answer is applied by live.js; without scripts there is the button.

const tried = new WeakMap(); // block: what this page last asked it with

// `ask` are blocks and the fields each is asked with; `post(url, more)` sends the form and applies the answer.
export async function askBlocks(form, ask, post) {
  for (let next = ready(form, ask); next; next = ready(form, ask)) {
    tried.set(next.block, next.claims);
    say(next.block, 'asking');
    const answer = await answerOf(next.block.querySelector('button'), post);
    say(next.block, answer ? '' : 'failed');
    ask = answer?.ask || ask;
  }
}

// The first block not asked with this yet; one whose person somebody is typing right now waits until the field is left.
function ready(form, ask) {
  return Object.entries(ask)
    .filter(([, needed]) => !needed.includes(document.activeElement?.name))
    .map(([group, needed]) => ({
      block: form.querySelector(`[data-block="${CSS.escape(group)}"]`),
      claims: needed.map((name) => `${name}=${form.elements.namedItem(name)?.value}`).join('\n'),
    }))
    .find(({ block, claims }) => block && tried.get(block) !== claims);
}

async function answerOf(button, post) {
  try {
    return (await post(button.formAction, { [button.name]: button.value })).answer;
  } catch (trouble) {
    if (trouble.name === 'AbortError') throw trouble;
    console.info(trouble);
    return null;
  }
}

// The words come translated from the server (window/sources.html).
function say(block, state) {
  const place = block.querySelector('[data-block-state]');
  place.textContent = place.dataset[state] || '';
}
