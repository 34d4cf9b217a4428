using PartnerPortal.Features.Journeys;

namespace PartnerPortal.Startup.Commands;

/// <summary><c>create-admin</c>: the same one-time address that the first start prints.</summary>
internal static class CreateAdminCommand
{
    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        await app.PrepareAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var issued = await scope.ServiceProvider.GetRequiredService<IssueSetupToken>().ExecuteAsync(CancellationToken.None);
        if (!issued.Ok)
        {
            return PortalCommands.Refuse(ExitCodes.Refused, "The program has an owner already. An owner makes others on the page Staff.");
        }

        PortalPreparation.PrintSetup(app.Services.GetRequiredService<PublicUrl>().Of(issued.Value));
        return ExitCodes.Done;
    }
}
