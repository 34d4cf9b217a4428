// Classic script for the head. The server writes data-theme from the cookie; this covers pages kept in the browser's cache
// and the button [data-theme-toggle], which keeps the choice for a year.
(() => {
  const root = document.documentElement;
  const kept = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
  if (kept) root.dataset.theme = kept;

  // Keys are named as the reader's keyboard names them (shell.css).
  if (/Mac|iPhone|iPad/.test(navigator.platform)) root.dataset.mac = '';

  // The reader's time zone, so that the server writes times as the reader's clock shows them.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`tz=${encodeURIComponent(zone)}`)) {
    document.cookie = `tz=${encodeURIComponent(zone)}; Max-Age=31536000; Path=/; SameSite=Lax${location.protocol === 'https:' ? '; Secure' : ''}`;
  }

  const shown = () => root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const mark = () => {
    for (const button of document.querySelectorAll('[data-theme-toggle]')) button.setAttribute('aria-pressed', String(shown() === 'dark'));
  };

  document.addEventListener('click', e => {
    if (!e.target.closest?.('[data-theme-toggle]')) return;
    const theme = shown() === 'dark' ? 'light' : 'dark';
    root.dataset.theme = theme;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `theme=${theme}; Max-Age=31536000; Path=/; SameSite=Lax${secure}`;
    mark();
  });
  document.addEventListener('DOMContentLoaded', mark);
})();
