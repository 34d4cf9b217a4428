using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Partners;

/// <param name="ExternalId">What another system calls the partner (<c>refexternal</c>); empty for none.</param>
/// <param name="GroupId">Null for no group.</param>
public sealed record PartnerTerms(string? ExternalId, long? GroupId);

/// <summary>Staff sets a partner's external id and group.</summary>
public sealed class ChangePartnerTerms(PortalDb portal)
{
    public const int ExternalIdLength = 100;

    public async Task<Result<Done>> ExecuteAsync(long accountId, PartnerTerms terms, Actor actor, CancellationToken ct)
    {
        var externalId = terms.ExternalId?.Trim() is { Length: > 0 } typed ? typed : null;
        if (externalId?.Length > ExternalIdLength)
        {
            return new ExternalIdTooLong(ExternalIdLength);
        }

        await using var work = await portal.BeginAsync(ct);
        var taken = await PartnerDesk.TakeAsync(work, accountId, actor, ct);
        if (!taken.Ok)
        {
            return taken.Error!;
        }

        if (await HolderAsync(work.Db, externalId, accountId, ct) is { } holder)
        {
            return holder;
        }

        var (partner, account) = taken.Value;
        var groups = await work.Db.PartnerGroups.Where(g => g.Id == terms.GroupId || g.Id == partner.GroupId).ToDictionaryAsync(g => g.Id, g => g.Name, ct);
        if (terms.GroupId is { } groupId && !groups.ContainsKey(groupId))
        {
            return new NoSuchGroup();
        }

        if (account.ExternalId == externalId && partner.GroupId == terms.GroupId)
        {
            return Done.Value;
        }

        work.Audit(actor, AuditActions.PartnerChanged, ("account", accountId), accountId, new
        {
            externalId,
            externalIdBefore = account.ExternalId == externalId ? null : account.ExternalId,
            group = NameOf(terms.GroupId),
            regrouped = partner.GroupId == terms.GroupId ? null : (bool?)true,
            groupBefore = partner.GroupId == terms.GroupId ? null : NameOf(partner.GroupId),
        });
        account.SetExternalId(externalId);
        partner.MoveToGroup(terms.GroupId, work.Now);
        PartnerDesk.Tell(work, accountId);
        try
        {
            await work.CommitAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            // Another got the same id at this moment; by now it can be named.
            await using var db = await portal.ReadAsync(ct);
            return await HolderAsync(db, externalId, accountId, ct) ?? new ExternalIdTaken(accountId, "");
        }

        return Done.Value;

        string? NameOf(long? id) => id is { } known ? groups.GetValueOrDefault(known) : null;
    }

    private static async Task<ExternalIdTaken?> HolderAsync(PortalDbContext db, string? externalId, long accountId, CancellationToken ct) =>
        externalId is null ? null : await db.Accounts.Where(a => a.ExternalId == externalId && a.Id != accountId).Select(a => new ExternalIdTaken(a.Id, a.Name)).FirstOrDefaultAsync(ct);
}
