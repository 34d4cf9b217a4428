using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Moving;

/// <param name="Told">Is called now and then with the lines done until now.</param>
/// <param name="Stop">Ends it after the line that runs; what was done until then stays.</param>
public sealed record MovingRun(MovingFile File, Func<int, Task> Told, CancellationToken Stop);

/// <summary>
/// Moves a file in, line by line, each in a transaction of its own. What is so already is passed over, so that the same file again changes nothing, and goes on where it was cut off.
/// Sponsors come once all partners of the file are there.
/// </summary>
public sealed class MoveIn(MovePartner partners, MoveSponsor sponsors, MoveClient clients, MoveBalance balances)
{
    internal const int TellEvery = 25;

    public async Task<Result<MovingReport>> ExecuteAsync(MovingRun run, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        var (file, read) = (run.File, run.File.Read());
        if (!read.Ok)
        {
            return read.Error!;
        }

        var (lines, source) = (read.Value, file.Source!.Trim());
        var (seen, findings) = (new HashSet<string>(StringComparer.Ordinal), new List<MovingFinding>(lines.Count));
        foreach (var line in lines)
        {
            findings.Add(run.Stop.IsCancellationRequested ? MovingFinding.Of(line, MovingVerdict.NotReached) : file.Problem(line, seen) ?? await MoveAsync(file, line, source, actor, ct));
            if (findings.Count % TellEvery == 0)
            {
                await run.Told(findings.Count);
            }
        }

        if (file.Kind is MovingKind.Partners && !run.Stop.IsCancellationRequested)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                findings[i] = findings[i].Verdict is MovingVerdict.Refused ? findings[i] : await sponsors.ExecuteAsync(lines[i], findings[i], source, actor, ct);
            }
        }

        return new MovingReport(findings);
    }

    private Task<MovingFinding> MoveAsync(MovingFile file, MovingLine line, string source, Actor actor, CancellationToken ct) => file.Kind switch
    {
        MovingKind.Partners => partners.ExecuteAsync(line, file.SendsLinks, actor, ct),
        MovingKind.Clients => clients.ExecuteAsync(line, source, actor, ct),
        MovingKind.Balances => balances.ExecuteAsync(line, source, actor, ct),
    };
}
