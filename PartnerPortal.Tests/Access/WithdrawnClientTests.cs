using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Email;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Palette;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Reports;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;
using UglyToad.PdfPig;

namespace PartnerPortal.Tests.Access;

/// <summary>
/// A client whose name, address and phone its partner never typed withdraws the data consent: they are in no page, file, answer or mail of that partner any more. Each reader is
/// asked before as well, so that it is known where they were.
/// </summary>
public sealed class WithdrawnClientTests
{
    private static readonly Canary Clara = new("Clara Zwitscher", "clara@client.test", "+4915735991234");

    [Theory, OnSqlite, OnPostgres]
    public async Task WithdrawnConsent_NoReaderOfThePartnerFindsTheClient(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = await WalkWorld.CreateAsync(portal);
        var (client, right) = (world[Walker.Client], world[Walker.Right]);
        Assert.Null((await portal.CallAsync<UpdateProfile, Result<Done>>(u => u.ExecuteAsync(new ProfileRequest(Clara.Name, AccountKind.Person, Clara.Phone, "DE", null, "en"), client, default))).Error);
        var recommended = await RecommendedAsync(portal, world);
        var before = await FoundAsync(portal, world, recommended);
        foreach (var place in new[] { "/clients", "/clients/{own}", "/clients/{recommended}", "/clients/export.csv", "/dashboard", "PageAsync", "search", "palette", "palette's recent", "receipt", "mail", "API clients", "API clients/cli_own", "API attributions", "API search" })
        {
            Assert.True(before.ContainsKey("Right " + place), $"{place} shows nothing of the client while it may: the test does not look where it thinks.");
        }

        Assert.Null((await portal.CallAsync<StopSharing, Result<Done>>(s => s.ExecuteAsync(client, default))).Error);
        await HappenAsync(portal, world);

        Findings.None((await FoundAsync(portal, world, recommended)).Select(f => $"{f.Key} shows {string.Join(", ", f.Value)}"));
        Assert.Null((await portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(client, default))).Error);
        Findings.None((await FoundAsync(portal, world, recommended)).Select(f => $"after leaving, {f.Key} shows {string.Join(", ", f.Value)}"));
        Assert.Contains(await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.ToAddress == right.Email && m.Text != "").Select(m => m.Subject).ToListAsync()), s => s.Contains("C. Z.", StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task WithdrawnConsent_GivenAgain_IsSeenAgainAndWhatWasNotSentIsNot(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var access = new AccessWorld(portal);
        var (partner, client) = await access.PairAsync("Brightwater Systems", Clara.Name);
        Assert.Equal(1, await WaitingAsync());

        Assert.Null((await portal.CallAsync<StopSharing, Result<Done>>(s => s.ExecuteAsync(client, default))).Error);
        Assert.Equal(0, await WaitingAsync());
        Assert.Equal("C. Z.", await NameAsync());

        Assert.Null((await portal.CallAsync<ShareDetails, Result<Done>>(s => s.ExecuteAsync("es", client, default))).Error);
        Assert.Equal(1, await WaitingAsync());
        Assert.Equal(Clara.Name, await NameAsync());

        Task<int> WaitingAsync() => portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.ToAddress == partner.Email && m.State == OutboxState.Pending));

        Task<string> NameAsync() => portal.ReadAsync(db => db.ClientRecords.Where(r => r.PartnerId == partner.AccountId).Select(r => r.Name).SingleAsync());
    }

    /// <summary>Another client of the right partner, whom the first one recommended.</summary>
    private static async Task<long> RecommendedAsync(TestPortal portal, WalkWorld world)
    {
        var (people, access) = (new World(portal), new AccessWorld(portal));
        var friend = await people.PersonAsync("Frieda Friend");
        await access.JoinAsync(world[Walker.Client], friend);
        Assert.Null((await portal.CallAsync<ReassignClients, Result<int>>(r => r.ExecuteAsync(
            new ReassignRequest([friend.AccountId!.Value], world[Walker.Right].AccountId!.Value, "as tested"), world[Walker.Support], default))).Error);
        Assert.Null((await portal.CallAsync<ShareDetails, Result<Done>>(s => s.ExecuteAsync("en", friend, default))).Error);
        return await RecordAsync(portal, world, friend);
    }

    /// <summary>Business goes on: what is bought, taken back, asked and answered is told without a name.</summary>
    private static async Task HappenAsync(TestPortal portal, WalkWorld world)
    {
        var (money, access, client) = (new MoneyWorld(portal), new AccessWorld(portal), world[Walker.Client]);
        await money.BuyAsync(money.Purchase(client.AccountId!.Value, "later-1"));
        await money.RefundAsync(money.Refund("later-1", "later-r", 500));
        portal.Clock.Advance(TimeSpan.FromDays(1.1));
        var asked = await access.AskAsync(world[Walker.Right], client.AccountId!.Value);
        Assert.Null(asked.Error);
        Assert.Null((await portal.CallAsync<RefuseAccess, Result<Done>>(r => r.ExecuteAsync(asked.Value, "", client, default))).Error);
    }

    private static async Task<Dictionary<string, IReadOnlyList<string>>> FoundAsync(TestPortal portal, WalkWorld world, long recommended)
    {
        var own = await RecordAsync(portal, world, world[Walker.Client]);
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        string[] more =
        [
            "/clients/{own}", "/clients/{recommended}", "/clients?search=clara", "/clients?sort=Name", "/clients?status=Active", "/wallet?client=1", "/wallet?currency=EUR", "/clients/export.csv?search=clara",
        ];
        foreach (var walker in new[] { Walker.Right, Walker.Finance })
        {
            using var browser = await SignedIn.ClientAsync(portal, world[walker]);
            foreach (var address in AccessTable.Rows.Where(r => r.Method == "GET").Select(r => r.Address + r.Query).Concat(more).Where(a => !a.Contains("{start}", StringComparison.Ordinal)))
            {
                var path = world.Fill(address.Replace("{own}", Text(own), StringComparison.Ordinal).Replace("{recommended}", Text(recommended), StringComparison.Ordinal));
                using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
                Look($"{walker} {address}", answer.Content.Headers.ContentType?.MediaType == "application/pdf" ? Words(await answer.Content.ReadAsByteArrayAsync()) : await answer.Content.ReadAsStringAsync());
                // What the address repeats is what was typed into it.
                if (address.Contains("search=clara", StringComparison.Ordinal))
                {
                    found.Remove($"{walker} {address}");
                }
            }

            await AskAsync(walker);
        }

        await AskTheApiAsync();
        foreach (var message in await MailsAsync())
        {
            Look("Right mail", message);
        }

        return found;

        void Look(string place, string text)
        {
            if (Clara.In(text) is { Count: > 0 } shown)
            {
                found[place] = shown;
            }
        }

        // What pages ask for once they are live, and what a search finds.
        async Task AskAsync(Walker walker)
        {
            var actor = await new World(portal).AgainAsync(world[walker]);
            var clientId = world[Walker.Client].AccountId!.Value;
            var page = await portal.CallAsync<ClientQueries, ClientPage>(q => q.PageAsync(new ClientFilter(), ClientSorting.Newest, null, 50, actor, default, withMoney: true));
            Look($"{walker} PageAsync", JsonSerializer.Serialize(page));
            foreach (var row in page.Page.Items)
            {
                Look($"{walker} card of {row.Id}", JsonSerializer.Serialize(await portal.CallAsync<ClientQueries, ClientCard?>(q => q.CardAsync(row.Id, actor, default))));
            }

            Look($"{walker} arrived", JsonSerializer.Serialize(await portal.CallAsync<ClientQueries, IReadOnlyList<ClientRow>>(q => q.ArrivedAsync(DateTime.UnixEpoch, 100, actor, default))));
            foreach (var typed in Clara.Name.Split(' ').Append(Clara.Email).Append(Clara.Phone))
            {
                var hits = await portal.CallAsync<ClientQueries, ClientPage>(q => q.PageAsync(new ClientFilter(typed), ClientSorting.Newest, null, 50, actor, default));
                if (hits.Page.Items.Any(r => r.Id == own))
                {
                    found[$"{walker} search"] = [typed];
                }

                Look($"{walker} palette", JsonSerializer.Serialize(await portal.CallAsync<PaletteQueries, PaletteFindings>(q => q.FindAsync(typed, actor, default))));
            }

            string[] chosen = [PortalUrls.Client(own), PortalUrls.Client(recommended)];
            Look($"{walker} palette's recent", JsonSerializer.Serialize(await portal.CallAsync<PaletteQueries, IReadOnlyDictionary<string, ClientRow>>(q => q.ClientsAtAsync(chosen, actor, default))));

            Look($"{walker} receipt", JsonSerializer.Serialize(await portal.CallAsync<ReceiptQueries, IReadOnlyList<ReceiptData>>(q => q.OfClientAsync(clientId, ReceiptAudience.Partner, actor, default))));
            Look($"{walker} access", JsonSerializer.Serialize(await portal.CallAsync<AccessQueries, IReadOnlyList<PartnerPortal.Features.AccessGrants.AccessRow>>(q => q.AskedOfAsync(clientId, false, actor, default))));
            Look($"{walker} money", JsonSerializer.Serialize(await portal.CallAsync<DashboardMoneyQueries, MoneyView?>(q => q.ViewAsync(actor, default))));
            await using var scope = portal.Services.CreateAsyncScope();
            await foreach (var line in scope.ServiceProvider.GetRequiredService<WalletLineQueries>().AllAsync(WalletView.Parse(null), actor, default))
            {
                Look($"{walker} wallet line", JsonSerializer.Serialize(line));
            }
        }

        // What the partner's own systems read, with a key that may read all.
        async Task AskTheApiAsync()
        {
            var made = await portal.CallAsync<MakeProgramKey, Result<MadeKey>>(async m => await m.ExecuteAsync(
                new NewKey(KeyHolder.Partner, "CRM", PartnerScopes.All), await new World(portal).AgainAsync(world[Walker.Right]), default));
            using var api = SignedIn.Visitor(portal);
            api.DefaultRequestHeaders.Authorization = new("Bearer", made.Value.Key);
            foreach (var path in new[] { "clients", $"clients/cli_{own}", $"clients/cli_{recommended}", "clients?sort=name", "clients?sort=email", "invitations", "attributions", $"attributions?client=cli_{own}", "wallet", "wallet/lines" })
            {
                using var answer = await api.GetAsync(new Uri("/api/v1/" + path, UriKind.Relative));
                Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
                Look($"Right API {path.Replace(Text(own), "own", StringComparison.Ordinal)}", await answer.Content.ReadAsStringAsync());
            }

            foreach (var typed in Clara.Name.Split(' ').Append(Clara.Email))
            {
                if ((await api.GetStringAsync(new Uri("/api/v1/clients?search=" + Uri.EscapeDataString(typed), UriKind.Relative))).Contains($"\"cli_{own}\"", StringComparison.Ordinal))
                {
                    found["Right API search"] = [typed];
                }
            }
        }

        Task<List<string>> MailsAsync() => portal.ReadAsync(async db =>
        {
            var people = new[] { world[Walker.Right].Email, world[Walker.Finance].Email };
            var mails = await db.OutboxMessages.Where(m => people.Contains(m.ToAddress) && m.Text != "").ToListAsync();
            return mails.ConvertAll(m => m.Subject + m.Text + m.Html);
        });
    }

    private static Task<long> RecordAsync(TestPortal portal, WalkWorld world, Actor client) =>
        portal.ReadAsync(db => db.ClientRecords.Where(r => r.PartnerId == world[Walker.Right].AccountId && r.ClientId == client.AccountId).Select(r => r.Id).SingleAsync());

    private static string Words(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return string.Join(' ', document.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
