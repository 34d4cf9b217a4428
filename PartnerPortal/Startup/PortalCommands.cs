namespace PartnerPortal.Startup;

/// <summary>What the program does instead of serving, by its first argument: <c>dotnet run --project PartnerPortal -- create-admin</c>.</summary>
internal sealed record PortalCommand(string Name, Func<WebApplication, string[], Task<int>> RunAsync);

internal static class PortalCommands
{
    private static readonly PortalCommand[] All = [];

    public static PortalCommand? Find(string[] args) => args is [var name, ..] ? Array.Find(All, c => c.Name == name) : null;
}
