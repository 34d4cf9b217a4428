using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Partners;

/// <summary>Staff makes a group for partners that share terms.</summary>
public sealed class CreatePartnerGroup(PortalDb portal)
{
    public const int NameLength = 100;

    /// <returns>The group's id.</returns>
    public async Task<Result<long>> ExecuteAsync(string? name, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        var wanted = name?.Trim() ?? "";
        if (wanted.Length is 0 or > NameLength)
        {
            return wanted.Length == 0 ? new GroupNameMissing() : new GroupNameTooLong(NameLength);
        }

        await using var work = await portal.BeginAsync(ct);
        var folded = SearchText.Fold(wanted);
        // Groups are few; two that differ only in case or accents would be taken for each other.
        if ((await work.Db.PartnerGroups.Select(g => g.Name).ToListAsync(ct)).Any(g => SearchText.Fold(g) == folded))
        {
            return new GroupNameTaken();
        }

        var group = new PartnerGroup(wanted);
        work.Db.PartnerGroups.Add(group);
        work.Audit(actor, AuditActions.PartnerGroupCreated, ("partner-group", null), null, new { name = wanted });
        try
        {
            await work.CommitAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            return new GroupNameTaken();
        }

        return group.Id;
    }
}
