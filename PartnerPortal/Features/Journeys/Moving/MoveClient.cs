using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>
/// Takes the client of one line over, as its partner's since the day that the line says. Only the commission link comes (invariant 3): nobody agreed to anything here, and so the partner sees
/// initials until the client does. Nobody is mailed. What it has bought in the portal since that day is settled anew.
/// </summary>
public sealed class MoveClient(PortalDb portal, PartnerChange change, ProgramSettingsSource settings, ILookupNormalizer normalizer)
{
    /// <param name="line">Of a file of clients.</param>
    /// <param name="source">Where the file comes from.</param>
    /// <param name="actor">The owner; whoever calls has looked.</param>
    /// <param name="ct">Cancels.</param>
    public Task<MovingFinding> ExecuteAsync(MovingLine line, string source, Actor actor, CancellationToken ct) => Once.MoreAsync(() => TryAsync(line, source, actor, ct));

    /// <summary>What the line would do.</summary>
    internal async Task<Judged> JudgeAsync(PortalDbContext db, MovingLine line, DateTime now, Actor actor, CancellationToken ct)
    {
        var early = MovingAccounts.Time(line, MovingField.Since, now, out var since);
        if ((MovingAccounts.Problem(line, out var email) ?? early) is { } wrong)
        {
            return new Judged(wrong);
        }

        if (await MovingAccounts.PartnerAsync(db, line[MovingField.Partner], normalizer, ct) is not { } partner)
        {
            return new Judged(MovingFinding.Refuse(line, MovingProblem.NoSuchPartner, MovingField.Partner));
        }

        if (await OwnAccounts.InvolveAsync(db, actor, [partner.Id], ct))
        {
            return new Judged(MovingFinding.Refuse(line, MovingProblem.OwnAccount, MovingField.Partner));
        }

        var (account, problem) = await MovingAccounts.FindAsync(db, line, email!, normalizer, actor, ct);
        return problem is not null ? new Judged(problem)
            : account is null ? new Judged(MovingFinding.Of(line, MovingVerdict.New), null, partner, since)
            : new Judged(await JudgeAsync(db, line, account, partner, since, ct), account, partner, since);
    }

    private static async Task<MovingFinding> JudgeAsync(PortalDbContext db, MovingLine line, Account account, Account partner, DateTime since, CancellationToken ct)
    {
        if (account.Id == partner.Id)
        {
            return MovingFinding.Refuse(line, MovingProblem.Itself, MovingField.Partner);
        }

        var before = await db.Attributions.Where(a => a.ClientId == account.Id).ToListAsync(ct);
        if (before.Find(a => a.EndedAt is null) is { } open)
        {
            var name = open.PartnerId == partner.Id ? null : await db.Accounts.Where(a => a.Id == open.PartnerId).Select(a => a.Name).FirstAsync(ct);
            return name is not null ? MovingFinding.Refuse(line, MovingProblem.HasPartner, MovingField.Partner, name)
                : open.StartedAt.Date != since.Date ? MovingFinding.Refuse(line, MovingProblem.SinceDiffers, MovingField.Since, ApiTime.Write(open.StartedAt))
                : MovingFinding.Of(line, account.ExternalId is null ? MovingVerdict.Linked : MovingVerdict.Known);
        }

        return before.Exists(a => a.EndedAt > since) ? MovingFinding.Refuse(line, MovingProblem.Overlaps, MovingField.Since)
            : await db.Attributions.AnyAsync(a => a.PartnerId == account.Id, ct) || await db.Accounts.AnyAsync(a => a.SponsorId == account.Id, ct) ? MovingFinding.Refuse(line, MovingProblem.HasClients)
            : MovingFinding.Of(line, MovingVerdict.Linked);
    }

    private async Task<MovingFinding> TryAsync(MovingLine line, string source, Actor actor, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        var judged = await JudgeAsync(work.Db, line, work.Now, actor, ct);
        if (judged.Account is { } found)
        {
            await work.LockAsync(PortalLock.Client, found.Id, ct);
            await work.Db.Entry(found).ReloadAsync(ct);
            judged = await JudgeAsync(work.Db, line, work.Now, actor, ct);
        }

        if (judged is not { Finding.Verdict: MovingVerdict.New or MovingVerdict.Linked, Partner: { } partner })
        {
            return judged.Finding;
        }

        var account = judged.Account;
        if (account is null)
        {
            _ = EmailAddress.TryParse(line[MovingField.Email], out var email, out _);
            work.Audit(actor, AuditActions.AccountCreated, ("account", null));
            (_, account) = await MovingAccounts.CreateAsync(work, line, email!, AccountState.Unclaimed, normalizer, ct);
        }

        account.SetExternalId(line[MovingField.ExternalId]);
        work.Audit(actor, AuditActions.ClientMovedIn, ("account", account.Id), account.Id, new { partnerId = partner.Id, externalId = account.ExternalId, source });
        if (!await work.Db.Attributions.AnyAsync(a => a.ClientId == account.Id && a.EndedAt == null, ct))
        {
            var from = FormattableString.Invariant($"{source} #{line.Number}");
            var receipt = new Receipt(
                AttributionRule.Staff, [new Contender(AttributionRule.Staff, partner.Id, partner.Name, null, from, judged.Since, ContenderOutcome.Won)], actor, from, null, work.Now)
            { Facts = new ReceiptFacts(program.TouchRule) };
            await change.OpenAsync(work, account, partner.Id, CameBy.MovedIn, receipt, null, ClientEventKind.MovedHere, actor, ct, judged.Since);
        }

        await work.CommitAsync(ct);
        return judged.Finding;
    }

    /// <param name="Account">The client's; null when it is to be made, or the line is refused.</param>
    /// <param name="Partner">Null when the line is refused.</param>
    internal sealed record Judged(MovingFinding Finding, Account? Account = null, Account? Partner = null, DateTime Since = default);
}
