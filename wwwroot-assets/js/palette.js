// The open command palette. What is chosen is up to the browser: no arrow waits for the server. It draws the options and says for which text they are
// (data-for); Enter waits until they are those of what stands in the field.

const most = 6;
const kept = `palette:${document.documentElement.dataset.reader ?? ''}`;

/** Shows the dialog once it has its style, and tells .NET (OnClosed) when it is closed. */
export async function open(dialog, dotnet) {
  const sheet = dialog.querySelector('link');
  if (sheet && !sheet.sheet) await new Promise(done => { sheet.onload = sheet.onerror = done; });
  if (!dialog.isConnected) return;
  const field = dialog.querySelector('[role="combobox"]');
  const list = dialog.querySelector('[role="listbox"]');
  let shown = null;
  let moved = false;
  let entered = null;

  const options = () => [...list.querySelectorAll('[role="option"]')];
  const active = () => list.querySelector('[aria-selected="true"]');
  const isOld = () => list.dataset.for !== field.value;

  function select(option, scroll = true) {
    for (const other of list.querySelectorAll('[aria-selected="true"]')) if (other !== option) other.setAttribute('aria-selected', 'false');
    if (!option) { field.removeAttribute('aria-activedescendant'); return; }
    option.setAttribute('aria-selected', 'true');
    field.setAttribute('aria-activedescendant', option.id);
    if (!scroll) return;
    // With the first one its heading is seen as well.
    if (option === options()[0]) list.scrollTop = 0; else option.scrollIntoView({ block: 'nearest' });
  }

  function refresh() {
    const isNew = shown !== list.dataset.for;
    shown = list.dataset.for;
    moved &&= !isNew;
    const now = active();
    select(moved && now?.isConnected ? now : options()[0], isNew);
    if (entered) enter(entered);
  }

  function enter(keys) {
    entered = null;
    const option = active();
    const isWaiting = list.getAttribute('aria-busy') === 'true' && (!option || option.dataset.found !== undefined);
    if (isOld() || isWaiting) { entered = keys; return; }
    option?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, ...keys }));
  }

  dialog.addEventListener('keydown', e => {
    if (e.isComposing) return;
    if (e.target !== field || e.altKey) return;
    const all = options();
    const at = all.indexOf(active());
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[e.key];
    if (to !== undefined && !e.shiftKey && !e.ctrlKey && !e.metaKey && all.length > 0) {
      e.preventDefault();
      moved = true;
      select(all.at(to % all.length));
    } else if (e.key === 'Enter') {
      e.preventDefault();
      enter({ ctrlKey: e.ctrlKey, metaKey: e.metaKey, shiftKey: e.shiftKey });
    }
  });
  field.addEventListener('input', () => { entered = null; });

  // Where the pointer goes, not where the list moves below it.
  list.addEventListener('pointermove', e => {
    const option = e.target.closest('[role="option"]');
    if (option && option !== active()) { moved = true; select(option, false); }
  });

  dialog.addEventListener('click', e => {
    if (e.target.closest('[data-palette-close]') || (e.target === dialog && isBeside(e))) { dialog.close(); return; }
    const option = e.target.closest('[role="option"]');
    if (!option) return;
    if (option.dataset.remember !== undefined) remember(option.getAttribute('href'));
    if (e.ctrlKey || e.metaKey || e.shiftKey) return;       // in a window of its own: the browser does it
    const pressed = document.querySelector(option.dataset.presses ?? (option.dataset.also ? `main [data-shortcut="${option.dataset.also}"]` : 'none'));
    dialog.close();
    if (!pressed) return;
    e.preventDefault();
    pressed.click();
  });
  list.addEventListener('mousedown', e => { if (e.target.closest('[role="option"]')) e.preventDefault(); });   // the focus stays in the field
  dialog.addEventListener('close', () => {
    watch.disconnect();
    dotnet.invokeMethodAsync('OnClosed').catch(() => {});     // no line to the server: it is closed anyway
  });

  const isBeside = e => {
    const box = dialog.getBoundingClientRect();
    return e.clientX < box.left || e.clientX > box.right || e.clientY < box.top || e.clientY > box.bottom;
  };

  const watch = new MutationObserver(refresh);
  watch.observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-for', 'aria-busy', 'href'] });
  dialog.showModal();
  field.focus();
  refresh();
  // What was typed since the key that opened it (shortcuts.js).
  document.dispatchEvent(new CustomEvent('palette-open', { detail: field }));
}

function remember(address) {
  try {
    const before = JSON.parse(localStorage.getItem(kept) ?? '[]');
    localStorage.setItem(kept, JSON.stringify([address, ...before.filter(a => a !== address)].slice(0, most)));
  } catch { /* storage is full or off: nothing is kept */ }
}
