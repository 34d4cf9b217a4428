using PartnerPortal.Startup.Commands;

namespace PartnerPortal.Startup;

/// <summary>What the program does instead of serving, by its first argument: <c>dotnet run --project PartnerPortal -- create-admin</c>.</summary>
/// <param name="Name">The first argument.</param>
/// <param name="Usage">How to call it.</param>
/// <param name="Purpose">One sentence for the list of commands.</param>
/// <param name="RunAsync">Gets all arguments; returns one of <see cref="ExitCodes"/>.</param>
internal sealed record PortalCommand(string Name, string Usage, string Purpose, Func<WebApplication, string[], Task<int>> RunAsync);

/// <summary>What a command tells the shell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Nothing was changed; a sentence on standard error says why.</summary>
    public const int Refused = 1;

    /// <summary>The call or the settings are wrong; a sentence on standard error says how.</summary>
    public const int Usage = 2;
}

internal static class PortalCommands
{
    private static readonly PortalCommand[] All =
    [
        new("create-admin", "create-admin", "prints the one-time address at which the owner's first user is made", CreateAdminCommand.RunAsync),
        new("backup", "backup FILE", "writes a copy of the database to FILE, also while the portal runs", BackupCommand.RunAsync),
        new("restore", "restore FILE", "puts the copy in FILE in the database's place; stop the portal first", RestoreCommand.RunAsync),
        new("verify", "verify", "reckons books, wallets and purchases anew and says whether they agree, also while the portal runs", VerifyCommand.RunAsync),
        new("seed", "seed", "fills an empty database with the demo (Development only)", SeedCommand.RunAsync),
    ];

    /// <summary>Null when the arguments name no command: then the portal serves. Settings ("--urls …", "Portal:Demo=true") are none.</summary>
    public static PortalCommand? Find(string[] args)
    {
        if (args is not [var name, ..] || name.StartsWith('-') || name.StartsWith('/') || name.Contains('=', StringComparison.Ordinal))
        {
            return null;
        }

        return Array.Find(All, c => c.Name == name) ?? new PortalCommand(name, "", "", (_, _) => Task.FromResult(Refuse(ExitCodes.Usage, Unknown(name))));
    }

    /// <summary>Says why a command did nothing.</summary>
    public static int Refuse(int code, string sentence)
    {
        Console.Error.WriteLine(sentence);
        return code;
    }

    private static string Unknown(string name) =>
        $"There is no command '{name}'. Without a command the portal serves; the commands are:{Environment.NewLine}"
        + string.Join(Environment.NewLine, All.Select(c => $"  {c.Usage,-14} {c.Purpose}"));
}
