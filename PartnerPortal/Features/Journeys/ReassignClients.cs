using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <param name="ClientIds">Accounts to move; up to 10,000.</param>
/// <param name="PartnerId">The account that becomes their partner.</param>
/// <param name="Reason">Why, in staff's words; part of every receipt.</param>
/// <param name="ClaimId">The claim that is decided so; null for none.</param>
public sealed record ReassignRequest(IReadOnlyList<long> ClientIds, long PartnerId, string Reason, long? ClaimId = null);

public sealed record ReasonMissing : Error
{
    public override string Field => nameof(ReassignRequest.Reason);
}

/// <summary>Longer than <see cref="ReassignClients.ReasonLength"/>.</summary>
public sealed record ReasonTooLong(int Limit) : Error
{
    public override string Field => nameof(ReassignRequest.Reason);
}

public sealed record TargetIsNoPartner : Error
{
    public override string Field => nameof(ReassignRequest.PartnerId);
}

public sealed record TargetTakesNoClients(string PartnerName) : Error
{
    public override string Field => nameof(ReassignRequest.PartnerId);
}

public sealed record NothingToMove : Error;

/// <summary>
/// Staff moves clients to a partner, with a reason. Only the commission link moves (invariant 3): the new partner sees initials until the client agrees.
/// All or nothing, in one transaction; both partners and each client are told.
/// </summary>
public sealed class ReassignClients(PortalDb portal, ClientMove move, JourneyMails mails)
{
    public const int ReasonLength = 1000;

    /// <returns>How many were moved.</returns>
    public async Task<Result<int>> ExecuteAsync(ReassignRequest request, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var moved = await WithinAsync(work, request, actor, ct);
        if (moved.Ok)
        {
            await work.CommitAsync(ct);
        }

        return moved;
    }

    /// <summary>The same as a part of a decision that is more; the caller commits. What is refused has changed nothing.</summary>
    internal async Task<Result<int>> WithinAsync(PortalTransaction work, ReassignRequest request, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            return new ReasonMissing();
        }

        if (request.Reason.Trim().Length > ReasonLength)
        {
            return new ReasonTooLong(ReasonLength);
        }

        var ids = request.ClientIds.Distinct().Order().ToList();
        foreach (var id in ids)
        {
            await work.LockAsync(PortalLock.Client, id, ct);
        }

        var found = await ReassignTarget.FindAsync(work.Db, request.PartnerId, actor, ct);
        if (!found.Ok)
        {
            return found.Error!;
        }

        var target = found.Value;
        var clients = await work.Db.Accounts.Where(a => ids.Contains(a.Id) && a.State != AccountState.Closed && a.Id != target.Id).OrderBy(a => a.Id).ToListAsync(ct);
        var open = await work.Db.Attributions.Where(a => ids.Contains(a.ClientId) && a.EndedAt == null).ToDictionaryAsync(a => a.ClientId, ct);
        var concerned = clients.Select(c => c.Id).Concat(open.Values.Select(a => a.PartnerId)).ToList();
        if (await OwnAccounts.InvolveAsync(work.Db, actor, concerned, ct))
        {
            return new OwnAccountInvolved();
        }

        var moved = new List<(Account Client, long? From)>();
        foreach (var client in clients)
        {
            var current = open.GetValueOrDefault(client.Id);
            if (current?.PartnerId == target.Id)
            {
                continue;
            }

            await move.ToAsync(work, client, current, target, new MoveReason(request.Reason.Trim(), request.ClaimId), actor, ct);
            moved.Add((client, current?.PartnerId));
        }

        if (moved.Count == 0)
        {
            return new NothingToMove();
        }

        await mails.ReassignedAsync(work, moved, target, ct);
        return moved.Count;
    }
}
