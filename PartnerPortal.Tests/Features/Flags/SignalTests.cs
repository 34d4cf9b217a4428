using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Flags;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Flags;

/// <summary>Each signal: what raises it, and what is like it and does not.</summary>
public sealed class SignalTests
{
    [Theory]
    [InlineData("Ana.Costa+shop@gmail.com", "anacosta@googlemail.com", true)]
    [InlineData("ana+1@firm.test", "ANA@firm.test", true)]
    [InlineData("ana.costa@firm.test", "anacosta@firm.test", false)]
    [InlineData("ana@firm.test", "ana@other.test", false)]
    public void MailKey_OfTwoAddresses_IsOneForOneMailbox(string left, string right, bool isSame) => Assert.Equal(isSame, MailKey.Of(left) == MailKey.Of(right));

    [Theory, OnSqlite, OnPostgres]
    public async Task SelfReferral_BySameMailboxPayeeOrPlace_IsSeen(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new FlagWorld(portal);
        var partner = await world.Payouts.PartnerAsync();
        var plus = await world.People.PersonAsync("Same Mailbox", partner.Email!.Replace("@", "+me@", StringComparison.Ordinal));
        var near = await world.People.PersonAsync("Same Place");
        var payee = await world.Payouts.PartnerAsync("Same Payee");
        var stranger = await world.People.PersonAsync("No Relation");
        foreach (var client in new[] { plus, near, payee, stranger })
        {
            await world.Money.AttributeAsync(client.AccountId!.Value, partner.AccountId!.Value);
        }

        await world.SignInAsync(partner, "one place");
        await world.SignInAsync(near, "one place");
        await world.SignInAsync(stranger, "another place");

        await world.RaiseAsync();

        var found = await portal.ReadAsync(db => db.FlaggedClients.Where(c => c.Kind == FlagKind.SelfReferral).ToDictionaryAsync(c => c.ClientId, c => c.Matches));
        Assert.Equal(FlagMatches.Email, found[plus.AccountId!.Value]);
        Assert.Equal(FlagMatches.Source, found[near.AccountId!.Value]);
        Assert.Equal(FlagMatches.Payee, found[payee.AccountId!.Value]);
        Assert.DoesNotContain(stranger.AccountId!.Value, found.Keys);
        // The place is forgotten after a month.
        portal.Clock.Advance(TimeSpan.FromDays(31));
        await portal.CallAsync<RunRetention, RetentionOutcome>(r => r.ExecuteAsync(default));
        Assert.Equal(0, await portal.ReadAsync(db => db.UserSessions.CountAsync(s => s.Source != "")));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Crowds_AtTheirThresholds_AreSeenAndGrow(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new FlagWorld(portal);
        await world.People.ProgramAsync(p => (p.FlagBurstCount, p.FlagDomainCount, p.FlagUnseenCount) = (3, 3, 2));
        var (firm, place, open) = (await world.People.IntegratorAsync("Firm Friend"), await world.People.IntegratorAsync("Place Friend"), await world.People.IntegratorAsync("Open Minded"));
        for (var i = 0; i < 3; i++)
        {
            await JoinAsync(firm, $"p{i}@hazel.test", $"place {i}");
            await JoinAsync(place, $"q{i}@q{i}.test", "one place");
            await JoinAsync(open, $"o{i}@gmail.com", $"home {i}");
        }

        await Task.WhenAll(world.RaiseAsync(), world.RaiseAsync());
        var domain = Assert.Single(await world.FlagsAsync(FlagKind.SameDomain));
        Assert.Equal((firm.AccountId, 3), (domain.PartnerId, domain.Count));
        Assert.Equal(place.AccountId, Assert.Single(await world.FlagsAsync(FlagKind.Burst)).PartnerId);

        // One more goes to the open flag; once that is decided, one alone is none.
        await JoinAsync(firm, "p4@hazel.test", "place 4");
        Assert.Equal(1, await world.RaiseAsync());
        Assert.Equal(4, Assert.Single(await world.FlagsAsync(FlagKind.SameDomain)).Count);
        var staff = await world.People.SupportAsync();
        var clients = (await world.FileAsync(staff, domain.Id))!.Clients.Select(c => c.ClientId).ToArray();
        Assert.Null((await world.DecideAsync(staff, domain.Id, false, clients[..2])).Error);
        Assert.Equal(FlagState.Open, (await world.FlagsAsync(FlagKind.SameDomain))[0].State);
        Assert.Null((await world.DecideAsync(staff, domain.Id, false, clients[2..])).Error);
        await JoinAsync(firm, "p5@hazel.test", "place 5");
        Assert.Equal(0, await world.RaiseAsync());

        for (var i = 0; i < 2; i++)
        {
            await world.Money.WorkAsync(work => Task.FromResult(work.Db.Invitations.Add(new Invitation(
                InvitationKind.Created, open.AccountId!.Value, open.UserId, $"n{i}@example.test", $"n{i}@example.test", "Nobody", "en", Guid.NewGuid().ToString("N"), work.Now, work.Now.AddDays(30)))));
        }

        Assert.Equal(0, await world.RaiseAsync());
        portal.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal(1, await world.RaiseAsync());
        var unseen = Assert.Single(await world.FlagsAsync(FlagKind.NeverSignedIn));
        Assert.Null((await world.DecideAsync(staff, unseen.Id, false)).Error);
        Assert.Equal(0, await world.RaiseAsync());

        async Task JoinAsync(Actor partner, string email, string source)
        {
            var client = await world.People.PersonAsync(email.Split('@')[0], email);
            await world.Money.AttributeAsync(client.AccountId!.Value, partner.AccountId!.Value);
            await world.SignInAsync(client, source);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Refunds_SoonAfterThePayout_AreSeen(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new FlagWorld(portal);
        var (staff, partner) = (await world.People.SupportAsync(), await world.Payouts.PartnerAsync());
        var (first, second) = (await world.Payouts.EarnAsync(partner, 3000), await world.Payouts.EarnAsync(partner, 3000));
        var payout = (await world.Payouts.RequestAsync(partner)).Value;
        await world.Payouts.ApproveAsync(payout, staff);
        await world.Payouts.ExportAsync(staff);
        Assert.True((await world.Payouts.PayAsync(payout, staff)).Ok);
        portal.Clock.Advance(TimeSpan.FromDays(2));
        await world.Payouts.RefundAsync(first);
        Assert.Equal(0, await world.RaiseAsync());
        await world.Payouts.RefundAsync(second);

        Assert.Equal(1, await world.RaiseAsync());

        var flag = Assert.Single(await world.FlagsAsync(FlagKind.RefundAfterPayout));
        Assert.Equal((partner.AccountId, 2), (flag.PartnerId, flag.Count));
        await world.Payouts.EarnAsync(partner, 9000);
        Assert.Equal((-6000, 0, 6000), await world.Payouts.WalletAsync(partner));
        Assert.Empty(await world.Payouts.FindingsAsync());
    }
}
