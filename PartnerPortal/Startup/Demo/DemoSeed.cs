using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Events;
using PartnerPortal.Features.Notifications;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup.Demo;

/// <summary>
/// The demo program "Fernhill" with believable people, for Development. One transaction: a database has all of it or nothing. Times are relative to now;
/// rows are made by the same domain methods as real ones, so that they keep the same rules.
/// </summary>
internal static class DemoSeed
{
    /// <summary>Fills a database without users.</summary>
    /// <returns>False when there is somebody already; nothing was changed.</returns>
    public static async Task<bool> RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var vault = services.GetRequiredService<PayeeVault>();
        vault.Warm();
        await using var work = await services.GetRequiredService<PortalDb>().BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        if (await work.Db.Users.AnyAsync(ct))
        {
            return false;
        }

        work.Audit(Actor.System, AuditActions.DemoSeeded, ("program", ProgramSettings.SingleId));
        // From the beginning: the people of the demo are told of its history.
        work.Db.EventCursors.Add(new EventCursor(MakeNotifications.Reader, 0));
        Describe(await work.Db.ProgramSettings.SingleAsync(ct), work.Now);
        work.Signal(ProgramSettingsSource.ChangedSignal);
        var world = new DemoWorld(work, services.GetRequiredService<UserManager<PortalUser>>());
        var brightwater = await PartnersAsync(world, ct);
        await new DemoClients(world, brightwater).AddAsync(ct);
        var staff = await StaffAsync(world, ct);
        var history = new DemoHistory(work);
        await new DemoMoney(work, world, history).AddAsync(ct);
        await new DemoPayouts(work, world, vault, staff, history).AddAsync(brightwater, ct);
        await history.RunAsync(ct);
        await new DemoAccess(world, brightwater, staff).AddAsync(ct);
        await new DemoClaims(world, brightwater, staff).AddAsync(ct);
        await new DemoAutomations(world, services.GetRequiredService<TemplateExamples>()).AddAsync(await work.Db.ProgramSettings.SingleAsync(ct), ct);
        AddVisits(world, brightwater.AccountId);
        world.WriteAudit();
        await work.CommitAsync(ct);
        return true;
    }

    private static void Describe(ProgramSettings program, DateTime now)
    {
        program.Name = "Fernhill";
        program.About = "Fernhill keeps the books of small firms.";
        program.Footer = "Fernhill Software, Aarhus";
        program.SenderName = "Fernhill Partners";
        program.SenderAddress = "hello@fernhill.test";
        program.SellerName = "Fernhill Software ApS";
        program.SellerAddress = "Åboulevarden 12\n8000 Aarhus C\nDenmark";
        program.SellerTaxId = "DK 12 34 56 74";
        program.PaymentDetails = "Fernhill Software ApS\nIBAN DK50 0040 0440 1162 43\nBIC NDEADKKK";
        program.ShowsEarnings = true;
        program.ChangedAt = now;
        program.Version++;
    }

    /// <summary>Three integrators, one of them a firm with two members, and one who applied.</summary>
    private static async Task<DemoPerson> PartnersAsync(DemoWorld world, CancellationToken ct)
    {
        var marta = await world.PersonAsync("Marta Oliveira", DemoAccounts.Integrator, "en", null, 735, 1, ct);
        world.MakeFirm(marta, "Brightwater Systems", "hello@brightwater.test", "+442079460112", "https://brightwater.test");
        world.Approve(marta, 730);
        var felix = await world.PersonAsync("Felix Grant", "felix@brightwater.test", "en", null, 300, 20, ct);
        world.Join(felix, marta, MemberRole.Seller, 299);
        world.Db.MemberInvitations.Add(new MemberInvitation(marta.AccountId, "noor@brightwater.test", "noor@brightwater.test", MemberRole.Finance,
            LinkToken.Hash(LinkToken.New()), marta.UserId, world.Ago(2), world.Ago(-5)));
        world.Tell(2, marta.Actor, AuditActions.MemberInvited, ("account", marta.AccountId), marta.AccountId);
        foreach (var (name, email, firm, days) in new[] { ("Lotte Kramer", "lotte@deltapunkt.test", "Delta Punkt", 610), ("Erik Nordahl", "erik@nordwind.test", "Nordwind Beratung", 700) })
        {
            var person = await world.PersonAsync(name, email, "en", null, days, 40, ct);
            world.MakeFirm(person, firm, email, null, null);
            world.Approve(person, days - 3);
            if (firm == "Delta Punkt")
            {
                // What its clients buy earns the one who recommended it, too.
                person.Account.Recommend(marta.AccountId);
            }

            world.Partners[firm] = person;
        }

        var applicant = await world.PersonAsync("Ruben Costa", "ruben@aurora-consulting.test", "es", null, 6, 28, ct);
        world.MakeFirm(applicant, "Aurora Consulting", "ruben@aurora-consulting.test", null, "https://aurora-consulting.test");
        world.Db.Partners.Add(Partner.Apply(applicant.AccountId, "We set up bookkeeping for restaurants in Porto and Vigo, about thirty a year, and would like to bring them to Fernhill.", world.Ago(4)));
        world.Tell(4, applicant.Actor, AuditActions.PartnerApplied, ("account", applicant.AccountId), applicant.AccountId);
        return marta;
    }

    /// <returns>Who works at the support desk.</returns>
    private static async Task<DemoPerson> StaffAsync(DemoWorld world, CancellationToken ct)
    {
        DemoPerson? support = null;
        foreach (var (name, email, role) in new[] { ("Ada Holm", DemoAccounts.Admin, StaffRoles.Owner), ("Sven Dahl", DemoAccounts.Support, StaffRoles.Support) })
        {
            var person = await world.PersonAsync(name, email, "en", null, 740, 6, ct);
            var roleId = await world.Db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync(ct);
            world.Db.UserRoles.Add(new IdentityUserRole<long> { UserId = person.UserId, RoleId = roleId });
            world.Tell(740, Actor.System, AuditActions.StaffRoleGranted, ("user", person.UserId), null, new { role });
            support = person;
        }

        return support!;
    }

    /// <summary>More on working days, fewer by the QR code on the counter.</summary>
    private static void AddVisits(DemoWorld world, long accountId)
    {
        for (var day = 0; day < 30; day++)
        {
            var date = DateOnly.FromDateTime(world.Now).AddDays(-day);
            var busy = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 3;
            foreach (var (source, weight) in new[] { ("", 2), (ReferralSources.Mail, 1), (ReferralSources.Qr, 1), ("newsletter", day is > 8 and < 14 ? 4 : 0) })
            {
                var count = weight * busy + ((day * 7 + source.Length * 3) % 4) - 1;
                if (count > 0 && weight > 0)
                {
                    world.Db.VisitCounts.Add(new VisitCount { AccountId = accountId, Day = date, Source = source, Count = count });
                }
            }
        }
    }
}
