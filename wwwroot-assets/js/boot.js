// Starts Blazor (its script carries autostart="false"). A restart of the server is short: try often at first, then every second, then for as long as the
// page is open.
globalThis.Blazor.start({
  circuit: {
    // Straight to the WebSocket (1), which the proxy has to pass on anyway: asking first which ways there are takes a round trip and a look at the sign-in.
    configureSignalR: builder => builder.withUrl('_blazor', { skipNegotiation: true, transport: 1 }),
    reconnectionOptions: {
      maxRetries: Infinity,
      retryIntervalMilliseconds: attempt => (attempt < 5 ? 200 : attempt < 60 ? 1000 : 5000),
    },
  },
});

// A live page that is called otherwise now: Components/Ui/DocumentTitle.cs.
globalThis.setTitle = title => { document.title = title; };

// A page is drawn before it is live. A button pressed in between is pressed again once it is, so that no click is lost.
(() => {
  const live = () => document.querySelector('.app[data-live]');
  const scriptless = 'a, summary, label, input, select, textarea, [type="submit"], [data-copy], [data-copy-from], [popovertarget], [data-theme-toggle]';
  const alike = button => [...document.querySelectorAll('button')].filter(other => other.textContent === button.textContent);
  let waiting = null;

  document.addEventListener('click', e => {
    const button = e.target.closest?.('.app button');
    if (live() || !button || button.matches(scriptless) || button.closest('form[method="post"]')) return;
    waiting = { text: button, at: alike(button).indexOf(button) };
    button.setAttribute('aria-busy', 'true');
  }, true);

  const watch = new MutationObserver(() => {
    if (!live()) return;
    watch.disconnect();
    if (waiting) alike(waiting.text)[waiting.at]?.click();
    waiting = null;
  });
  if (document.querySelector('.app')) watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-live'], childList: true, subtree: true });
})();
