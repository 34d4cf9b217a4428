using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;

namespace PartnerPortal.Startup;

internal static class PortalPreparation
{
    /// <summary>What must be done before the first request: settings checked, the schema brought up to date, the staff roles and the program there.</summary>
    public static async Task PrepareAsync(this WebApplication app, CancellationToken ct)
    {
        // Before the database is touched, so that a wrong setting is what the person reads.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        await DatabaseStartup.MigrateAsync(app.Services, ct);
        await FillAsync(app.Services.GetRequiredService<PortalDb>(), ct);
    }

    /// <summary>Before serving: the demo where it is asked for, or the way to the first owner.</summary>
    public static async Task WelcomeAsync(this WebApplication app, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        if (app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.Demo)
        {
            await Demo.DemoSeed.RunAsync(scope.ServiceProvider, ct);
            return;
        }

        var issued = await scope.ServiceProvider.GetRequiredService<IssueSetupToken>().ExecuteAsync(ct);
        if (issued.Ok)
        {
            // Once the server listens, so that the address is the one it listens on, and stands below the last line of the start.
            app.Lifetime.ApplicationStarted.Register(() => PrintSetup(app.Services.GetRequiredService<PublicUrl>().Of(issued.Value)));
        }
    }

    public static void PrintSetup(string address) => Console.Out.WriteLine($"""

        Nobody owns this program yet. Open this address once, within 24 hours, to make the owner's user:

          {address}

        """);

    private static async Task FillAsync(PortalDb portal, CancellationToken ct)
    {
        await using (var db = await portal.ReadAsync(ct))
        {
            if (await db.ProgramSettings.AnyAsync(ct) && await db.Roles.CountAsync(r => StaffRoles.All.Contains(r.Name), ct) == StaffRoles.All.Count)
            {
                return;
            }
        }

        await using var work = await portal.BeginAsync(ct);
        // Several nodes may start at once.
        await work.LockAsync(PortalLock.Installation, 0, ct);
        if (!await work.Db.ProgramSettings.AnyAsync(ct))
        {
            work.Db.ProgramSettings.Add(new ProgramSettings { ChangedAt = work.Now });
            work.Audit(Actor.System, AuditActions.ProgramChanged, ("program", ProgramSettings.SingleId));
        }

        var known = await work.Db.Roles.Select(r => r.Name).ToListAsync(ct);
        foreach (var role in StaffRoles.All.Except(known))
        {
            work.Db.Roles.Add(new PortalRole { Name = role, NormalizedName = role!.ToUpperInvariant() });
        }

        await work.CommitAsync(ct);
    }
}
