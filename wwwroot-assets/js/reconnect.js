// The calm notice of a lost line. Blazor sets classes on #components-reconnect-modal; we show it only after a moment, so that a short break is not even
// seen, and in the top layer, so that it is seen beside a dialog too. It takes room at the lower edge instead of covering the work.

import { keepPlace } from './place.js';
import { tell } from './keep.js';

const patience = 600;
const notice = document.getElementById('components-reconnect-modal');
const region = notice?.parentElement;
const home = region?.parentElement;
const unheard = new Set();
let isDown = false;
let isLeaving = false;
let timers = [];

function say(state) {
  notice.dataset.state = state;
  if (!notice.matches(':popover-open')) notice.showPopover();
  const room = notice.offsetHeight;
  document.documentElement.style.setProperty('--line-room', `${room}px`);
  document.documentElement.dataset.line = state;
  const active = document.activeElement;
  if (active && !notice.contains(active) && active.getBoundingClientRect().bottom > innerHeight - room) active.scrollIntoView({ block: 'nearest' });
}

function goDown() {
  if (isDown) return;
  isDown = true;
  // What is outside of an open dialog can be neither pressed nor heard.
  [...document.querySelectorAll('dialog:modal')].at(-1)?.append(region);
  timers = [
    setTimeout(() => say('trying'), patience),
    setTimeout(() => say('away'), Number(notice.dataset.awayAfter) * 1000),
  ];
}

function goUp() {
  isDown = false;
  timers.forEach(clearTimeout);
  if (notice.matches(':popover-open')) notice.hidePopover();
  delete notice.dataset.state;
  delete document.documentElement.dataset.line;
  document.documentElement.style.removeProperty('--line-room');
  home.append(region);
  // The server heard nothing of what was typed meanwhile.
  for (const field of unheard) if (field.isConnected) tell(field);
  unheard.clear();
}

document.addEventListener('input', e => { if (isDown && e.isTrusted) unheard.add(e.target); });

/** The server no longer knows this page: it is loaded again where it was, once there is somebody to load it from. */
async function comeBack() {
  if (isLeaving) return;
  isLeaving = true;
  goDown();
  while (!await isThere()) await new Promise(done => setTimeout(done, 500));
  keepPlace();
  location.reload();
}

async function isThere() {
  try { return (await fetch('/health/ready', { cache: 'no-store' })).ok; } catch { return false; }
}

async function tryNow() {
  if (isLeaving) return;
  say('trying');
  try {
    if (!(await globalThis.Blazor.reconnect())) await comeBack();
  } catch {
    if (isDown) say('away');       // no answer; Blazor goes on by itself, too
  }
}

function follow() {
  const state = [...notice.classList].find(name => name.startsWith('components-reconnect-'))?.slice('components-reconnect-'.length);
  if (state === 'show' && !isLeaving) goDown();
  else if (state === 'rejected') comeBack();
  else if (isDown && !isLeaving) goUp();
}

// Who signs out leaves: the circuit, which hears that the session has ended, must not load the page again meanwhile.
document.addEventListener('submit', e => {
  if (!e.target.matches('[data-signs-out]')) return;
  isLeaving = true;
  globalThis.Blazor.disconnect?.();
});

if (notice) {
  new MutationObserver(follow).observe(notice, { attributes: true, attributeFilter: ['class'] });
  notice.addEventListener('click', e => { if (e.target.closest('[data-reconnect]')) tryNow(); });
  // The network is back, or the lid was opened: why wait for the next attempt?
  addEventListener('online', () => { if (notice.dataset.state) tryNow(); });
}
