using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Claims;

/// <summary>
/// Takes up what was filed. First all claims go under review, in one transaction: that is what claimants see. Only then the client of each is looked for, so that not even the moment
/// of a claimant's step tells whether there is one.
/// </summary>
public sealed class TakeUpClaims(PortalDb portal, ProgramSettingsSource settings, ClaimMails mails)
{
    public const string Signal = "claims-filed";

    private const int Batch = 100;

    /// <returns>How many were looked up.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        await ReviewAsync(ct);
        List<long> waiting;
        await using (var db = await portal.ReadAsync(ct))
        {
            waiting = await db.ClientClaims.Where(c => c.State == ClaimState.UnderReview && c.LookedUpAt == null).OrderBy(c => c.Id).Select(c => c.Id).Take(Batch).ToListAsync(ct);
        }

        var done = 0;
        foreach (var id in waiting)
        {
            done += await LookUpAsync(id, ct) ? 1 : 0;
        }

        return done;
    }

    private async Task ReviewAsync(CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var ids = await work.Db.ClientClaims.Where(c => c.State == ClaimState.Filed).OrderBy(c => c.Id).Select(c => c.Id).Take(Batch).ToListAsync(ct);
        foreach (var id in ids)
        {
            if (await ClaimBook.TakeAsync(work, id, ct) is { State: ClaimState.Filed } claim)
            {
                claim.TakeUp(work.Now);
                ClaimBook.Note(work, claim, AuditActions.ClaimTakenUp, Actor.System, claim.ClaimantId, null, claim.ClaimantId);
            }
        }

        await work.CommitAsync(ct);
    }

    /// <summary>Under the lock it is looked at again: another node may have done it.</summary>
    private async Task<bool> LookUpAsync(long id, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        if (await ClaimBook.TakeAsync(work, id, ct) is not { State: ClaimState.UnderReview, LookedUpAt: null } claim)
        {
            return false;
        }

        claim.LookUp(work.Now);
        // None or several, or one that the claimant claims under another name already: support says who is meant.
        if (await ClaimedClients.FindAsync(work.Db, claim.Naming, claim.Named, claim.ClaimantId, ct) is [var only]
            && await ClaimBook.NameAsync(work, claim, only.Id, program, Actor.System, ct) is null)
        {
            await mails.AskedAsync(work, claim, ct);
        }
        else
        {
            ClaimBook.Note(work, claim, AuditActions.ClaimNotFound, Actor.System, claim.ClaimantId);
        }

        await work.CommitAsync(ct);
        return true;
    }
}

/// <summary>Support says which client a claim means, where the portal could not. The client's partner is told and heard like any other.</summary>
public sealed class NameClaimedClient(PortalDb portal, ProgramSettingsSource settings, ClaimMails mails)
{
    /// <param name="claimId">The claim.</param>
    /// <param name="client">Its number, or an address.</param>
    /// <param name="actor">Staff.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Shared.Result<Shared.Done>> ExecuteAsync(long claimId, string client, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        if (await ClaimBook.TakeAsync(work, claimId, ct) is not { } claim)
        {
            return new NotAllowed();
        }

        if (await ClaimedClients.FindOneAsync(work.Db, client, claim.ClaimantId, ct) is not { } clientId)
        {
            return new ClaimClientUnknown();
        }

        var partner = (await AttributionBook.OpenOfAsync(work.Db, clientId, ct))?.PartnerId ?? clientId;
        if (await Accounts.OwnAccounts.InvolveAsync(work.Db, actor, [claim.ClaimantId, clientId, partner], ct))
        {
            return new Accounts.OwnAccountInvolved();
        }

        if (await ClaimBook.NameAsync(work, claim, clientId, program, actor, ct) is { } problem)
        {
            return problem;
        }

        await mails.AskedAsync(work, claim, ct);
        await work.CommitAsync(ct);
        return Shared.Done.Value;
    }
}

/// <summary>Runs <see cref="TakeUpClaims"/> as soon as something is filed.</summary>
public sealed class ClaimWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<ClaimWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => TakeUpClaims.Signal;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(5);

    protected override async Task WorkAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<TakeUpClaims>().ExecuteAsync(ct);
        await services.GetRequiredService<TendClaims>().ExecuteAsync(ct);
    }
}
