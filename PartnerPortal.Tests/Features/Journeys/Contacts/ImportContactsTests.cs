using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Contacts;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static PartnerPortal.Features.Journeys.Contacts.ContactVerdict;

namespace PartnerPortal.Tests.Features.Journeys.Contacts;

public sealed class ImportContactsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_EveryKindOfLine_DoesWhatTheCheckSaid(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await LinesAsync(portal, partner, await world.PersonAsync("Clara Client", "clara@x.test"));
        var import = await ImportAsync("""
            Name,E-mail,Phone
            New Person,new@x.test,030 23125417
            Asked Person,asked@x.test,
            Lapsed Person,lapsed@x.test,
            Withdrawn Person,withdrawn@x.test,
            Clara Client,Clara@X.test,
            Left Person,left@x.test,
            No Person,no@x.test,
            New Again,NEW@x.test,
            Nobody,,
            ,nameless@x.test,
            Wrong Address,wrong@x,
            Wrong Phone,phone@x.test,CALL ME
            Broken,line@x.test,1,2,3
            """, InvitationKind.Created, "vip  2026");
        ContactVerdict[] expected = [New, Asked, Asked, Asked, Client, Declined, Declined, Twice, NoAddress, Wrong, Wrong, Wrong, Wrong];
        var before = await CountsAsync(portal);

        var check = await CheckAsync(portal, import, partner);
        Assert.Equal(before, await CountsAsync(portal));
        var run = await RunAsync(portal, import, partner);
        var again = await RunAsync(portal, import, partner);

        Assert.Equal(expected, check.Findings.Select(f => f.Verdict));
        Assert.Equal(check.Findings, run.Findings);
        Assert.Equal([Asked, .. expected[1..]], again.Findings.Select(f => f.Verdict));
        Assert.Equal([(11, 0), (12, 1), (13, 2), (14, (int?)null)], run.Findings.Where(f => f.Verdict is Wrong).Select(f => (f.Line, f.Column)));
        Assert.Equal([typeof(ClientNameMissing), typeof(ClientEmailWrong), typeof(ClientPhoneWrong), typeof(ContactLineBroken)], run.Findings.Where(f => f.Verdict is Wrong).Select(f => f.Problem!.GetType()));
        var (record, invitation) = await portal.ReadAsync(async db =>
        {
            var made = await db.ClientRecords.Include(r => r.Invitation).Include(r => r.Tags).Include(r => r.Events).SingleAsync(r => r.TypedNormalizedEmail == "new@x.test");
            return (made, made.Invitation!);
        });
        Assert.Equal(("New Person", "+493023125417", "es", ClientStatus.Invited, CameBy.Created), (record.Name, record.Phone, record.Language, record.Status, record.CameBy));
        Assert.Equal(("vip 2026", ClientEventKind.Created), (Assert.Single(record.Tags).Name, Assert.Single(record.Events).Kind));
        Assert.Equal((InvitationKind.Created, InvitationState.Queued, "New Person", "es"), (invitation.Kind, invitation.State, invitation.Name, invitation.Language));
        Assert.Equal(before.Records + 1, (await CountsAsync(portal)).Records);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Invite_NeedsNoNameAndSendsEachAMail(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var import = await ImportAsync("First name,Last name,E-mail,Phone\nAna,Lee,ana@x.test,CALL ME\n,,bo@x.test,\n", InvitationKind.Mailed);

        var report = await RunAsync(portal, import, partner);
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));

        Assert.Equal(2, report.CountOf(New));
        Assert.Equal(["Ana Lee", "bo@x.test"], await portal.ReadAsync(db => db.ClientRecords.OrderBy(r => r.Id).Select(r => r.Name).ToListAsync()));
        Assert.Equal(["ana@x.test", "bo@x.test"], await portal.ReadAsync(db => db.OutboxMessages.OrderBy(m => m.Id).Select(m => m.ToAddress).ToListAsync()));
        Assert.Equal(2, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.InvitationCreated && e.Details!.Contains("many"))));
        Assert.Equal(0, await portal.ReadAsync(db => db.ClientRecords.CountAsync(r => r.Phone != null)));
    }

    /// <summary>Invariant 10: neither the check nor the run nor what is kept tells a known address from a new one.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_KnownAndNewAddress_LookAlike(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await world.PersonAsync("Known Person", "known@x.test", "es");
        var import = await ImportAsync("Name,E-mail\nSame,known@x.test\nSame,fresh@x.test\n", InvitationKind.Created);

        var check = await CheckAsync(portal, import, partner);
        var run = await RunAsync(portal, import, partner);
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        var again = await CheckAsync(portal, import, partner);

        foreach (var report in new[] { check, run, again })
        {
            Assert.Equal(report.Findings[0] with { Line = 3, Email = "fresh@x.test" }, report.Findings[1]);
        }

        var lines = await portal.ReadAsync(db => db.ClientRecords.OrderBy(r => r.Id).Select(r => new { r.Name, r.Status, r.CameBy, r.Language, r.Phone, r.IsShared, r.Note, r.Since }).ToListAsync());
        Assert.Equal(lines[0], lines[1]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Stopped_SaysWhatWasDoneAndGoesOnLater(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var import = await ImportAsync(Many(1200), InvitationKind.Mailed, "Fair");
        using var stop = new CancellationTokenSource();
        var told = new List<int>();

        var stopped = await RunAsync(portal, import, partner, lines =>
        {
            told.Add(lines);
            return told.Count == 2 ? stop.CancelAsync() : Task.CompletedTask;
        }, stop.Token);

        Assert.Equal([500, 1000], told);
        Assert.Equal((1000, 200), (stopped.CountOf(New), stopped.CountOf(NotReached)));
        Assert.Equal(1000, await portal.ReadAsync(db => db.Invitations.CountAsync()));
        var rest = await RunAsync(portal, import, partner);
        Assert.Equal((200, 1000), (rest.CountOf(New), rest.CountOf(Asked)));
        Assert.Equal(1200, await portal.ReadAsync(db => db.ClientRecords.CountAsync(r => r.Tags.Any(t => t.Name == "Fair"))));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_CutOffBetweenParts_KeepsWholePartsAndDoublesNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var import = await ImportAsync(Many(700), InvitationKind.Mailed);

        await Assert.ThrowsAsync<IOException>(() => RunAsync(portal, import, partner, _ => throw new IOException("The line is gone.")));

        Assert.Equal((500, 500, 500), await CountsAsync(portal));
        await RunAsync(portal, import, partner);
        Assert.Equal((700, 700, 700), await CountsAsync(portal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_SameFileAtOnce_InvitesEachOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var import = await ImportAsync(Many(1000), InvitationKind.Mailed);

        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => RunAsync(portal, import, partner))));

        Assert.Equal(1000, reports.Sum(r => r.CountOf(New)));
        Assert.Equal((1000, 1000, 1000), await CountsAsync(portal));
    }

    [Fact]
    public async Task ExecuteAsync_TagInTheList_KeepsItsSpelling()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await RunAsync(portal, await ImportAsync("E-mail\na@x.test\n", InvitationKind.Mailed, "Feria Málaga"), partner);

        var report = await RunAsync(portal, await ImportAsync("E-mail\nb@x.test\n", InvitationKind.Mailed, "feria malaga"), partner);

        Assert.Equal("Feria Málaga", report.Tag);
        Assert.Equal(2, await portal.ReadAsync(db => db.ClientRecords.CountAsync(r => r.Tags.Any(t => t.Name == "Feria Málaga"))));
    }

    [Fact]
    public async Task ExecuteAsync_WhatCannotBeDone_IsRefusedBeforeAnything()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var good = await ImportAsync("E-mail\na@x.test\n", InvitationKind.Mailed);
        var suspended = await world.IntegratorAsync("Suspended Systems");
        await world.SuspendAsync(suspended);

        Assert.IsType<PartnerIsSuspended>(await RefusalAsync(good, await world.AgainAsync(suspended)));
        Assert.IsType<NotAllowed>(await RefusalAsync(good, await world.IntegratorAsync("Finn Finance", role: MemberRole.Finance)));
        Assert.IsType<NotAllowed>(await RefusalAsync(good, await world.PersonAsync("Clara Client")));
        Assert.IsType<ContactEmailUnmapped>(await RefusalAsync(good with { Columns = [ContactField.Unused] }, partner));
        Assert.IsType<ContactNameUnmapped>(await RefusalAsync(good with { Kind = InvitationKind.Created }, partner));
        Assert.IsType<TagTooLong>(await RefusalAsync(good with { Tag = new string('x', 41) }, partner));
        Assert.Equal((0, 0, 0), await CountsAsync(portal));

        async Task<Error> RefusalAsync(ContactImport import, Actor actor)
        {
            var check = await portal.CallAsync<CheckContacts, Result<ContactReport>>(c => c.ExecuteAsync(import, actor, default));
            var run = await portal.CallAsync<ImportContacts, Result<ContactReport>>(c => c.ExecuteAsync(new ContactRun(import, _ => Task.CompletedTask, default), actor, default));
            Assert.Equal(check.Error, run.Error);
            return run.Error!;
        }
    }

    internal static string Many(int count) => "Name,E-mail\n" + string.Join('\n', Enumerable.Range(0, count).Select(i => $"Contact {i},c{i}@x.test"));

    private static async Task<ContactImport> ImportAsync(string text, InvitationKind kind, string? tag = null)
    {
        var file = (await ContactFile.OpenAsync(Encoding.UTF8.GetBytes(text), default)).Value;
        return new ContactImport(file, ContactColumns.Of(file).Columns, kind, "es", tag);
    }

    private static async Task<ContactReport> CheckAsync(TestPortal portal, ContactImport import, Actor actor) =>
        (await portal.CallAsync<CheckContacts, Result<ContactReport>>(c => c.ExecuteAsync(import, actor, default))).Value;

    private static async Task<ContactReport> RunAsync(TestPortal portal, ContactImport import, Actor actor, Func<int, Task>? told = null, CancellationToken stop = default) =>
        (await portal.CallAsync<ImportContacts, Result<ContactReport>>(c => c.ExecuteAsync(new ContactRun(import, told ?? (_ => Task.CompletedTask), stop), actor, default))).Value;

    private static Task<(int Invitations, int Records, int Audited)> CountsAsync(TestPortal portal) => portal.ReadAsync(async db =>
        (await db.Invitations.CountAsync(), await db.ClientRecords.CountAsync(), await db.AuditEntries.CountAsync(e => e.Action == AuditActions.InvitationCreated)));

    /// <summary>A line of each state that a partner's list can have.</summary>
    private static async Task LinesAsync(TestPortal portal, Actor partner, Actor client)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        var joined = ClientRecord.Join(partner.AccountId!.Value, work.Now);
        joined.Open(client.AccountId!.Value, CameBy.Link, signedInBefore: true, work.Now);
        joined.Share("Clara Client", "clara@x.test", null, "en", null);
        ClientRecord[] lines = [joined, Asked("asked"), Asked("lapsed"), Asked("withdrawn"), Asked("left"), Asked("no")];
        lines[2].Lapse();
        lines[4].Leave("Left Person");
        lines[5].Decline();
        var invitation = new Invitation(InvitationKind.Mailed, partner.AccountId.Value, partner.UserId, "withdrawn@x.test", "withdrawn@x.test", null, "en", LinkToken.New(), work.Now, work.Now.AddDays(7));
        Assert.True(invitation.Withdraw(work.Now));
        lines[3].BelongTo(invitation);
        work.Db.AddRange(lines);
        work.Audit(Actor.System, AuditActions.ClientChanged, ("client", null), partner.AccountId);
        await work.CommitAsync(default);

        ClientRecord Asked(string name) =>
            ClientRecord.Invite(partner.AccountId!.Value, new TypedContact(null, $"{name}@x.test", $"{name}@x.test", null), CameBy.Invitation, "en", "", work.Now);
    }
}
