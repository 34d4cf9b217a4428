using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components;
using PartnerPortal.Features.Purchases.Files;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>Brings purchases in by a file: first what each line would do, then it runs. Whoever leaves stops it; the same file goes on from there.</summary>
public sealed partial class ImportPurchases : IAsyncDisposable
{
    /// <summary>Bytes; half a million lines.</summary>
    private const long Largest = 64 * 1024 * 1024;

    private readonly CancellationTokenSource _gone = new();
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"portal-purchases-{Guid.NewGuid():N}.csv");
    private ImportStep _step;
    private PurchaseFileReport? _report;
    private int _lines;
    private int _total;
    private string? _error;

    private enum ImportStep
    {
        Choosing,
        Checking,
        Checked,
        Running,
        Done,
    }

    [Inject] public required CheckPurchaseFile Check { get; init; }

    [Inject] public required ImportPurchaseFile Import { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IStringLocalizer<SupportPurchasesText> L { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        File.Delete(_path);
        _gone.Dispose();
    }

    private async Task CheckAsync(InputFileChangeEventArgs chosen)
    {
        (_error, _report, _lines, _step) = (null, null, 0, ImportStep.Checking);
        if (chosen.File.Size > Largest)
        {
            (_error, _step) = (L["Import.TooLarge", Largest / 1024 / 1024].Value, ImportStep.Choosing);
            return;
        }

        StateHasChanged();
        await using (var upload = chosen.File.OpenReadStream(Largest, _gone.Token))
        await using (var file = File.Create(_path))
        {
            await upload.CopyToAsync(file, _gone.Token);
        }

        var result = await Check.ExecuteAsync(_path, await Current.GetAsync(), TellAsync, _gone.Token);
        if (result.Error is { } error)
        {
            (_error, _step) = (L.Describe(error), ImportStep.Choosing);
            return;
        }

        (_report, _step, _total) = (result.Value, ImportStep.Checked, result.Value.Lines);
    }

    private async Task RunAsync()
    {
        (_report, _lines, _step) = (null, 0, ImportStep.Running);
        StateHasChanged();
        var result = await Import.ExecuteAsync(_path, await Current.GetAsync(), TellAsync, _gone.Token);
        if (result.Error is { } error)
        {
            (_error, _step) = (L.Describe(error), ImportStep.Choosing);
            return;
        }

        (_report, _step) = (result.Value, ImportStep.Done);
    }

    /// <summary>All lines that cannot be recorded as a file, however many there are.</summary>
    private Task GetWrongAsync() => Js.DownloadCsvAsync(L["Import.WrongFile"] + ".csv", file => CsvText.WriteAsync(
        file, [L["Import.Line"], L["Import.Column"], L["Import.What"]], _report!.AllWrong.ToAsyncEnumerable(),
        wrong => [wrong.Line.ToString(CultureInfo.InvariantCulture), wrong.Column, L.Describe(wrong)], _gone.Token));

    /// <summary>Lets the page be drawn between two lots of lines.</summary>
    private async Task TellAsync(int lines)
    {
        _lines = lines;
        StateHasChanged();
        await Task.Yield();
    }
}
