// Where a person is on the page: what has the focus, how far it is scrolled, which dialog is open. Kept when the page comes to life (its elements are
// replaced then) and when it is loaded again because the server has forgotten it.

import { isSecret, isTouched, put, tell, valueOf } from './keep.js';

const live = () => document.querySelector('.app[data-live]');
const here = () => location.pathname + location.search;
const scrollers = '.sheet .body, dialog[open]';
const writable = 'textarea, input:is(:not([type]), [type="text"], [type="search"], [type="email"], [type="tel"], [type="url"])';
const typed = new Map();
// Keys pressed while the field that had the focus was away: the page is live, but the part with the field comes later.
let unheard = '';
let held = focused();
let todo = null;

/** A selector that finds the element, or the one that takes its place, again. Ids that are made anew each time are not used. */
function pathOf(el) {
  if (el === document.body) return 'body';
  if (el.id && !/-[0-9a-f]{32}$/.test(el.id)) return `#${CSS.escape(el.id)}`;
  const at = [...el.parentElement.children].indexOf(el) + 1;
  return `${pathOf(el.parentElement)} > ${el.localName}:nth-child(${at})`;
}

function focused() {
  const el = document.activeElement;
  return el && el !== document.body ? { path: pathOf(el), caret: [el.selectionStart, el.selectionEnd], isText: el.matches(writable) && !isSecret(el) } : null;
}

function focus({ path, caret }) {
  const el = document.querySelector(path);
  el?.focus({ preventScroll: true });
  if (!el || document.activeElement !== el) return false;
  // Fields such as those for e-mail have no caret that could be set; there it goes to the end by itself.
  if (caret[0] != null) el.setSelectionRange(...caret);
  return true;
}

// What is typed, and where, before the page is live, also before this script ran. Forms that keep what is typed look after it themselves.
function note(el) {
  if (!el.closest('[data-keep]') && !isSecret(el)) typed.set(pathOf(el), valueOf(el));
}

if (!live()) [...document.querySelectorAll('.app :is(input, textarea, select)')].filter(isTouched).forEach(note);
document.addEventListener('input', e => { if (!live() && e.isTrusted) note(e.target); });
for (const type of ['focusin', 'selectionchange', 'input']) {
  document.addEventListener(type, () => { if (!live()) held = focused(); });
}

/** Before the page is loaded again. */
export function keepPlace() {
  const opener = document.querySelector('[aria-haspopup="dialog"][aria-expanded="true"]');
  sessionStorage.setItem('place', JSON.stringify({
    at: here(),
    y: scrollY,
    inner: [...document.querySelectorAll(scrollers)].filter(el => el.scrollTop > 0).map(el => [pathOf(el), el.scrollTop]),
    opener: opener && pathOf(opener),
    focus: focused(),
  }));
}

function takePlace() {
  const place = JSON.parse(sessionStorage.getItem('place'));
  sessionStorage.removeItem('place');
  return place?.at === here() ? place : { focus: held };
}

/** The page is live, but parts of it may come later: each is put back when it is there. */
function comeToLife() {
  todo = takePlace();
  const watch = new MutationObserver(step);
  const end = () => { watch.disconnect(); removeEventListener('keydown', goOn, { capture: true }); todo = null; };
  // A person who goes on is not pulled back.
  for (const type of ['pointerdown', 'wheel', 'touchmove']) {
    addEventListener(type, () => { if (todo) todo = {}; }, { once: true, passive: true, capture: true });
  }
  addEventListener('keydown', goOn, { capture: true });
  setTimeout(end, 5000);
  watch.observe(document.body, { childList: true, subtree: true });
  step();
  if (!todo?.focus && document.activeElement === document.body) focusHeading();
  followPages();
}

/** A key pressed while things are put back: what is typed on belongs to the field that had the focus, also while it is away. */
function goOn(e) {
  if (!todo) return;
  const isTyping = e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey;
  if (!isTyping || !todo.focus?.isText || document.activeElement !== document.body) {
    todo = {};
    return;
  }
  unheard += e.key;
  e.preventDefault();
  e.stopImmediatePropagation();
}

function typeOn(el) {
  if (el.selectionStart === null) el.value += unheard;
  else el.setRangeText(unheard, el.selectionStart, el.selectionEnd, 'end');
  unheard = '';
  tell(el);
}

function step() {
  for (const [path, value] of typed) {
    const el = document.querySelector(path);
    if (!el) continue;
    typed.delete(path);
    if (put(el, value)) tell(el);
  }
  if (todo.y !== undefined && Math.abs(scrollY - todo.y) > 1) scrollTo({ top: todo.y, behavior: 'instant' });
  for (const [path, top] of todo.inner ?? []) {
    const el = document.querySelector(path);
    if (el) el.scrollTop = top;
  }
  const opener = todo.opener && document.querySelector(todo.opener);
  if (opener) {
    todo.opener = null;
    opener.click();
  } else if (!todo.opener && todo.focus && focus(todo.focus)) {
    todo.focus = null;
    if (unheard) typeOn(document.activeElement);
  }
}

if (live()) comeToLife();
else if (document.querySelector('.app')) {
  const watch = new MutationObserver(() => {
    if (!live()) return;
    watch.disconnect();
    comeToLife();
  });
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-live'], childList: true, subtree: true });
}

function focusHeading() {
  const heading = document.querySelector('h1');
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
}

/**
 * When another page takes the place of this one, its heading has the focus, so that it is read out. A page that only shows another part of itself has another
 * address too, but the same heading. Seen from here, it costs an open page nothing on the server.
 */
function followPages() {
  let page = { path: location.pathname, heading: document.querySelector('h1') };
  new MutationObserver(() => {
    const heading = document.querySelector('h1');
    if (!heading || heading === page.heading) return;
    const isOther = location.pathname !== page.path;
    page = { path: location.pathname, heading };
    // Drawn anew while the page loads, it would lose the focus.
    if (isOther || document.activeElement === document.body) focusHeading();
  }).observe(document.body, { childList: true, subtree: true });
}
