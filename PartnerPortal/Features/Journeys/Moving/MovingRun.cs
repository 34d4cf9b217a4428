using PartnerPortal.Data;
using PartnerPortal.Features.Journeys.Contacts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>A file that moves in.</summary>
/// <param name="Source">Where it comes from, in the owner's words ("Rewardful"): receipts and wallets say it.</param>
/// <param name="SendsLinks">Each partner that is made gets its one-time link by mail.</param>
public sealed record MovingFile(MovingKind Kind, ContactFile File, string? Source, bool SendsLinks)
{
    public const int SourceLength = 100;

    /// <summary>Tidied lines; or why nothing can be taken.</summary>
    internal Result<IReadOnlyList<MovingLine>> Read()
    {
        if (Source?.Trim() is not { Length: > 0 and <= SourceLength })
        {
            return new MovingSourceMissing();
        }

        var columns = MovingColumns.Map(Kind, File);
        return columns.Ok ? MovingColumns.Lines(File, columns.Value).ToList() : columns.Error!;
    }

    /// <summary>What can be said of a line without the portal: that it cannot be read, or stands in the file before.</summary>
    internal MovingFinding? Problem(MovingLine line, HashSet<string> seen)
    {
        if (line.Values is null)
        {
            return MovingFinding.Refuse(line, MovingProblem.Broken);
        }

        var (field, keys) = Kind is MovingKind.Balances
            ? (MovingField.Partner, (string[])[$"{line[MovingField.Partner]}|{line[MovingField.Currency]}".ToUpperInvariant()])
            : (MovingField.ExternalId, [line[MovingField.ExternalId], "@" + line[MovingField.Email].ToUpperInvariant()]);
        return keys.Where(k => k.Length > 1).ToList().FindAll(k => !seen.Add(k)).Count > 0 ? MovingFinding.Refuse(line, MovingProblem.Twice, field) : null;
    }
}

/// <summary>Looks what a file would do, and does nothing.</summary>
public sealed class CheckMovingIn(PortalDb portal, MovePartner partners, MoveSponsor sponsors, MoveClient clients, MoveBalance balances)
{
    public async Task<Result<MovingReport>> ExecuteAsync(MovingFile file, Func<int, Task> told, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        var read = file.Read();
        if (!read.Ok)
        {
            return read.Error!;
        }

        var (seen, findings) = (new HashSet<string>(StringComparer.Ordinal), new List<MovingFinding>(read.Value.Count));
        var coming = new ComingPartners(read.Value);
        await using var db = await portal.ReadAsync(ct);
        foreach (var line in read.Value)
        {
            ct.ThrowIfCancellationRequested();
            findings.Add(file.Problem(line, seen) ?? file.Kind switch
            {
                MovingKind.Partners => await PartnerAsync(db, line, coming, actor, ct),
                MovingKind.Clients => (await clients.JudgeAsync(db, line, portal.Now, actor, ct)).Finding,
                MovingKind.Balances => (await balances.JudgeAsync(db, line, file.Source!, portal.Now, actor, ct)).Finding,
            });
            if (findings.Count % MoveIn.TellEvery == 0)
            {
                await told(findings.Count);
            }
        }

        return new MovingReport(findings);
    }

    private async Task<MovingFinding> PartnerAsync(PortalDbContext db, MovingLine line, ComingPartners coming, Actor actor, CancellationToken ct)
    {
        var (finding, account) = await partners.JudgeAsync(db, line, actor, ct);
        if (line[MovingField.Sponsor] is not { Length: > 0 } named || finding.Verdict is MovingVerdict.Refused)
        {
            return finding;
        }

        if (coming.IsLoop(line))
        {
            return finding with { Field = MovingField.Sponsor, Problem = MovingProblem.SponsorLoop };
        }

        var problem = account is not null ? (await sponsors.JudgeAsync(db, account, named, actor, ct)).Problem : await sponsors.IsKnownAsync(db, named, ct) ? null : MovingProblem.NoSuchSponsor;
        return problem is null || (problem is MovingProblem.NoSuchSponsor && coming.Has(named)) ? finding : finding with { Field = MovingField.Sponsor, Problem = problem };
    }
}

/// <summary>The partners of a file, among which one may have recommended another that stands later.</summary>
internal sealed class ComingPartners
{
    private readonly Dictionary<string, MovingLine> _byName = new(StringComparer.OrdinalIgnoreCase);

    public ComingPartners(IReadOnlyList<MovingLine> lines)
    {
        foreach (var line in lines.Where(l => l.Values is not null))
        {
            _byName.TryAdd(line[MovingField.ExternalId], line);
            _byName.TryAdd(line[MovingField.Email], line);
        }
    }

    public bool Has(string named) => _byName.ContainsKey(named);

    /// <summary>By the file alone the line's partner would come to stand above itself.</summary>
    public bool IsLoop(MovingLine line)
    {
        var (at, met) = (line, new HashSet<int>());
        while (at[MovingField.Sponsor] is { Length: > 0 } named && _byName.TryGetValue(named, out var above) && met.Add(above.Number))
        {
            if (above.Number == line.Number)
            {
                return true;
            }

            at = above;
        }

        return false;
    }
}
