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
