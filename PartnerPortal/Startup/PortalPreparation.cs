using Microsoft.Extensions.Options;

namespace PartnerPortal.Startup;

internal static class PortalPreparation
{
    /// <summary>What must be done before the first request: settings checked, the schema brought up to date, the staff roles there.</summary>
    public static async Task PrepareAsync(this WebApplication app, CancellationToken ct)
    {
        // Before the database is touched, so that a wrong setting is what the person reads.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        await DatabaseStartup.MigrateAsync(app.Services, ct);
    }
}
