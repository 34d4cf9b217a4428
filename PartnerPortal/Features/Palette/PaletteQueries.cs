using System.Globalization;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Support;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Palette;

/// <summary>Records that a search found.</summary>
/// <param name="Clients">The partner's own, as My clients shows them.</param>
/// <param name="HasMoreClients">My clients finds more.</param>
/// <param name="Support">Null for anybody but staff.</param>
public sealed record PaletteFindings(IReadOnlyList<ClientRow> Clients, bool HasMoreClients, SupportFindings? Support)
{
    public static readonly PaletteFindings None = new([], false, null);
}

/// <summary>What the palette knows of records, by the searches of the pages that show them.</summary>
public sealed class PaletteQueries(ClientQueries clients, SupportSearchQueries support, ProgramSettingsSource settings)
{
    /// <summary>Of each kind; the page of the kind shows the rest.</summary>
    public const int Shown = 4;

    public async Task<PaletteFindings> FindAsync(string typed, Actor actor, CancellationToken ct)
    {
        if (SearchQuery.Parse(typed).IsEmpty)
        {
            return PaletteFindings.None;
        }

        var staff = actor.IsStaff ? await support.FindAsync(typed, actor, ct) : null;
        if (!actor.IsPartner)
        {
            return PaletteFindings.None with { Support = staff };
        }

        var country = (await settings.GetAsync(ct)).DefaultCountry;
        var found = await clients.PageAsync(new ClientFilter(typed.Trim(), Country: country), ClientSorting.Newest, null, Shown, actor, ct);
        return new PaletteFindings(found.Page.Items, found.Page.Next is not null, staff);
    }

    /// <summary>The lines that addresses of My clients name, as they may be shown now; what is not in the actor's list is left out.</summary>
    public async Task<IReadOnlyDictionary<string, ClientRow>> ClientsAtAsync(IEnumerable<string> addresses, Actor actor, CancellationToken ct)
    {
        var found = new Dictionary<string, ClientRow>(StringComparer.Ordinal);
        foreach (var address in addresses)
        {
            if (long.TryParse(address.AsSpan(Math.Min(address.Length, PortalUrls.Clients.Length + 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && address == PortalUrls.Client(id) && actor.IsPartner && await clients.CardAsync(id, actor, ct) is { } card)
            {
                found[address] = card.Row;
            }
        }

        return found;
    }
}
