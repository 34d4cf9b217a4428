// Starts Blazor (its script carries autostart="false"). A restart of the server is short: try often at first, then every second.
globalThis.Blazor.start({
  circuit: {
    reconnectionOptions: {
      maxRetries: 120,
      retryIntervalMilliseconds: attempt => (attempt < 5 ? 200 : 1000),
    },
  },
});
