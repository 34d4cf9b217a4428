using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

public sealed partial class PartnerPicker
{
    private const int Shown = 6;

    private string _typed = "";
    private IReadOnlyList<PartnerRow> _found = [];
    private bool _searched;

    [Inject] public required PartnerAdminQueries Partners { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required IStringLocalizer<SupportText> L { get; init; }

    /// <summary>Null while nobody is chosen.</summary>
    [Parameter] public PartnerRow? Chosen { get; set; }

    [Parameter] public EventCallback<PartnerRow?> ChosenChanged { get; set; }

    /// <summary>Accounts that are not offered.</summary>
    [Parameter] public IReadOnlyCollection<long> Except { get; set; } = [];

    /// <summary>What is wrong with what is chosen; null when nothing is.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>Of the field; null for that of a reassignment.</summary>
    [Parameter] public string? Label { get; set; }

    [Parameter] public string? Hint { get; set; }

    [Parameter] public bool Autofocus { get; set; }

    private async Task FindAsync(string? typed)
    {
        _typed = typed ?? "";
        var query = SearchQuery.Parse(_typed);
        var found = query.IsEmpty ? [] : await Partners.ActiveAsync(query, Shown + Except.Count, await Current.GetAsync(), CancellationToken.None);
        if (_typed != (typed ?? ""))
        {
            // More was typed meanwhile; what was found for less must not take its place.
            return;
        }

        _searched = !query.IsEmpty;
        _found = [.. found.Where(p => !Except.Contains(p.AccountId)).Take(Shown)];
        if (Chosen is { } chosen && !_found.Any(p => p.AccountId == chosen.AccountId))
        {
            await ChosenChanged.InvokeAsync(null);
        }
    }
}
