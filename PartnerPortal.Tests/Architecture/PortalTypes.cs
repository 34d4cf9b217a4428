using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using PartnerPortal.Data.Sqlite;

namespace PartnerPortal.Tests.Architecture;

/// <summary>What a type of the portal is, by what it derives from, where it stands and what it is called.</summary>
public enum Part
{
    /// <summary>Configured in the model.</summary>
    Entity,

    /// <summary>Tells EF how an entity is kept.</summary>
    Configuration,

    /// <summary>A Blazor component, a Razor page, the model behind one, or the static class with the words and marks that pages draw something with.</summary>
    Page,

    /// <summary>Handlers of addresses that are no pages.</summary>
    Endpoint,

    /// <summary>A background worker.</summary>
    Worker,

    /// <summary>Use cases, queries, rules and the records they exchange.</summary>
    Code,
}

/// <summary>The types of the portal, sorted.</summary>
public static class PortalTypes
{
    /// <summary>The order in which slices may use each other: each uses those before it.</summary>
    public static readonly IReadOnlyList<string> Slices =
    [
        "Audit", "Accounts", "Program", "Partners", "Attributions", "Referrals", "AccessGrants", "Clients", "Tasks", "Claims", "Ledger", "Commissions", "Purchases", "Orders", "Payouts", "Flags",
        "Events", "Notifications", "Webhooks", "Automations", "Journeys", "Reports", "Support", "Palette", "Api",
    ];

    private static readonly Lazy<IReadOnlySet<Type>> Entities = new(() =>
    {
        using var db = new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite("Data Source=:memory:").Options);
        return db.Model.GetEntityTypes().Select(e => e.ClrType).ToHashSet();
    });

    /// <summary>Types that people wrote, the outermost ones.</summary>
    public static IReadOnlyList<Type> All { get; } = [.. typeof(Program).Assembly.GetTypes().Where(t => t.DeclaringType is null && IsOurs(t))];

    public static bool IsOurs(Type type) =>
        type == typeof(Program) || (type.Assembly == typeof(Program).Assembly && !type.Name.StartsWith('<')
            && type.Namespace is { } ns && (ns.StartsWith("PartnerPortal", StringComparison.Ordinal) || ns == "AspNetCoreGeneratedDocument"));

    public static bool IsEntity(Type type) => Entities.Value.Contains(type);

    public static Part PartOf(Type type)
    {
        if (typeof(IComponent).IsAssignableFrom(type) || typeof(PageModel).IsAssignableFrom(type)
            || typeof(Microsoft.AspNetCore.Mvc.Razor.RazorPageBase).IsAssignableFrom(type) || IsCompanion(type))
        {
            return Part.Page;
        }

        if (type.Name.EndsWith("Endpoint", StringComparison.Ordinal) || type.Name.EndsWith("Endpoints", StringComparison.Ordinal))
        {
            return Part.Endpoint;
        }

        if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>)))
        {
            return Part.Configuration;
        }

        return typeof(IHostedService).IsAssignableFrom(type) ? Part.Worker
            : IsEntity(type) ? Part.Entity
            : Part.Code;
    }

    /// <summary>"Clients" for <c>PartnerPortal.Features.Clients.Grid</c>; null outside of the slices.</summary>
    public static string? SliceOf(Type type) => type.Namespace?.Split('.') is ["PartnerPortal", "Features", var slice, ..] ? slice : null;

    /// <summary>Of two slices, the one that may use the other stands later.</summary>
    public static int OrderOf(Type type) => Slices.ToList().IndexOf(SliceOf(type)!);

    /// <summary>Has an address of its own; components without one are drawn by others.</summary>
    public static bool IsRouted(Type type) => type.IsDefined(typeof(RouteAttribute), inherit: false) || typeof(PageModel).IsAssignableFrom(type);

    /// <summary>"…Words" and "…Tones" of a slice: static, and there for pages only.</summary>
    private static bool IsCompanion(Type type) => type is { IsAbstract: true, IsSealed: true } && SliceOf(type) is not null
        && (type.Name.EndsWith("Words", StringComparison.Ordinal) || type.Name.EndsWith("Tones", StringComparison.Ordinal));

    /// <summary>"Shared", "Data", "Features" …: the folder below the project; empty for <c>Program</c>.</summary>
    public static string FolderOf(Type type) => type.Namespace?.Split('.') switch
    {
        ["PartnerPortal", var folder, ..] => folder,
        ["AspNetCoreGeneratedDocument"] => "Areas",
        _ => "",
    };
}
