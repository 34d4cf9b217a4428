// Column widths: the edge [data-width="Column"] of a table head is dragged, or moved with the arrow keys when it has the focus (16 px, with Shift 64,
// Home and End to its bounds); a double click or Enter gives the usual width. The last column takes what the others leave. .NET keeps the widths
// (OnWidths, OnWidthReset) and writes them into the next page it draws, so that nothing jumps then.

const least = 72;
let page = null;
let waiting = 0;

/** @param {() => Promise} listener the page, once it listens */
export function connect(listener) {
  page = listener;
}

const cell = grip => grip.closest('th');
const grips = grip => [...grip.closest('tr').querySelectorAll('[data-width]')].filter(g => g.checkVisibility());
const toEnd = grip => (getComputedStyle(grip).direction === 'rtl' ? -1 : 1);

/** Fixes every column but the last as wide as it is drawn, so that only one moves. */
function fix(grip) {
  const all = grips(grip).map(g => [cell(g), cell(g).getBoundingClientRect().width]);
  for (const [th, width] of all) th.style.inlineSize = `${width}px`;
  grip.closest('tr').cells[grip.closest('tr').cells.length - 1].style.inlineSize = 'auto';
}

function set(grip, width) {
  const row = grip.closest('tr');
  const last = [...row.cells].filter(c => c.checkVisibility()).at(-1);
  const now = cell(grip).getBoundingClientRect().width;
  const room = Math.max(now, now + last.getBoundingClientRect().width - least);
  const most = Math.min(Number(grip.getAttribute('aria-valuemax')), room);
  const next = Math.round(Math.min(Math.max(width, least), most));
  cell(grip).style.inlineSize = `${next}px`;
  grip.setAttribute('aria-valuenow', next);
}

function keep(grip) {
  clearTimeout(waiting);
  const widths = Object.fromEntries(grips(grip).map(g => [g.dataset.width, Math.round(cell(g).getBoundingClientRect().width)]));
  waiting = setTimeout(() => page().then(p => p.invokeMethodAsync('OnWidths', widths)).catch(() => {}), 250);   // no line to the server: this page keeps them
}

function reset(grip) {
  clearTimeout(waiting);
  page().then(p => p.invokeMethodAsync('OnWidthReset', grip.dataset.width)).catch(() => {});
}

document.addEventListener('pointerdown', e => {
  const grip = e.button === 0 && e.target.closest?.('[data-width]');
  if (!grip) return;
  e.preventDefault();
  grip.focus();
  grip.setPointerCapture(e.pointerId);
  fix(grip);
  const from = e.clientX;
  const width = cell(grip).getBoundingClientRect().width;
  const sign = toEnd(grip);
  let moved = false;
  const move = m => {
    moved ||= Math.abs(m.clientX - from) > 2;
    if (moved) set(grip, width + (m.clientX - from) * sign);
  };
  const end = () => {
    grip.removeEventListener('pointermove', move);
    if (moved) keep(grip);
  };
  grip.addEventListener('pointermove', move);
  grip.addEventListener('lostpointercapture', end, { once: true });
});

document.addEventListener('dblclick', e => {
  const grip = e.target.closest?.('[data-width]');
  if (grip) reset(grip);
});

document.addEventListener('keydown', e => {
  const grip = e.target.closest?.('[data-width]');
  if (!grip || e.ctrlKey || e.metaKey || e.altKey) return;
  const step = (e.shiftKey ? 64 : 16) * toEnd(grip);
  const width = cell(grip).getBoundingClientRect().width;
  const next = { ArrowRight: width + step, ArrowLeft: width - step, Home: least, End: Number(grip.getAttribute('aria-valuemax')) }[e.key];
  if (e.key === 'Enter') reset(grip);
  else if (next !== undefined) {
    fix(grip);
    set(grip, next);
    keep(grip);
  } else return;
  e.preventDefault();
});
