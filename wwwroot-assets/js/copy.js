// Copies on a click on [data-copy="text"] or [data-copy-from="#id"]. By delegation, so it holds for what Blazor renders later.
// The button says data-copied for two seconds; a status line says it to screen readers, in the words of data-copy-says when it has some.

const back = new WeakMap();

document.addEventListener('click', async e => {
  const button = e.target.closest?.('[data-copy], [data-copy-from]');
  if (!button || button.disabled) return;
  const text = textOf(button);
  if (text && (await copy(text, button))) confirm(button);
});

function textOf(button) {
  if (button.dataset.copy) return button.dataset.copy;
  const source = document.querySelector(button.dataset.copyFrom);
  return (source?.value ?? source?.textContent ?? '').trim();
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, button);   // no permission, or no https
  }
}

function copyBySelection(text, button) {
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'vh';
  // Inside a modal dialog only its own content can take the focus.
  (button.closest('dialog') ?? document.body).append(area);
  area.select();
  let done = false;
  try { done = document.execCommand('copy'); } finally { area.remove(); button.focus(); }
  return done;
}

function confirm(button) {
  const word = button.dataset.copied;
  if (word) {
    const label = labelOf(button);
    const before = back.get(button) ?? remember(button, label);
    clearTimeout(before.timer);
    if (label) label.data = word;
    before.use?.setAttribute('href', before.href.replace(/#.*/, '#i-check'));
    button.classList.add('done');
    before.timer = setTimeout(() => restore(button, label, before), 2000);
  }
  say(button, word ?? '');
}

// The text node itself is written to, never replaced: Blazor keeps a hand on it.
function labelOf(button) {
  const holder = button.querySelector(':scope > span:not(.vh)') ?? (button.querySelector('svg') ? null : button);
  return holder && [...holder.childNodes].find(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
}

function remember(button, label) {
  const use = button.querySelector('use');
  const state = { text: label?.data, use, href: use?.getAttribute('href') ?? '' };
  back.set(button, state);
  return state;
}

function restore(button, label, before) {
  if (label) label.data = before.text;
  before.use?.setAttribute('href', before.href);
  button.classList.remove('done');
  back.delete(button);
}

function say(button, word) {
  const near = button.closest('dialog, .sheet, main')?.querySelector('[data-copy-status]');
  const line = near ?? document.querySelector('[data-copy-status]') ?? makeStatus(button);
  line.textContent = '';
  setTimeout(() => { line.textContent = button.dataset.copySays || line.dataset.copyStatus || word; }, 50);
}

function makeStatus(button) {
  const line = document.createElement('p');
  line.className = 'vh';
  line.dataset.copyStatus = '';
  line.setAttribute('role', 'status');
  (button.closest('dialog') ?? document.body).append(line);
  return line;
}
