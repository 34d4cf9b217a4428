// Single keys: "/" goes to [data-shortcut-search], the page's own before the menu's; [data-shortcut="c"] is clicked by its key. Never while someone types,
// with a modifier, or behind an open dialog. Escape outside of inputs clicks [data-escape] (a sheet's cross).
// "?" presses [data-shortcuts-open], hidden or not, and so does whatever has [data-shortcuts-help]. A key that nobody takes goes on as the
// event "shortcut". A person can switch the keys off (WCAG 2.1.4): <html data-shortcuts="off">.

document.addEventListener('keydown', e => {
  if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
  const scope = document.querySelector('dialog:modal') ?? document;
  if (e.key === 'Escape') {
    if (scope === document && !document.querySelector('[popover]:popover-open, details.pop[open]')) visible(scope, '[data-escape]')?.click();
    return;
  }
  if (document.documentElement.dataset.shortcuts === 'off' || e.key.length !== 1) return;
  if (e.key === '?') {
    if (scope === document && openHelp()) e.preventDefault();
    return;
  }
  const target = e.key === '/'
    ? visible(scope, 'main [data-shortcut-search]') ?? visible(scope, '[data-shortcut-search]')
    : visible(scope, `[data-shortcut="${CSS.escape(e.key.toLowerCase())}"]`);
  if (!target) {
    const free = scope !== document || document.dispatchEvent(new CustomEvent('shortcut', { detail: { key: e.key.toLowerCase(), shift: e.shiftKey }, cancelable: true }));
    if (!free) e.preventDefault();
    return;
  }
  e.preventDefault();
  if (e.key === '/') { target.focus(); target.select?.(); } else target.click();
});

// In [data-walk] the arrows go from the field [data-walk-start] through the hits [data-walk-stop] and back; Escape goes to the field.
document.addEventListener('keydown', e => {
  const within = e.target.closest?.('[data-walk]');
  if (!within || e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
  const stops = [...within.querySelectorAll('[data-walk-start], [data-walk-stop]')];
  const at = stops.indexOf(e.target);
  const next = e.key === 'ArrowDown' ? at + 1 : e.key === 'ArrowUp' ? at - 1 : e.key === 'Escape' && at > 0 ? 0 : -1;
  if (at < 0 || next < 0 || next >= stops.length) return;
  e.preventDefault();
  stops[next].focus();
});

document.addEventListener('click', e => { if (e.target.closest?.('[data-shortcuts-help]')) openHelp(); });

function openHelp() {
  const button = document.querySelector('[data-shortcuts-open]');
  button?.click();
  return button !== null;
}

function typing(el) {
  return el instanceof Element && (el.isContentEditable || el.closest('input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [role="textbox"]'));
}

function visible(scope, selector) {
  return [...scope.querySelectorAll(selector)].find(el => !el.disabled && el.checkVisibility());
}

// Ctrl+K, ⌘K on a Mac, anywhere, and [data-palette] open the palette and close it. The server draws it when it is asked to, by [data-palette-open] with the
// addresses chosen before; letters typed until it is there are put into it.
let early = null;

document.addEventListener('keydown', e => {
  if (early !== null && !e.ctrlKey && !e.metaKey && !e.altKey && ([...e.key].length === 1 || e.key === 'Enter')) {
    early += e.key === 'Enter' ? '\n' : e.key;
    e.preventDefault();
    e.stopPropagation();
    return;
  }
  const isK = e.key.toLowerCase() === 'k' || (e.code === 'KeyK' && !/^[a-z]$/i.test(e.key));      // whatever the keyboard's script
  const button = document.querySelector('[data-palette]');
  if (!isK || e.ctrlKey === e.metaKey || e.altKey || e.shiftKey || !button) return;
  e.preventDefault();
  const open = document.querySelector('dialog.palette[open]');
  if (open) open.close();
  else if (!document.querySelector('dialog:modal')) button.click();
}, true);

document.addEventListener('click', e => {
  const asked = e.target.closest?.('[data-palette]') && document.querySelector('.app[data-live]') && document.querySelector('[data-palette-open]');
  if (!asked || document.querySelector('dialog.palette')) return;
  try { asked.value = localStorage.getItem(`palette:${document.documentElement.dataset.reader ?? ''}`) ?? '[]'; } catch { asked.value = '[]'; }
  asked.dispatchEvent(new Event('change', { bubbles: true }));
  early = '';
  setTimeout(() => { early = null; }, 3000);
});

document.addEventListener('palette-open', e => {
  const [typed, ...entered] = (early ?? '').split('\n');
  early = null;
  if (!typed) return;
  e.detail.value = typed;
  e.detail.dispatchEvent(new Event('input', { bubbles: true }));
  if (entered.length > 0) e.detail.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
});
