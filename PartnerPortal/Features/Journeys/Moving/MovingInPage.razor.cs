using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components;
using PartnerPortal.Features.Journeys.Contacts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>Brings partners, clients and balances in from another system: choose a file, look at what it would do, let it run. Whoever leaves stops it after the line that runs.</summary>
public sealed partial class MovingInPage : IAsyncDisposable
{
    /// <summary>As many as anybody reads on a page.</summary>
    private const int Shown = 100;

    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource _stop = new();
    private MovingStep _step;
    private MovingKind _kind;
    private string? _source;
    private bool _sendsLinks;
    private string _name = "";
    private ContactFile? _file;
    private MovingReport? _report;
    private string? _fileError;
    private string? _sourceError;
    private string? _refusal;
    private int _lines;
    private int _inputs;

    private enum MovingStep
    {
        Choosing,
        Reading,
        Chosen,
        Checking,
        Checked,
        Running,
        Done,
    }

    [Inject] public required CheckMovingIn Check { get; init; }

    [Inject] public required MoveIn Move { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IStringLocalizer<MovingText> L { get; init; }

    [Inject] public required IStringLocalizer<ContactsText> Files { get; init; }

    private bool IsBusy => _step is MovingStep.Reading or MovingStep.Checking or MovingStep.Running;

    private int Fresh => _report is { } report ? report.CountOf(MovingVerdict.New) + report.CountOf(MovingVerdict.Linked) : 0;

    /// <summary>The lines that are not simply done.</summary>
    private List<MovingFinding> Others => [.. _report!.Findings.Where(f => f.Problem is not null || f.Verdict is MovingVerdict.Linked)];

    private MovingFile Request => new(_kind, _file!, _source, _sendsLinks && _kind is MovingKind.Partners);

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _stop.CancelAsync();
        _stop.Dispose();
        _gone.Dispose();
    }

    private async Task ReadAsync(InputFileChangeEventArgs chosen)
    {
        (_file, _report, _fileError, _refusal, _name, _step) = (null, null, null, null, chosen.File.Name, MovingStep.Reading);
        StateHasChanged();
        var opened = await ContactFileField.ReadAsync(chosen.File, _gone.Token);
        _file = opened.Ok ? opened.Value : null;
        (_fileError, _step) = opened.Error is { } error ? (L.Describe(error, Files), MovingStep.Choosing) : ((string?)null, MovingStep.Chosen);
    }

    private void Choose(MovingKind kind)
    {
        _kind = kind;
        Reconsider();
    }

    private void Send(bool sends)
    {
        _sendsLinks = sends;
        Reconsider();
    }

    /// <summary>Something else is wanted: what was found out before does not hold any more.</summary>
    private void Reconsider()
    {
        (_report, _fileError, _sourceError, _refusal) = (null, null, null, null);
        _step = _file is null ? MovingStep.Choosing : MovingStep.Chosen;
    }

    private async Task CheckAsync()
    {
        Reconsider();
        (_lines, _step) = (0, MovingStep.Checking);
        StateHasChanged();
        var (request, actor) = (Request, await Current.GetAsync(_gone.Token));
        Take(await Task.Run(() => Check.ExecuteAsync(request, TellAsync, actor, _gone.Token), _gone.Token), MovingStep.Checked);
    }

    private async Task RunAsync()
    {
        _stop.Dispose();
        (_stop, _report, _lines, _step) = (new CancellationTokenSource(), null, 0, MovingStep.Running);
        StateHasChanged();
        var (run, actor) = (new MovingRun(Request, TellAsync, _stop.Token), await Current.GetAsync(_gone.Token));
        Take(await Task.Run(() => Move.ExecuteAsync(run, actor, _gone.Token), _gone.Token), MovingStep.Done);
    }

    private Task StopAsync() => _stop.CancelAsync();

    private Task TellAsync(int lines) => InvokeAsync(() =>
    {
        _lines = lines;
        StateHasChanged();
    });

    private void Take(Result<MovingReport> result, MovingStep next)
    {
        if (result.Ok)
        {
            (_report, _step) = (result.Value, next);
            // The same file may be chosen once more, and is read anew.
            _inputs += next is MovingStep.Done ? 1 : 0;
            return;
        }

        _step = MovingStep.Chosen;
        var words = L.Describe(result.Error!, Files);
        switch (result.Error)
        {
            case MovingSourceMissing:
                _sourceError = words;
                break;
            case MovingColumnsMissing:
                _fileError = words;
                break;
            default:
                _refusal = words;
                break;
        }
    }

    private Task GetTemplateAsync() => DownloadAsync(
        L["Template.File." + _kind], [.. MovingColumns.Of(_kind).Select(MovingColumns.NameOf)], [[.. MovingColumns.Example(_kind)]]);

    private Task GetReportAsync() => DownloadAsync(
        L["Outcome.File"], [L["Column.Line"], L["Column.Label"], L["Column.Column"], L["Column.What"]],
        _report!.Findings.Select(f => new[]
        {
            f.Line.ToString(CultureInfo.InvariantCulture), f.Label, f.Field is { } field ? MovingColumns.NameOf(field) : "",
            f.Problem is not null ? L.Describe(f, _kind, _step is MovingStep.Done) : L.Name(f.Verdict, _kind, _step is MovingStep.Done),
        }));

    private Task DownloadAsync(string name, IReadOnlyList<string> head, IEnumerable<string?[]> rows) =>
        Js.DownloadCsvAsync(name + ".csv", file => CsvText.WriteAsync(file, head, rows.ToAsyncEnumerable(), _gone.Token));
}
