using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Attributions;

/// <summary>A consent in the register. Accounts by their numbers; names are empty where an account is closed.</summary>
public sealed record ConsentEntry(
    long Id, long ClientNumber, string ClientName, long PartnerNumber, string PartnerName, ConsentKind Kind, int WordingVersion, string Language, long? GivenByUserId, DateTime GivenAt, DateTime? WithdrawnAt);

/// <summary>Takes the register of all consents out of the portal as a table, for staff: given and withdrawn ones, in the order in which they were given.</summary>
public sealed class ExportConsents(PortalDb portal)
{
    private const int AtOnce = 500;

    /// <returns>The entries, read as they are asked for.</returns>
    public async Task<Result<IAsyncEnumerable<ConsentEntry>>> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        work.Audit(actor, AuditActions.ConsentsExported, ("consents", null));
        await work.CommitAsync(ct);
        return Result<IAsyncEnumerable<ConsentEntry>>.Success(AllAsync(ct));
    }

    private async IAsyncEnumerable<ConsentEntry> AllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        for (var after = 0L; ;)
        {
            var id = after;
            var entries = await (
                from c in db.Consents
                join client in db.Accounts on c.ClientId equals client.Id
                join partner in db.Accounts on c.PartnerId equals partner.Id
                where c.Id > id
                orderby c.Id
                select new ConsentEntry(
                    c.Id, AccountNumber.Offset + c.ClientId, client.Name, AccountNumber.Offset + c.PartnerId, partner.Name, c.Kind, c.WordingVersion, c.Language, c.GivenByUserId, c.GivenAt, c.WithdrawnAt))
                .Take(AtOnce).ToListAsync(ct);
            foreach (var entry in entries)
            {
                yield return entry;
            }

            if (entries.Count < AtOnce)
            {
                yield break;
            }

            after = entries[^1].Id;
        }
    }
}
