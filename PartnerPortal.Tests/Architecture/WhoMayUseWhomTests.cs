using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Architecture;

/// <summary>"Who may use whom" of the design, held against the compiled portal.</summary>
public sealed class WhoMayUseWhomTests
{
    /// <summary>What slices may name of Identity: who acts, and the entities that their own refer to.</summary>
    private static readonly HashSet<Type> ActorAndCo =
    [
        typeof(Actor), typeof(MemberRole), typeof(NotAllowed), typeof(PortalUser), typeof(PortalRole), typeof(StaffRoles), typeof(OneTimeCredential), typeof(SetupToken), typeof(UserPreference), typeof(ExternalIdentity), typeof(UserSession), typeof(Acting), typeof(AccessScopes),
    ];

    /// <summary>What slices may name of Email: the outbox, what goes into it and what it refuses; never how a message is drawn or carried.</summary>
    private static bool IsOutbox(Type type) => type.Namespace == "PartnerPortal.Email"
        && (typeof(Error).IsAssignableFrom(type) || type.Name.StartsWith("Outbox", StringComparison.Ordinal) || type.Name.StartsWith("Mail", StringComparison.Ordinal)) && type != typeof(MailRenderer);

    [Fact]
    public void TypeUses_OfAsyncMethodsAndClosures_AreSeen()
    {
        Assert.Contains(TypeUses.Portal, u => (u.From, u.To) == (typeof(JoinPartner), typeof(PortalTransaction)) && u.Where == "MoveNext");
        Assert.Contains(TypeUses.Portal, u => u.From == typeof(JoinQueries) && u.To == typeof(Attribution));
    }

    [Fact]
    public void Slices_AreAllInTheOrder()
    {
        var unknown = PortalTypes.All.Select(PortalTypes.SliceOf).OfType<string>().Distinct().Except(PortalTypes.Slices);

        Findings.None(unknown);
    }

    [Fact]
    public void Shared_UsesNothingOfOurs() => Holds(
        from => PortalTypes.FolderOf(from) is "Shared",
        to => PortalTypes.FolderOf(to) is "Shared");

    [Fact]
    public void Resources_UseSharedOnly() => Holds(
        from => PortalTypes.FolderOf(from) is "Resources" && PortalTypes.PartOf(from) is not Part.Endpoint,
        to => PortalTypes.FolderOf(to) is "Resources" or "Shared");

    [Fact]
    public void Documents_UseNothingOfOurs() => Holds(
        from => PortalTypes.FolderOf(from) is "Documents",
        to => PortalTypes.FolderOf(to) is "Documents");

    /// <summary>So that drawing can change in one place, and the start does not load it.</summary>
    [Fact]
    public void OnlyDocuments_NameTheGraphicsLibrary() => Holds(
        from => PortalTypes.FolderOf(from) is not "Documents",
        to => !In(to, "SkiaSharp") && !In(to, "HarfBuzzSharp"), everything: true);

    [Fact]
    public void Data_NamesEntitiesAndNeitherPagesNorUseCases() => Holds(
        from => PortalTypes.FolderOf(from) is "Data",
        to => PortalTypes.FolderOf(to) is "Data" or "Shared" or "Identity" || PortalTypes.IsEntity(to) || PortalTypes.SliceOf(to) is "Audit");

    [Fact]
    public void Identity_UsesSharedAndDataOnly() => Holds(
        from => PortalTypes.FolderOf(from) is "Identity",
        to => PortalTypes.FolderOf(to) is "Identity" or "Shared" or "Data");

    [Fact]
    public void Email_KnowsTheProgramAndNoOtherSlice() => Holds(
        from => PortalTypes.FolderOf(from) is "Email" && PortalTypes.PartOf(from) is not (Part.Page or Part.Endpoint),
        to => PortalTypes.FolderOf(to) is "Email" or "Shared" or "Data" or "Resources" || ActorAndCo.Contains(to) || PortalTypes.SliceOf(to) is "Audit" or "Program"
            || IsSettings(to));

    [Fact]
    public void Slices_UseTheKernelAndEarlierSlices() => Holds(
        from => PortalTypes.SliceOf(from) is not null && PortalTypes.PartOf(from) is not (Part.Page or Part.Endpoint),
        (from, to) => PortalTypes.FolderOf(to) switch
        {
            "Shared" or "Resources" or "Documents" => true,
            "Data" => to.Namespace == "PartnerPortal.Data",
            "Email" => IsOutbox(to),
            "Identity" => ActorAndCo.Contains(to),
            "Startup" => to == typeof(PublicUrl),
            "Features" => PortalTypes.OrderOf(to) <= PortalTypes.OrderOf(from),
            _ => false,
        });

