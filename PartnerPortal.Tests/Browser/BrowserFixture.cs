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
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not started yet.");

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path(), Args = Chromium.Flags, Headless = true });
    }

    /// <summary>A fresh profile looking at the portal, signed in by cookie when an actor is given.</summary>
    public async Task<IBrowserContext> OpenAsync(LivePortal live, Actor? actor = null, int width = 1440, string language = "en", ColorScheme theme = ColorScheme.Light)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = live.Root,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            Locale = language,
            ColorScheme = theme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        if (actor is { IsSignedIn: true })
        {
            var session = await SignedIn.SessionAsync(live.Portal, actor);
            await context.AddCookiesAsync([new Cookie { Name = session.Name, Value = session.Value, Url = live.Root, HttpOnly = true }]);
        }

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
