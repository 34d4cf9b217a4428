using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases.Files;

/// <summary>Says what each line of a file would do, and does nothing.</summary>
public sealed class CheckPurchaseFile(PortalDb portal, TimeProvider clock)
{
    private const int Batch = 500;

    /// <param name="path">Of the file on this machine.</param>
    /// <param name="actor">Staff.</param>
    /// <param name="told">Is called with the lines looked at until now.</param>
    /// <param name="ct">Cancels.</param>
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
        await using var db = await portal.ReadAsync(ct);
        var own = await db.Members.Where(m => m.UserId == actor.UserId).Select(m => m.AccountId).ToListAsync(ct);
        var report = new PurchaseFileReport();
        // Of the ids in the file only prints are held: sixteen bytes a line.
        var seen = new Dictionary<long, long>();
        var lines = new List<PurchaseCsvLine>(Batch);
        await foreach (var line in file.LinesAsync(ct))
        {
            lines.Add(line);
            if (lines.Count == Batch)
            {
                await LookAtAsync(db, lines, own, seen, report, ct);
                lines.Clear();
                await told(report.Lines);
            }
        }

        await LookAtAsync(db, lines, own, seen, report, ct);
        return report;
    }

    private async Task LookAtAsync(PortalDbContext db, List<PurchaseCsvLine> lines, List<long> own, Dictionary<long, long> seen, PurchaseFileReport report, CancellationToken ct)
    {
        var ids = lines.Where(l => l.Request is not null).Select(l => l.Request!.ExternalId).Distinct().ToList();
        var known = await db.Purchases.Where(p => p.Source == PurchaseSources.Csv && ids.Contains(p.ExternalId)).ToDictionaryAsync(p => p.ExternalId, ct);
        var clients = new Dictionary<ClientReference, (long Id, PurchaseRefused? Unknown)>();
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var line in lines)
        {
            if (line.Request?.Tidy() is not { } request)
            {
                report.AddWrong(line, line.Column, line.Problem, null);
            }
            else if (request.Problem(now) is { } problem)
            {
                report.AddWrong(line, PurchaseCsv.ColumnOf(problem.OnField), null, problem.Kind);
            }
            else
            {
                if (!clients.TryGetValue(request.Client, out var client))
                {
                    clients[request.Client] = client = await ClientLookup.FindAsync(db, request.Client, ct);
                }

                Judge(line, request, client, known.GetValueOrDefault(request.ExternalId), own, seen, report);
            }
        }
    }

    /// <summary>As <see cref="RecordPurchase"/> would, with the lines before it recorded.</summary>
    private static void Judge(
        PurchaseCsvLine line, PurchaseRequest request, (long Id, PurchaseRefused? Unknown) client, Purchase? known, List<long> own, Dictionary<long, long> seen, PurchaseFileReport report)
    {
        var (id, print) = (RequestHash.Number(PurchaseSources.Csv, request.ExternalId), RequestHash.Number("", request.Hash()));
        var before = seen.TryGetValue(id, out var first);
        if (known is not null ? !known.Tells(request, client.Id) && known.BodyHash != request.Hash() : before && first != print)
        {
            report.AddWrong(line, "external_id", CsvProblem.KeyUsed, null);
        }
        else if (known is not null || before)
        {
            report.Add(line, CsvVerdict.Known);
        }
        else if (client.Unknown is { } unknown)
        {
            report.AddWrong(line, "client", null, unknown.Kind);
        }
        else if (own.Contains(client.Id))
        {
            report.AddWrong(line, "client", CsvProblem.Own, null);
        }
        else
        {
            seen[id] = print;
            report.Add(line, CsvVerdict.New);
        }
    }
}
