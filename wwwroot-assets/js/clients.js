// My clients. The sheet has an address of its own, and the router jumps to the top of the page whenever the address changes;
// after a click within [data-keep-place] the list stays where it was: the jump is taken back before it is painted.

import { connect } from './widths.js';

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
  if (!row || e.defaultPrevented || e.target.closest('a, button, input, label, [data-picks] > tr > :first-child') || String(getSelection())) return;
  row.querySelector('th a')?.click();
});

// Who opens a client by keyboard, or by what stands for one, goes on at its name in the sheet; closing it leads back to the row.
document.addEventListener('click', e => {
  if (!e.isTrusted || e.detail !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || !e.target.closest?.('[data-row-opens] th a')) return;
  const title = () => document.querySelector('.sheet h2');
  const before = title()?.textContent;
  const watch = new MutationObserver(() => {
    if (!title() || title().textContent === before) return;
    watch.disconnect();
    title().tabIndex = -1;
    title().focus({ preventScroll: true });
  });
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  setTimeout(() => watch.disconnect(), 5000);
});

// What a cell has no room for is said when the pointer rests on it: the whole address, the moment to the minute. Made here, it is not kept for each line of
// each open page on the server.
document.addEventListener('pointerover', e => {
  const text = e.target.closest?.('[data-picks] :is(time, .mail bdi)');
  if (!text || text.title) return;
  const moment = text.localName === 'time' && new Date(text.dateTime);
  text.title = moment ? new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' }).format(moment) : text.textContent;
}, { passive: true });

// Ctrl+Enter sends a form from any of its fields, the note included.
document.addEventListener('keydown', e => {
  const form = e.key === 'Enter' && (e.ctrlKey || e.metaKey) && e.target.closest?.('form[data-ctrl-enter]');
  if (!form) return;
  e.preventDefault();
  if (!form.querySelector('[type="submit"]')?.disabled) form.requestSubmit();
});

// Choosing rows: a click on a box, with Shift all since the one before; X for the row that has the focus, or is open. One listener for all
// boxes: the page keeps no handler for each of them. It is asked to listen when it has something to hear: most open pages never do.
let listener = null;
let heard = null;
let listens = null;

/** The page hears of chosen rows (OnPick) and of widths (OnWidths, OnWidthReset). */
export function watch(dotnet) {
  heard?.(dotnet);
}

function page() {
  const now = document.querySelector('[data-listens]');
  if (now !== listener) {
    listener = now;
    listens = new Promise(done => { heard = done; });
    now?.click();
  }
  return listens;
}

connect(page);

/** Some rows of the page are chosen, and not all. */
export function mix(mixed) {
  const box = document.getElementById('pick-page');
  if (box) box.indeterminate = mixed;
}

function pick(box, range) {
  const id = Number(box.getAttribute('aria-labelledby').slice('client-'.length));
  page().then(p => p.invokeMethodAsync('OnPick', id, range)).then(chosen => { box.checked = chosen; }, () => { box.checked = !box.checked; });   // no line to the server
}

// The boxes are part of the lines' markup; which are ticked stands on the rows.
function tick(row) {
  const box = row.querySelector(':scope > :first-child > input');
  if (box) box.checked = row.hasAttribute('data-chosen');
}

new MutationObserver(changes => {
  const rows = new Set();
  for (const { target } of changes) {
    const row = target.closest('[data-picks] > tr');
    if (row) rows.add(row);
    else if (target.matches('[data-picks]')) for (const each of target.rows) rows.add(each);
  }
  rows.forEach(tick);
}).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ['data-chosen'] });

document.addEventListener('click', e => {
  const box = e.target.closest?.('[data-picks] > tr > :first-child > input');
  if (box) pick(box, e.shiftKey);
});
// Shift and a click would mark text.
document.addEventListener('mousedown', e => { if (e.shiftKey && e.target.closest?.('[data-picks] > tr > :first-child')) e.preventDefault(); });

// Keys that no button of the page takes (see shortcuts.js): J and K walk the rows while no sheet is open.
document.addEventListener('shortcut', e => {
  const rows = [...(document.querySelector('[data-picks]')?.rows ?? [])];
  const at = rows.findIndex(row => row.contains(document.activeElement));
  const { key, shift } = e.detail;
  if (rows.length === 0 || !['x', 'j', 'k'].includes(key)) return;
  e.preventDefault();
  if (key === 'x') {
    const row = rows[at] ?? rows.find(r => r.getAttribute('aria-current')) ?? rows[0];
    if (at < 0 && !row.getAttribute('aria-current')) row.querySelector('th a').focus();
    const box = row.querySelector(':scope > :first-child > input');
    box.checked = !box.checked;
    pick(box, shift);
    return;
  }
  const next = rows[key === 'j' ? at + 1 : Math.max(at - 1, 0)];
  next?.querySelector('th a').focus();
});

export function focusId(id) {
  document.getElementById(id)?.focus();
}

/** After the sheet was closed: back to where it was opened from. */
export function focusRow(id) {
  document.getElementById(`client-${id}`)?.focus({ preventScroll: true });
}
