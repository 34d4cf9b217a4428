using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
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

    private async Task DownloadAsync()
    {
        using var file = new MemoryStream();
        await CsvText.WriteAsync(
            file, [L["Column.Line"], L["Column.Name"], L["Column.Email"], L["Column.Column"], L["Column.What"]], Report.Findings.ToAsyncEnumerable(),
            f => [f.Line.ToString(CultureInfo.InvariantCulture), f.Name, f.Email, f.Column is { } column ? L.NameOf(File, column) : "", L.Describe(f, Kind, IsDone, Words)]);
        file.Position = 0;
        using var content = new DotNetStreamReference(file, leaveOpen: true);
        await using var portal = await Js.InvokeAsync<IJSObjectReference>("import", "/js/portal.js");
        await portal.InvokeVoidAsync("download", L["Outcome.File"] + ".csv", "text/csv;charset=utf-8", content);
    }
}
