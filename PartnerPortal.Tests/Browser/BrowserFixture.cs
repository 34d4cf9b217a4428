using Microsoft.Playwright;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser;

/// <summary>Tests in a browser run one after another: each wants the machine for itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}

/// <summary>One browser for all tests of the collection; each test opens contexts of its own in it.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>Milliseconds until something awaited is given up: far beyond what a slow machine needs, as only a fault takes so long.</summary>
    private const float Patience = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not started yet.");

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience / 2);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path(), Args = Chromium.Flags, Headless = true });
    }

    /// <summary>A fresh profile looking at the portal, signed in by cookie when an actor is given.</summary>
    /// <param name="live">Which portal.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="width">Of the window, in CSS pixels.</param>
    /// <param name="language">The browser's.</param>
    /// <param name="theme">The system's.</param>
    /// <param name="script">False: JavaScript is off.</param>
    /// <param name="sharpness">Pixels of the screen to a CSS pixel.</param>
    public async Task<IBrowserContext> OpenAsync(LivePortal live, Actor? actor = null, int width = 1440, string language = "en", ColorScheme theme = ColorScheme.Light, bool script = true, float sharpness = 1)
    {
        var context = await OpenAsync(new Uri(live.Root), width, language, theme, script, sharpness);
        if (actor is { IsSignedIn: true })
        {
            var session = await SignedIn.SessionAsync(live.Portal, actor);
            await context.AddCookiesAsync([new Cookie { Name = session.Name, Value = session.Value, Url = live.Root, HttpOnly = true }]);
        }

        return context;
    }

    /// <summary>A fresh profile looking at a portal wherever it runs.</summary>
    public async Task<IBrowserContext> OpenAsync(Uri root, int width = 1440, string language = "en", ColorScheme theme = ColorScheme.Light, bool script = true, float sharpness = 1)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = root.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            DeviceScaleFactor = sharpness,
            JavaScriptEnabled = script,
            Locale = language,
            TimezoneId = "UTC",
            ColorScheme = theme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
