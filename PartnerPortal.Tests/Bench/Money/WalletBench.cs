using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Bench.Data;
using PartnerPortal.Tests.Bench.Servers;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary>The wallet of a partner with a million entries, beside that of one with a thousand in the same file: what its page reads, and the page as it is served.</summary>
internal static class WalletBench
{
    /// <summary>With the thousand of the other.</summary>
    public const int Many = 1_000_000 + ManyPurchases.Few;

    public static async Task RunAsync(BenchRun run, CancellationToken ct)
    {
        var file = (await ManyPurchases.MakeAsync(run, Many, ct)).File;
        await using (var portal = TestPortal.Open(file))
        {
            portal.Clock.Advance(DateTime.UtcNow - portal.Clock.GetUtcNow().UtcDateTime);
            var (big, small) = (await ActorAsync(portal, ManyPurchases.BigEmail, 1_000_000, ct), await ActorAsync(portal, ManyPurchases.SmallEmail, ManyPurchases.Few, ct));
            var (many, few) = await InTurn.MedianAsync(() => ReadAsync(portal, big, ct), () => ReadAsync(portal, small, ct), ct);
            run.Compare("what the wallet's page reads, 1,000,000 entries / 1,000", "ms", many, few, Goal.AtMost(1.5));
        }

        var mail = Directory.CreateDirectory(Path.Combine(run.Folder, "wallet-mail")).FullName;
        await using var server = await ServerProcess.StartAsync(Path.Combine(AppContext.BaseDirectory, "PartnerPortal.dll"), "Production", BenchPortal.Settings(file, mail));
        using var http = BenchHttp.Create();
        var form = await SignInForm.OpenAsync(http, server.Address, ct);
        var (bigCookie, smallCookie) = (await form.SendAsync(http, ManyPurchases.BigEmail, World.Password, ct), await form.SendAsync(http, ManyPurchases.SmallEmail, World.Password, ct));
        var (served, servedFew) = await InTurn.MedianAsync(() => OpenAsync(http, server, bigCookie, ct), () => OpenAsync(http, server, smallCookie, ct), ct);
        run.Compare("the wallet's page as it is served, 1,000,000 entries / 1,000", "ms", served, servedFew, Goal.AtMost(1.5));
    }

    private static async Task<Actor> ActorAsync(TestPortal portal, string email, int entries, CancellationToken ct)
    {
        var (user, account) = await portal.ReadAsync(async db =>
        {
            var member = await (from u in db.Users join m in db.Members on u.Id equals m.UserId where u.Email == email select m).SingleAsync(ct);
            var count = await db.LedgerEntries.CountAsync(e => e.OwnerId == member.AccountId, ct);
            return count == entries ? (member.UserId, member.AccountId) : throw new InvalidOperationException($"{email} has {count} entries and not {entries}.");
        });
        return await new World(portal).AgainAsync(new Actor(user, "", account, "", MemberRole.Admin));
    }

    /// <summary>As <see cref="WalletPage"/> does.</summary>
    private static Task<Page<WalletLine>> ReadAsync(TestPortal portal, Actor actor, CancellationToken ct) => portal.InScopeAsync(async services =>
    {
        var (wallets, lines) = (services.GetRequiredService<WalletQueries>(), services.GetRequiredService<WalletLineQueries>());
        var months = await lines.MonthsAsync(null, actor, ct);
        var currency = months[0].Currency;
        await wallets.BalancesAsync(actor, ct);
        await lines.NextReleaseAsync(currency, actor, ct);
        await lines.HighestLevelAsync(currency, actor, ct);
        await wallets.MonthsAsync(currency, CalendarMonth.Of(DateTime.UtcNow).Plus(-11), actor, ct);
        var page = await lines.PageAsync(new WalletView { Currency = currency }, actor, ct);
        return page.Items.Count == WalletLineQueries.PageSize ? page : throw new InvalidOperationException($"The page holds {page.Items.Count} lines.");
    });

    private static async Task OpenAsync(HttpMessageInvoker http, ServerProcess server, string cookie, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, PortalUrls.Wallet));
        request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request, ct);
        var page = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(ct);
        if (page.Split("<tr").Length <= WalletLineQueries.PageSize)
        {
            throw new InvalidOperationException("The page does not show its lines.");
        }
    }
}
