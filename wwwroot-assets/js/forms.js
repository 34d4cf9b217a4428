// What forms need beyond the server, static ones and interactive ones alike.

const secret = 'input[type="password"], input[data-shown], [autocomplete$="-password"], input[type="file"], input[type="hidden"], [autocomplete="one-time-code"], [data-keep-not]';
const key = form => `keep:${location.pathname}:${form.dataset.keep}`;
const named = el => el.name || el.id;

// Half-filled forms [data-keep="name"]: what a person typed is kept for this tab, and put back when the form is live
// (a static form at once; an interactive one when it renders data-live="true"). It rescues what was typed before the circuit started.
for (const type of ['input', 'change']) {
  document.addEventListener(type, e => {
    const form = e.isTrusted && e.target.closest?.('[data-keep]');
    if (!form || !named(e.target) || e.target.matches(secret)) return;
    const kept = read(form);
    kept[named(e.target)] = valueOf(e.target);
    write(form, kept);
  });
}

function valueOf(el) {
  if (el.type === 'checkbox') return el.checked;
  return el.type === 'radio' ? { radio: el.value } : el.value;
}

function read(form) {
  try { return JSON.parse(sessionStorage.getItem(key(form))) ?? {}; } catch { return {}; }
}

function write(form, kept) {
  try { sessionStorage.setItem(key(form), JSON.stringify(kept)); } catch { /* storage is full or off: nothing is kept */ }
}

const restored = new WeakSet();

function restore(form) {
  if (restored.has(form) || form.dataset.live?.toLowerCase() === 'false') return;
  restored.add(form);
  const kept = read(form);
  for (const el of form.querySelectorAll('input, textarea, select')) {
    const value = kept[named(el)];
    if (value === undefined || el.matches(secret)) continue;
    if (el.type === 'checkbox') {
      if (el.checked === value) continue;
      el.checked = value;
    } else if (el.type === 'radio') {
      if (value.radio !== el.value || el.checked) continue;
      el.checked = true;
    } else {
      if (el.value === value) continue;
      el.value = value;
    }
    el.dispatchEvent(new Event('input', { bubbles: true }));
    el.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

function restoreAll() {
  for (const form of document.querySelectorAll('[data-keep]')) restore(form);
}

/** Forgets what was kept of a form, after it was saved. Blazor pages call it by its name. */
export function forget(name) {
  sessionStorage.removeItem(`keep:${location.pathname}:${name}`);
}

restoreAll();
new MutationObserver(restoreAll).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-live'] });

// A sent static form is done with; the server shows again what it refuses.
document.addEventListener('submit', e => {
  const form = e.target;
  if (form.matches('[data-keep]:not([data-live])')) sessionStorage.removeItem(key(form));
  if (!form.matches('[data-once]') || e.defaultPrevented) return;
  if (form.dataset.sent) { e.preventDefault(); return; }
  form.dataset.sent = 'true';
  // Not disabled: a disabled button would not send its name and value.
  e.submitter?.setAttribute('aria-busy', 'true');
});

// The back button brings a sent page from the cache: it may be sent again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('[data-once][data-sent]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
  }
});

// [data-show-password="id"], or without a value the password field beside it. data-shown keeps a shown one out of the storage.
document.addEventListener('click', e => {
  const button = e.target.closest?.('[data-show-password]');
  if (!button) return;
  const field = document.getElementById(button.dataset.showPassword)
    ?? button.parentElement.querySelector('input[type="password"], input[data-shown]');
  if (!field) return;
  const show = field.type === 'password';
  field.toggleAttribute('data-shown', show);
  field.type = show ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(show));
  const use = button.querySelector('use');
  use?.setAttribute('href', use.getAttribute('href').replace(/#.*/, show ? '#i-eye-off' : '#i-eye'));
});

document.addEventListener('change', e => {
  if (e.target.matches?.('select[data-submit]')) e.target.form?.requestSubmit();
});
