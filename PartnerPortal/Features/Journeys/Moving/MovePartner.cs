using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>Takes the partner of one line over; who recommended it comes after all are there, see <see cref="MoveSponsor"/>.</summary>
public sealed class MovePartner(PortalDb portal, ProgramSettingsSource settings, PartnerMails mails, ILookupNormalizer normalizer)
{
    /// <param name="line">Of a file of partners.</param>
    /// <param name="sendsLink">A new partner gets its one-time link by mail.</param>
    /// <param name="actor">The owner; whoever calls has looked.</param>
    /// <param name="ct">Cancels.</param>
    public Task<MovingFinding> ExecuteAsync(MovingLine line, bool sendsLink, Actor actor, CancellationToken ct) => Once.MoreAsync(() => TryAsync(line, sendsLink, actor, ct));

    /// <summary>What the line would do.</summary>
    internal async Task<(MovingFinding Finding, Account? Account)> JudgeAsync(PortalDbContext db, MovingLine line, Actor actor, CancellationToken ct)
    {
        if (MovingAccounts.Problem(line, out var email) is { } wrong)
        {
            return (wrong, null);
        }

        var (account, problem) = await MovingAccounts.FindAsync(db, line, email!, normalizer, actor, ct);
        if (problem is not null || account is null)
        {
            return (problem ?? MovingFinding.Of(line, MovingVerdict.New), null);
        }

        var isPartner = await db.Partners.AnyAsync(p => p.AccountId == account.Id && p.Kind == PartnerKind.Integrator && p.State != PartnerState.Applied && p.State != PartnerState.Rejected, ct);
        return (MovingFinding.Of(line, isPartner && account.ExternalId is not null ? MovingVerdict.Known : MovingVerdict.Linked), account);
    }

    private async Task<MovingFinding> TryAsync(MovingLine line, bool sendsLink, Actor actor, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        var (finding, account) = await JudgeAsync(work.Db, line, actor, ct);
        if (finding.Verdict is not (MovingVerdict.New or MovingVerdict.Linked))
        {
            return finding;
        }

        PortalUser? user = null;
        work.Audit(actor, AuditActions.PartnerMovedIn, ("account", account?.Id), account?.Id, new { externalId = line[MovingField.ExternalId], existing = account is not null });
        if (account is null)
        {
            _ = EmailAddress.TryParse(line[MovingField.Email], out var email, out _);
            (user, account) = await MovingAccounts.CreateAsync(work, line, email!, AccountState.Active, normalizer, ct);
        }
        else
        {
            account.SetExternalId(line[MovingField.ExternalId]);
        }

        await work.LockAsync(PortalLock.Partner, account.Id, ct);
        await CreateIntegrator.MakePartnerAsync(work, account, ct);
        if (user is not null && sendsLink)
        {
            await IntegratorLink.IssueAsync(work, account, user, program, mails, actor, ct);
        }

        PartnerDesk.Tell(work, account.Id);
        await work.CommitAsync(ct);
        return finding;
    }
}
