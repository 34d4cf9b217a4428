namespace PartnerPortal.Tests.Architecture;

/// <summary>A use that a rule forbids and that stands for a reason.</summary>
/// <param name="From">Full name of the type that names the other; the start of it with a trailing star.</param>
/// <param name="To">Full name of the type that is named; likewise.</param>
/// <param name="Reason">Why.</param>
public sealed record RuleException(string From, string To, string Reason)
{
    public bool Covers(TypeUse use) => Fits(From, use.From.FullName!) && Fits(To, use.To.FullName!);

    private static bool Fits(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == name;
}

/// <summary>Every exception to the rules of who may use whom. One that nothing needs any more fails the test.</summary>
public static class RuleExceptions
{
    public static readonly IReadOnlyList<RuleException> All =
    [
        new("PartnerPortal.Data.PostgresSignalRelay", "PartnerPortal.Startup.DatabaseOptions", "It listens on a connection of its own, outside of EF's pool."),
        new("PartnerPortal.Data.SqliteDesignTimeFactory", "PartnerPortal.Startup.SqliteNativeLibrary", "dotnet ef starts here and nowhere else."),
        new("PartnerPortal.Identity.ActorSource", "PartnerPortal.Features.Partners.*", "What an actor may do depends on its account's state as a partner."),
    ];
}
