using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases.Files;

/// <summary>
/// Records the purchases of a file, line by line, each in a transaction of its own; lines that are wrong are told and passed over. The same file again, also after it was cut
/// off half way, records what is not there yet and nothing twice.
/// </summary>
public sealed class ImportPurchaseFile(PortalDb portal, RecordPurchase record)
{
    private const int TellEvery = 50;

    /// <inheritdoc cref="CheckPurchaseFile.ExecuteAsync"/>
    public async Task<Result<PurchaseFileReport>> ExecuteAsync(string path, Actor actor, Func<int, Task> told, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        var opened = await PurchaseCsv.OpenAsync(path, ct);
        if (!opened.Ok)
        {
            return opened.Error!;
        }

        await using var file = opened.Value;
        var report = new PurchaseFileReport();
        try
        {
            await foreach (var line in file.LinesAsync(ct))
            {
                await RecordAsync(line, actor, report, ct);
                if (report.Lines % TellEvery == 0)
                {
                    await told(report.Lines);
                }
            }
        }
        finally
        {
            // Also what was recorded until it was cut off.
            await TellAsync(actor, report);
        }

        return report;
    }

    private async Task RecordAsync(PurchaseCsvLine line, Actor actor, PurchaseFileReport report, CancellationToken ct)
    {
        if (line.Request is not { } request)
        {
            report.AddWrong(line, line.Column, line.Problem, null);
            return;
        }

        var result = await record.ExecuteAsync(request, actor, ct);
        switch (result.Error)
        {
            case null:
                report.Add(line, result.Value.IsNew ? CsvVerdict.New : CsvVerdict.Known);
                break;
            case PurchaseRefused refused:
                report.AddWrong(line, PurchaseCsv.ColumnOf(refused.OnField), null, refused.Kind);
                break;
            case PurchaseKeyUsed:
                report.AddWrong(line, "external_id", CsvProblem.KeyUsed, null);
                break;
            case OwnAccountInvolved:
                report.AddWrong(line, "client", CsvProblem.Own, null);
                break;
            default:
                throw new InvalidOperationException($"Line {line.Number} was refused: {result.Error}");
        }
    }

    private async Task TellAsync(Actor actor, PurchaseFileReport report)
    {
        if (report.New > 0)
        {
            await using var work = await portal.BeginAsync(CancellationToken.None);
            work.Audit(actor, AuditActions.PurchasesImported, ("purchases", null), null, new { count = report.New });
            await work.CommitAsync(CancellationToken.None);
        }
    }
}
