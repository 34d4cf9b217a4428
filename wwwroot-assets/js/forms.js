// What forms need beyond the server, static ones and interactive ones alike.

import './keep.js';

// A form [data-once] is sent once, however often the button is pressed.
document.addEventListener('submit', e => {
  const form = e.target;
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
