using PartnerPortal.Startup.Demo;

namespace PartnerPortal.Startup.Commands;

/// <summary><c>seed</c>: the demo on demand. Its passwords are public, so only in Development.</summary>
internal static class SeedCommand
{
    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        if (!app.Environment.IsDevelopment())
        {
            return PortalCommands.Refuse(ExitCodes.Refused, "The demo's passwords are public; 'seed' works only in Development (ASPNETCORE_ENVIRONMENT=Development).");
        }

        await app.PrepareAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        if (!await DemoSeed.RunAsync(scope.ServiceProvider, CancellationToken.None))
        {
            return PortalCommands.Refuse(ExitCodes.Refused, "The database has users already. The demo goes only into an empty one.");
        }

        Console.Out.WriteLine($"The demo is there. Sign in as {DemoAccounts.Integrator}, {DemoAccounts.Client}, {DemoAccounts.Support} or {DemoAccounts.Admin}, password {DemoAccounts.Password}.");
        return ExitCodes.Done;
    }
}
