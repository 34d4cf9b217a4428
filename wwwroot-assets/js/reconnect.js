// The calm notice of a lost line: <dialog id="components-reconnect-modal">. Blazor sets classes on it; we open it without
// making it modal, so that the page stays readable, and only after a moment, so that a short break is not even seen.

const patience = 600;
let timer = 0;

function follow(dialog) {
  const state = [...dialog.classList].find(name => name.startsWith('components-reconnect-'))?.slice('components-reconnect-'.length);
  clearTimeout(timer);
  switch (state) {
    case 'show':
    case 'retrying':
      dialog.dataset.state = 'trying';
      timer = setTimeout(() => { if (!dialog.open) dialog.show(); }, patience);
      break;
    case 'failed':
    case 'paused':
      dialog.dataset.state = 'failed';
      if (!dialog.open) dialog.show();
      break;
    case 'rejected':
    case 'resume-failed':
      location.reload();             // the server no longer knows this page; what was typed is kept by forms.js
      break;
    default:
      if (dialog.open) dialog.close();
  }
}

const dialog = document.getElementById('components-reconnect-modal');
if (dialog) {
  new MutationObserver(() => follow(dialog)).observe(dialog, { attributes: true, attributeFilter: ['class'] });
  dialog.addEventListener('click', async e => {
    if (!e.target.closest('[data-reconnect]')) return;
    try {
      if (!(await globalThis.Blazor.reconnect())) location.reload();
    } catch {
      dialog.dataset.state = 'failed';
    }
  });
}
