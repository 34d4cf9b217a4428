using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

public sealed partial class ContactOutcome
{
    /// <summary>As many as anybody reads on a page.</summary>
    private const int Shown = 100;

    private List<ContactFinding> _others = [];

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IStringLocalizer<ContactsText> L { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Words { get; init; }

    [Parameter, EditorRequired] public required ContactReport Report { get; set; }

    [Parameter, EditorRequired] public required ContactFile File { get; set; }

    [Parameter, EditorRequired] public required InvitationKind Kind { get; set; }

    /// <summary>It ran; else it was looked at.</summary>
    [Parameter] public bool IsDone { get; set; }

    protected override void OnParametersSet() => _others = [.. Report.Findings.Where(f => f.Verdict is not (ContactVerdict.New or ContactVerdict.NotReached))];

    private Task DownloadAsync() => Js.DownloadCsvAsync(L["Outcome.File"] + ".csv", file => CsvText.WriteAsync(
        file, [L["Column.Line"], L["Column.Name"], L["Column.Email"], L["Column.Column"], L["Column.What"]], Report.Findings.ToAsyncEnumerable(),
        f => [f.Line.ToString(CultureInfo.InvariantCulture), f.Name, f.Email, f.Column is { } column ? L.NameOf(File, column) : "", L.Describe(f, Kind, IsDone, Words)]));
}
