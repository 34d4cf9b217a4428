using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Clients;

/// <summary>What narrows the list, a chip each, and the popover to choose it. A choice counts at once.</summary>
public sealed partial class ClientFilters
{
    [Inject] public required IStringLocalizer<ClientsText> L { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    [Parameter, EditorRequired] public required ClientView View { get; set; }

    /// <summary>All tags of the list.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<string> Tags { get; set; }

    [Parameter, EditorRequired] public required bool MaySeeMoney { get; set; }

    [Parameter] public EventCallback<ClientView> OnChange { get; set; }

    /// <summary>What can be chosen is drawn once somebody reaches for it: it is more than the rest of the page beside its lines, and few pages need it.</summary>
    private bool _isAsked;

    private EventCallback Ask => _isAsked ? default : EventCallback.Factory.Create(this, () => _isAsked = true);

    private IEnumerable<Chip> Chips
    {
        get
        {
            // One status alone is what its tab says.
            if (View.Statuses.Count > 1)
            {
                yield return new Chip(L["Column.Status"], string.Join(", ", View.Statuses.Select(s => L["Status." + s])), View with { Statuses = [] });
            }

            if (View.CameBy.Count > 0)
            {
                yield return new Chip(L["Column.CameBy"], string.Join(", ", View.CameBy.Select(c => L["CameBy." + c])), View with { CameBy = [] });
            }

            if (View.From is not null || View.To is not null)
            {
                yield return new Chip(L["Column.Since"], Range(), View with { From = null, To = null });
            }

            if (View.Lapsing)
            {
                yield return new Chip(L["Column.PaidUntil"], L["Filter.Lapsing"], View with { Lapsing = false });
            }

            if (View.Tag is not null)
            {
                yield return new Chip(L["Filter.Tag"], View.Tag, View with { Tag = null });
            }
        }
    }

    private Task ChangeAsync(ClientView view) => OnChange.InvokeAsync(view with { Saved = null, At = null });

    private string Range() => (View.From, View.To) switch
    {
        ({ } from, { } to) => $"{Written(from)} – {Written(to)}",
        ({ } from, null) => L["Filter.FromDay", Written(from)],
        (null, { } to) => L["Filter.ToDay", Written(to)],
        (null, null) => "",
    };

    private string Written(DateOnly day) => day.ToString(Shared["Format.Date"], CultureInfo.CurrentCulture);

    private static IReadOnlyList<T> Toggle<T>(IReadOnlyList<T> chosen, T one) => chosen.Contains(one) ? [.. chosen.Where(c => !Equals(c, one))] : [.. chosen, one];

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(ChangeEventArgs change) =>
        DateOnly.TryParseExact(change.Value as string, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private sealed record Chip(string Label, string Text, ClientView Without);
}
