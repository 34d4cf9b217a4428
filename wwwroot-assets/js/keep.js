// Half-filled forms [data-keep="name"]: what a person typed is kept for this tab, and put back after the page was loaded again: when the form is live
// (a static form at once; an interactive one when it says data-live="true"). Kept under who is signed in and in which account (html[data-reader]),
// and never what is secret.

const reader = document.documentElement.dataset.reader ?? '';
const secret = 'input[type="password"], input[data-shown], [autocomplete$="-password"], [autocomplete="one-time-code"], [autocomplete^="cc-"], input[type="file"], input[type="hidden"], [data-keep-not]';
const sent = ' sent';
const key = name => `keep:${reader}:${name}`;
const named = el => el.name || el.id;

export const isSecret = el => el.matches(secret);

function stored() {
  try { return Object.keys(sessionStorage).filter(k => k.startsWith('keep:')); } catch { return []; }
}

function read(name) {
  try { return JSON.parse(sessionStorage.getItem(key(name))) ?? {}; } catch { return {}; }
}

function write(name, kept) {
  try { sessionStorage.setItem(key(name), JSON.stringify(kept)); } catch { /* storage is full or off: nothing is kept */ }
}

/** Forgets what was kept of a form, after it was saved or given up. Blazor pages call it by its name. */
export function forget(name) {
  try { sessionStorage.removeItem(key(name)); } catch { /* storage is off: there is nothing */ }
}

function forgetAll(which = () => true) {
  for (const k of stored().filter(which)) sessionStorage.removeItem(k);
}

// Somebody else's are dropped as soon as somebody is signed in; what a person typed whose session ended waits for that person.
if (reader) forgetAll(k => !k.startsWith(`keep:${reader.split('-')[0]}-`));

// A static form is done with once the next page is there; the server shows again what it refuses. Who goes back finds it as it was.
const wentBack = performance.getEntriesByType('navigation')[0]?.type === 'back_forward';
for (const k of stored()) {
  const kept = JSON.parse(sessionStorage.getItem(k));
  if (!kept[sent]) continue;
  delete kept[sent];
  if (wentBack) sessionStorage.setItem(k, JSON.stringify(kept)); else sessionStorage.removeItem(k);
}

document.addEventListener('submit', e => {
  if (e.target.matches('[data-signs-out]')) {
    forgetAll();
    try { localStorage.setItem('signed-out', String(Date.now())); } catch { /* storage is off: other tabs kept nothing either */ }
  } else if (e.target.matches('form[method="post"][data-keep]')) {
    write(e.target.dataset.keep, { ...read(e.target.dataset.keep), [sent]: true });
  }
});
addEventListener('storage', e => { if (e.key === 'signed-out') forgetAll(); });   // in another tab

document.addEventListener('click', e => {
  const end = e.target.closest?.('[data-forget]');
  if (end) forget(end.dataset.forget);
});

for (const type of ['input', 'change']) {
  document.addEventListener(type, e => {
    const form = e.isTrusted && e.target.closest?.('[data-keep]');
    if (form && named(e.target) && !isSecret(e.target)) keep(form.dataset.keep, named(e.target), valueOf(e.target));
  });
}

function keep(name, field, value) {
  write(name, { ...read(name), [field]: value });
}

/** Does a field of a page that just came from the server hold something else than the server wrote? */
export function isTouched(el) {
  if (el.type === 'radio') return el.checked && !el.defaultChecked;
  if (el.type === 'checkbox') return el.checked !== el.defaultChecked;
  if (el.localName === 'select') return el.selectedIndex !== Math.max(0, [...el.options].findIndex(option => option.defaultSelected));
  return el.value !== el.defaultValue;
}

export function valueOf(el) {
  if (el.type === 'checkbox') return el.checked;
  return el.type === 'radio' ? { radio: el.value } : el.value;
}

/** Gives a field its value as a person would; false when it had it already. */
export function put(el, value) {
  if (el.type === 'checkbox') {
    if (el.checked === value) return false;
    el.checked = value;
  } else if (el.type === 'radio') {
    if (value.radio !== el.value || el.checked) return false;
    el.checked = true;
  } else {
    if (el.value === value) return false;
    el.value = value;
  }
  return true;
}

/** Tells the page of a value. A field that is saved when it is left ([data-saves-itself]) is not left by this. */
export function tell(el) {
  el.dispatchEvent(new Event('input', { bubbles: true }));
  if (!el.matches('[data-saves-itself]')) el.dispatchEvent(new Event('change', { bubbles: true }));
}

// Entries of a list (chips) stand in no field: they are kept beside the field that they were typed into.
const entries = field => `${named(field)} entries`;

export function keepEntries(field, text) {
  const form = field.closest('[data-keep]');
  if (form) write(form.dataset.keep, { ...read(form.dataset.keep), [named(field)]: field.value, [entries(field)]: text });
}

export function keptEntries(field) {
  const form = field.closest('[data-keep]');
  return (form && read(form.dataset.keep)[entries(field)]) ?? '';
}

// Each field once: some appear only when another has its value.
const restored = new WeakSet();

function restore(form) {
  if (form.dataset.live === 'false') return;
  const kept = read(form.dataset.keep);
  for (const el of form.querySelectorAll('input, textarea, select')) {
    if (restored.has(el)) continue;
    restored.add(el);
    const value = kept[named(el)];
    if (value !== undefined && !isSecret(el) && put(el, value)) tell(el);
  }
}

function restoreAll() {
  for (const form of document.querySelectorAll('[data-keep]')) restore(form);
}

// What was typed before this script ran was heard by nobody.
for (const form of document.querySelectorAll('[data-keep]:not([data-live="true"])')) {
  for (const el of form.querySelectorAll('input, textarea, select')) {
    if (named(el) && !isSecret(el) && isTouched(el)) keep(form.dataset.keep, named(el), valueOf(el));
  }
}

restoreAll();
new MutationObserver(restoreAll).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-live'] });
