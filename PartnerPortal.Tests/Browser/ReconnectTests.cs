using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>A lost line is said calmly and mends itself; after a restart of the server a page comes back where it was.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ReconnectTests(BrowserFixture browser)
{
    private const string Notice = "#components-reconnect-modal";

    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 30_000 };

    [Fact]
    public async Task LineCut_NoticeCoversNothing_BackByItselfWithWhatWasTyped()
    {
        await using var live = await LivePortal.StartAsync();
        var partner = await new World(live.Portal).IntegratorAsync("Brightwater Systems");
        await using var context = await browser.OpenAsync(live, partner, language: "es");
        var page = await context.NewPageAsync();
        var line = await Line.OfAsync(page);
        await OpenAsync(page, PortalUrls.NewClient);
        await page.Locator("#client-phone").FillAsync("+34 612");

        await line.CutAsync();

        var notice = page.Locator(Notice);
        await Expect(notice).ToBeVisibleAsync(Patient);
        await Expect(page.GetByRole(AriaRole.Status).GetByText("Se ha cortado la conexión.")).ToBeVisibleAsync();
        await Expect(notice.GetByRole(AriaRole.Button)).ToBeHiddenAsync();
        await Expect(page.Locator("#client-phone")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(" 345 678");
        Assert.False(await OverlapAsync(page, "#client-phone", Notice));
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        Assert.False(await OverlapAsync(page, "form [type=submit]", Notice));

        await line.MendAsync();

        await Expect(notice).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await Expect(page.Locator("#client-phone")).ToBeFocusedAsync();
        await Expect(page.Locator("#client-phone-hint")).ToContainTextAsync("+34 612 345 678");
    }

    [Fact]
    public async Task ServerStaysAway_SaysSoInWords_TryAgainIsReachedByKeyboardAndWorks()
    {
        await using var live = await LivePortal.StartAsync();
        var partner = await new World(live.Portal).IntegratorAsync("Brightwater Systems");
        await using var context = await browser.OpenAsync(live, partner);
        var page = await context.NewPageAsync();
        var line = await Line.OfAsync(page);
        await OpenAsync(page, PortalUrls.Clients);
        await page.EvaluateAsync($"document.querySelector('{Notice}').dataset.awayAfter = 1");

        await line.CutAsync();
        await Expect(page.GetByText("The server still does not answer.")).ToBeVisibleAsync(Patient);
        var again = page.GetByRole(AriaRole.Button, new() { Name = "Try again" });
        for (var presses = 0; presses < 50 && !await again.EvaluateAsync<bool>("button => button === document.activeElement"); presses++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(again).ToBeFocusedAsync();
        await line.MendAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(Notice)).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite a client" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ServerRestarted_PageComesBackWhereItWas(bool killed)
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var clients = Enumerable.Range(1, 120).Select(i => new NewClient($"Client {i:000}", $"client{i:000}@example.test", null, "US", "en", null)).ToList();
        Assert.True((await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync(clients, partner, default))).Ok);
        await using var first = await PortalProcess.StartAsync(portal, []);
        await using var context = await browser.OpenAsync(first.Address);
        var page = await context.NewPageAsync();
        await SignInAsync(page, partner.Email);
        await OpenAsync(page, PortalUrls.Clients + "?q=client&sort=Name");
        await page.Locator(".foot button").Last.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("at="));
        await page.EvaluateAsync("scrollTo({ top: 400, behavior: 'instant' })");
        await page.Locator("tbody tr").Nth(14).Locator("th a").ClickAsync();
        await Expect(page.Locator(".sheet")).ToBeVisibleAsync();
        await page.Locator(".sheet .body").FocusAsync();
        var before = await PlaceAsync(page);

        await (killed ? first.KillAsync() : first.StopAsync());
        await Expect(page.Locator(Notice)).ToBeVisibleAsync(Patient);
        await page.EvaluateAsync("window.isOld = true");
        await using var second = await PortalProcess.StartAsync(portal, new() { ["urls"] = first.Address.ToString() });

        await page.WaitForFunctionAsync("() => !window.isOld && document.querySelector('.app[data-live]')", null, new() { Timeout = 60_000 });
        await Expect(page.Locator(".sheet")).ToBeVisibleAsync();
        await Expect(page.Locator(".sheet .body")).ToBeFocusedAsync();
        Assert.Equal(before, await PlaceAsync(page));
    }

    private static Task<string> PlaceAsync(IPage page) =>
        page.EvaluateAsync<string>("[location.pathname + location.search, Math.round(scrollY), document.querySelector('.sheet h2').innerText, document.querySelector('.foot').innerText].join(' | ')");

    private static Task<bool> OverlapAsync(IPage page, string one, string other) => page.EvaluateAsync<bool>(
        "([a, b]) => { [a, b] = [a, b].map(s => document.querySelector(s).getBoundingClientRect()); return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom; }",
        new[] { one, other });

    internal static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
    }

    internal static async Task SignInAsync(IPage page, string email, string password = World.Password)
    {
        await page.GotoAsync(PortalUrls.SignIn);
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
    }

    /// <summary>A page's line to the server, which can be cut: its socket closes, and nothing else goes through either.</summary>
    private sealed class Line(IPage page)
    {
        private readonly List<IWebSocketRoute> _open = [];
        private bool _isCut;

        public static async Task<Line> OfAsync(IPage page)
        {
            var line = new Line(page);
            await page.RouteWebSocketAsync(new Regex("/_blazor"), socket =>
            {
                if (line._isCut)
                {
                    _ = socket.CloseAsync();
                    return;
                }

                line._open.Add(socket);
                socket.ConnectToServer();
            });
            return line;
        }

        public async Task CutAsync()
        {
            _isCut = true;
            await page.Context.SetOfflineAsync(true);
            foreach (var socket in _open)
            {
                await socket.CloseAsync();
            }

            _open.Clear();
        }

        public Task MendAsync()
        {
            _isCut = false;
            return page.Context.SetOfflineAsync(false);
        }
    }
}
