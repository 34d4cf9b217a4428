// My clients. The sheet has an address of its own, and the router jumps to the top of the page whenever the address changes;
// after a click within [data-keep-place] the list stays where it was: the jump is taken back before it is painted.

let place = null;

document.addEventListener('click', e => {
  place = e.target.closest?.('[data-keep-place]') ? { y: scrollY, until: performance.now() + 1500 } : null;
}, true);

addEventListener('scroll', () => {
  if (!place || performance.now() > place.until) return;
  if (scrollY === 0 && place.y > 0) {
    scrollTo({ top: place.y, behavior: 'instant' });
    place = null;
  }
});
for (const type of ['wheel', 'touchmove', 'keydown']) addEventListener(type, () => { place = null; }, { passive: true, capture: true });

// A click anywhere in a row opens it, unless it was on something else or ended a selection of text.
document.addEventListener('click', e => {
  const row = e.target.closest?.('[data-row-opens] > tr');
  if (!row || e.defaultPrevented || e.target.closest('a, button, input, label') || String(getSelection())) return;
  row.querySelector('th a')?.click();
});

// Ctrl+Enter sends a form from any of its fields, the note included.
document.addEventListener('keydown', e => {
  const form = e.key === 'Enter' && (e.ctrlKey || e.metaKey) && e.target.closest?.('form[data-ctrl-enter]');
  if (!form) return;
  e.preventDefault();
  if (!form.querySelector('[type="submit"]')?.disabled) form.requestSubmit();
});

export function focusId(id) {
  document.getElementById(id)?.focus();
}

/** After the sheet was closed: back to where it was opened from. */
export function focusRow(id) {
  document.getElementById(`client-${id}`)?.focus({ preventScroll: true });
}
