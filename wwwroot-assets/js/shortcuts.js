// Single keys: "/" goes to [data-shortcut-search]; [data-shortcut="c"] is clicked by its key. Never while someone types,
// with a modifier, or behind an open dialog. Escape outside of inputs clicks [data-escape] (a sheet's cross).
// A person can switch the keys off (WCAG 2.1.4): <html data-shortcuts="off">.

document.addEventListener('keydown', e => {
  if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
  const scope = document.querySelector('dialog:modal') ?? document;
  if (e.key === 'Escape') {
    if (scope === document && !document.querySelector('[popover]:popover-open, details.pop[open]')) visible(scope, '[data-escape]')?.click();
    return;
  }
  if (document.documentElement.dataset.shortcuts === 'off') return;
  const target = e.key === '/'
    ? visible(scope, '[data-shortcut-search]')
    : e.key.length === 1 && visible(scope, `[data-shortcut="${CSS.escape(e.key.toLowerCase())}"]`);
  if (!target) return;
  e.preventDefault();
  if (e.key === '/') { target.focus(); target.select?.(); } else target.click();
});

function typing(el) {
  return el instanceof Element && (el.isContentEditable || el.closest('input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [role="textbox"]'));
}

function visible(scope, selector) {
  return [...scope.querySelectorAll(selector)].find(el => !el.disabled && el.checkVisibility());
}
