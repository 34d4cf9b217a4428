using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>Acts on the chosen lines: asks where something leaves the house, tells progress where it takes long, says what became of it, and takes tags back.</summary>
public sealed partial class ChosenBar
{
    private string? _busy;
    private string? _said;
    private Func<Task>? _undo;
    private AgainCounts _counts = new();
    private string _tag = "";
    private string? _tagError;
    private int _done;
    private bool _tagging;
    private bool _asking;

    [Inject] public required TagClients Tag { get; init; }

    [Inject] public required UntagClients Untag { get; init; }

    [Inject] public required ExportChosenClients Export { get; init; }

    [Inject] public required SendInvitationsAgain Again { get; init; }

    [Inject] public required InvitationsAgainQueries Preview { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IStringLocalizer<ClientsText> L { get; init; }

    [Parameter, EditorRequired] public required ClientSelection Chosen { get; set; }

    /// <summary>How many of the chosen the list does not show as it is filtered now.</summary>
    [Parameter] public int Elsewhere { get; set; }

    /// <summary>How many lines the list shows as it is filtered now.</summary>
    [Parameter] public int Total { get; set; }

    /// <summary>There are more than <see cref="Total"/>; how many is not known.</summary>
    [Parameter] public bool IsMore { get; set; }

    [Parameter, EditorRequired] public required ClientView View { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<ClientColumn> Columns { get; set; }

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<string> KnownTags { get; set; }

    /// <summary>All lines of the list are to be chosen.</summary>
    [Parameter] public EventCallback OnAll { get; set; }

    [Parameter] public EventCallback OnClear { get; set; }

    /// <summary>After lines were changed.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>What a screen reader is to say.</summary>
    [Parameter] public EventCallback<string> OnSaid { get; set; }

    private bool MayChange => Actor is { IsPartner: true, MaySell: true };

    private void OpenTags() => (_tag, _tagError, _tagging) = ("", null, true);

    private async Task TagAsync(bool adds)
    {
        var tag = _tag;
        var result = await RunAsync(L["Many.Tagging"], progress => ChangeTagsAsync(new ManyTagging([.. Chosen.Ids], tag, progress), adds));
        if (result.Error is TagMissing or TagTooLong)
        {
            (_tagError, _tagging) = (Describe(result.Error), true);
            return;
        }

        _tagging = false;
        if (!result.Ok)
        {
            await SayAsync(Describe(result.Error), null);
            return;
        }

        var changed = result.Value;
        var text = L.Counted(adds ? "Many.Tagged" : "Many.Untagged", changed.Changed.Count, changed.Tag);
        text = changed.Full == 0 ? text : $"{text} {L.Counted("Many.Full", changed.Full, TagClient.MaxTags)}";
        await SayAsync(text, changed.Changed.Count == 0 ? null : () => UndoTagAsync(changed, adds));
        await OnChanged.InvokeAsync();
    }

    private Task<Result<ManyTagged>> ChangeTagsAsync(ManyTagging request, bool adds) =>
        adds ? Tag.ExecuteAsync(request, Actor, CancellationToken.None) : Untag.ExecuteAsync(request, Actor, CancellationToken.None);

    private Task UndoAsync() => _undo?.Invoke() ?? Task.CompletedTask;

    private async Task UndoTagAsync(ManyTagged changed, bool added)
    {
        var result = await RunAsync(L["Many.Tagging"], progress => ChangeTagsAsync(new ManyTagging(changed.Changed, changed.Tag, progress), !added));
        await SayAsync(result.Ok ? L.Counted("Many.Undone", result.Value.Changed.Count) : Describe(result.Error), null);
        await OnChanged.InvokeAsync();
    }

    /// <summary>Says first who would get a mail, and why others would not.</summary>
    private async Task AskAgainAsync()
    {
        _counts = await Preview.CountAsync(Chosen.Ids, Actor, CancellationToken.None);
        _asking = true;
    }

    private async Task SendAgainAsync()
    {
        _asking = false;
        var result = await RunAsync(L["Many.Sending"], progress => Again.ExecuteAsync(new ManyInvitations([.. Chosen.Ids], progress), Actor, CancellationToken.None));
        await SayAsync(result.Ok ? string.Join(' ', [L.Counted("Again.Sent", result.Value.Sends), .. WhyNot(result.Value)]) : Describe(result.Error), null);
        await OnChanged.InvokeAsync();
    }

    private async Task ExportAsync()
    {
        using var file = new MemoryStream();
        var result = await RunAsync(L["Many.Exporting"], async _ =>
        {
            var rows = await Export.ExecuteAsync(Chosen.Ids, View.Sorting, Actor, CancellationToken.None);
            if (rows.Ok)
            {
                await ClientCsv.WriteAsync(file, rows.Value, Columns, L, CancellationToken.None);
            }

            return rows;
        });
        if (!result.Ok)
        {
            await SayAsync(Describe(result.Error), null);
            return;
        }

        await Js.DownloadCsvAsync(ClientCsv.FileName(L, Time.Local(Clock.GetUtcNow().UtcDateTime)), file);
        await SayAsync(L.Counted("Many.Exported", Chosen.Count), null);
    }

    /// <summary>Long work is done beside the circuit, which meanwhile shows how far it is. It is not stopped when the page is left: all of it is done, or nothing.</summary>
    private async Task<T> RunAsync<T>(string label, Func<IProgress<int>?, Task<T>> work)
    {
        if (Chosen.Count <= ManyClients.Chunk)
        {
            return await work(null);
        }

        (_busy, _done, _tagging) = (label, 0, false);
        StateHasChanged();
        var progress = new Progress<int>(done =>
        {
            _done = done;
            StateHasChanged();
        });
        try
        {
            return await Task.Run(() => work(progress));
        }
        finally
        {
            _busy = null;
        }
    }

    private async Task SayAsync(string text, Func<Task>? undo)
    {
        (_said, _undo) = (text, undo);
        await OnSaid.InvokeAsync(text);
    }

    private IEnumerable<string> WhyNot(AgainCounts counts)
    {
        if (counts.TooSoon > 0)
        {
            yield return L.Counted("Again.TooSoon", counts.TooSoon);
        }

        if (counts.IsClient > 0)
        {
            yield return L.Counted("Again.IsClient", counts.IsClient);
        }

        if (counts.SaidNo > 0)
        {
            yield return L.Counted("Again.SaidNo", counts.SaidNo);
        }

        if (counts.NothingToSend > 0)
        {
            yield return L.Counted("Again.NothingToSend", counts.NothingToSend);
        }
    }

    private string Describe(Error? error) => error switch
    {
        TagMissing => L["Error.TagMissing"],
        TagTooLong e => L["Error.TagTooLong", e.Limit],
        TooManyClients e => L["Chosen.TooMany", Number(e.Limit)],
        PartnerIsSuspended => L["Suspended.Text"],
        _ => L["Error.NotAllowed"],
    };

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