    [Fact]
    public void PagesAndEndpoints_NameNeitherEntityFrameworkNorData() => Holds(
        IsPageOrEndpoint,
        to => !IsEntityFramework(to) && (PortalTypes.FolderOf(to) is not "Data" || to == typeof(Signals)), everything: true);

    [Fact]
    public void Pages_ReceiveNoEntity() => Holds(
        IsPageOrEndpoint,
        // The reader's own user comes from Identity's own services, and the program's settings are one row that is its own projection.
        to => !PortalTypes.IsEntity(to) || to == typeof(PortalUser) || to == typeof(ProgramSettings));

    [Fact]
    public void ReportsAndSupport_NameNeitherEntityFrameworkNorData() => Holds(
        from => PortalTypes.SliceOf(from) is "Reports" or "Support",
        to => !IsEntityFramework(to) && (PortalTypes.FolderOf(to) is not "Data" || to == typeof(Signals)), everything: true);

    [Fact]
    public void Entities_DoNotNameEntityFramework() => Holds(
        from => PortalTypes.PartOf(from) is Part.Entity,
        to => !IsEntityFramework(to), everything: true);

    [Fact]
    public void SlicesAndKernel_NameNeitherComponentLibraryNorWeb() => Holds(
        from => PortalTypes.FolderOf(from) is "Features" or "Shared" or "Data" or "Email" && !IsPageOrEndpoint(from),
        to => !In(to, "MudBlazor") && (!In(to, "Microsoft.AspNetCore") || In(to, "Microsoft.AspNetCore.Identity") || In(to, "Microsoft.AspNetCore.DataProtection")
            || In(to, "Microsoft.AspNetCore.WebUtilities")), everything: true);

    /// <summary>A component without an address, such as the dialog to invite, is drawn by its own slice and later ones; a page by nobody else.</summary>
    [Fact]
    public void Pages_UseComponentsOfEarlierSlicesAndNoOthersPages() => Holds(
        from => PortalTypes.SliceOf(from) is not null && PortalTypes.PartOf(from) is Part.Page,
        (from, to) => PortalTypes.PartOf(to) is not Part.Page || PortalTypes.SliceOf(to) is null || PortalTypes.SliceOf(to) == PortalTypes.SliceOf(from)
            || (!PortalTypes.IsRouted(to) && PortalTypes.OrderOf(to) < PortalTypes.OrderOf(from)));

    [Fact]
    public void UseCases_NameNoPages() => Holds(
        from => PortalTypes.SliceOf(from) is not (null or "Reports" or "Support") && !IsPageOrEndpoint(from),
        to => PortalTypes.PartOf(to) is not Part.Page);

    [Fact]
    public void OnlyTheLedger_TouchesLedgerEntries() => Holds(
        from => PortalTypes.SliceOf(from) is not "Ledger" && PortalTypes.FolderOf(from) is not "Data",
        to => PortalTypes.SliceOf(to) is not "Ledger" || to.Name is not "LedgerEntry");

    [Fact]
    public void Exceptions_AreAllInUse()
    {
        var idle = RuleExceptions.All.Where(x => !TypeUses.Portal.Any(u => x.Covers(u))).Select(x => $"{x.From} -> {x.To}");

        Findings.None(idle);
    }

    private static bool IsPageOrEndpoint(Type type) => PortalTypes.PartOf(type) is Part.Page or Part.Endpoint;

    private static bool IsEntityFramework(Type type) => In(type, "Microsoft.EntityFrameworkCore") || In(type, "Npgsql") || In(type, "Microsoft.Data.Sqlite");

    private static bool IsSettings(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal) || type == typeof(PublicUrl);

    private static bool In(Type type, string ns) =>
        type.Namespace is { } own && (own == ns || own.StartsWith(ns + ".", StringComparison.Ordinal));

    private static void Holds(Func<Type, bool> who, Func<Type, bool> may, bool everything = false) => Holds(who, (_, to) => may(to), everything);

    /// <param name="who">The types that the rule is about.</param>
    /// <param name="may">Whether such a type may name another.</param>
    /// <param name="everything">Look at types of others too; else only at ours.</param>
    private static void Holds(Func<Type, bool> who, Func<Type, Type, bool> may, bool everything = false)
    {
        var broken = TypeUses.Portal
            .Where(u => PortalTypes.IsOurs(u.From) && (everything || PortalTypes.IsOurs(u.To)) && who(u.From) && !may(u.From, u.To))
            .Where(u => !RuleExceptions.All.Any(x => x.Covers(u)))
            .GroupBy(u => (From: u.From.FullName, To: u.To.FullName))
            .Select(g => $"{g.Key.From} names {g.Key.To} (in {string.Join(", ", g.Select(u => u.Where).Distinct().Take(3))})")
            .Order(StringComparer.Ordinal).ToList();

        Assert.True(broken.Count == 0, $"{broken.Count} against the rule:\n" + string.Join('\n', broken));
    }
}
