using System.Text.Json;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Clients;

/// <summary>A filter, order and columns that a person keeps under a name.</summary>
/// <param name="Id">In the view's address; ids sort by when the views were made.</param>
/// <param name="Name">As the person wrote it.</param>
/// <param name="View">Without a page.</param>
/// <param name="Columns">The columns besides the name.</param>
public sealed record SavedView(string Id, string Name, ClientView View, IReadOnlyList<ClientColumn> Columns)
{
    internal const string Prefix = "clients.view.";

    internal static SavedView? Parse(string key, string value, Actor actor)
    {
        try
        {
            return JsonSerializer.Deserialize<Kept>(value) is { Name: { Length: > 0 } name } kept
                ? new SavedView(key[Prefix.Length..], name, ClientView.Parse(kept.Query) with { Saved = null, At = null }, ClientColumns.Parse(kept.Columns, actor))
                : null;
        }
        catch (JsonException)
        {
            // Written by another version of the portal: as if it were not there, rather than a page that does not open.
            return null;
        }
    }

    internal string Format() => JsonSerializer.Serialize(new Kept(Name, (View with { Saved = null, At = null }).Address(""), ClientColumns.Format([.. Columns])));

    private sealed record Kept(string Name, string Query, string Columns);
}

/// <summary>What a person has chosen for the list.</summary>
/// <param name="Columns">Of the plain list.</param>
/// <param name="Widths">Of all views.</param>
/// <param name="Views">In the order in which they were made.</param>
/// <param name="DefaultId">The view that opens by itself; null for the plain list.</param>
public sealed record ClientChoices(IReadOnlyList<ClientColumn> Columns, ClientWidths Widths, IReadOnlyList<SavedView> Views, string? DefaultId)
{
    /// <summary>Under this name the id of the default view is kept; "-" for none.</summary>
    public const string DefaultPreference = "clients.view-default";

    public const string NoDefault = "-";

    public static readonly ClientChoices None = new(ClientColumns.All, ClientWidths.None, [], null);

    public SavedView? Find(string? id) => Views.FirstOrDefault(v => v.Id == id);
}

/// <summary>Reads a person's choices for the list, all at once.</summary>
public sealed class ClientChoicesQueries(PreferenceQueries preferences)
{
    public async Task<ClientChoices> FindAsync(Actor actor, CancellationToken ct)
    {
        var kept = await preferences.AllAsync("clients.", actor, ct);
        var values = kept.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        var views = kept.Where(p => p.Key.StartsWith(SavedView.Prefix, StringComparison.Ordinal)).Select(p => SavedView.Parse(p.Key, p.Value, actor)).OfType<SavedView>().ToList();
        var byDefault = values.GetValueOrDefault(ClientChoices.DefaultPreference);
        return new ClientChoices(
            ClientColumns.Parse(values.GetValueOrDefault(ClientColumns.Preference), actor), ClientWidths.Parse(values.GetValueOrDefault(ClientWidths.Preference)), views,
            views.Exists(v => v.Id == byDefault) ? byDefault : null);
    }
}
