// Menus: [popover].menu is placed beside the button that opened it; <details class="pop"> closes on Escape, on a click elsewhere
// and after a choice; arrow keys walk the entries. The side menu of a phone closes when a link in it is followed.

document.addEventListener('toggle', e => {
  const el = e.target;
  if (!(el instanceof HTMLElement)) return;
  if (el.matches('.menu[popover]') && e.newState === 'open') place(el);
  if (el.matches('details.pop') && el.open) {
    for (const other of document.querySelectorAll('details.pop[open]')) if (other !== el && !other.contains(el)) other.open = false;
  }
}, true);

document.addEventListener('click', e => {
  const chosen = e.target.closest?.('.menu a, .menu button:not([data-stay], [type="submit"]), .side[popover] a');
  for (const open of document.querySelectorAll('details.pop[open]')) {
    if (!open.contains(e.target) || (chosen && open.contains(chosen))) open.open = false;
  }
  const popover = chosen?.closest('[popover]');
  if (popover?.matches(':popover-open')) popover.hidePopover();
});

document.addEventListener('keydown', e => {
  const open = e.target.closest?.('details.pop[open]');
  if (e.key === 'Escape' && open) {
    open.open = false;
    open.querySelector('summary').focus();
    e.stopPropagation();
    return;
  }
  if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(e.key)) return;
  const menu = e.target.closest?.('.menu') ?? open?.querySelector('.menu');
  if (!menu || e.target.matches('input:not([type="checkbox"], [type="radio"]), select, textarea')) return;
  const entries = [...menu.querySelectorAll('a, button, input')].filter(el => !el.disabled && el.checkVisibility());
  if (entries.length === 0) return;
  const at = entries.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[e.key];
  entries.at(next % entries.length).focus();
  e.preventDefault();
}, true);

function place(menu) {
  const button = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (!button) return;
  const at = button.getBoundingClientRect();
  const gap = 4, edge = 8;
  const below = at.bottom + gap + menu.offsetHeight <= innerHeight - edge || at.top < menu.offsetHeight + gap + edge;
  menu.style.top = `${below ? at.bottom + gap : at.top - gap - menu.offsetHeight}px`;
  // Aligned with the button's far edge unless the page's edge is nearer the other way.
  const far = getComputedStyle(menu).direction === 'rtl' ? at.left : at.right - menu.offsetWidth;
  menu.style.left = `${Math.min(Math.max(far, edge), innerWidth - menu.offsetWidth - edge)}px`;
}

// On a phone the tab of the page that is open may lie beside the screen.
document.querySelector('.tabs [aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
