using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

public sealed record TagMissing : Error;

/// <summary>Longer than <see cref="TagClient.MaxLength"/>.</summary>
public sealed record TagTooLong(int Limit) : Error;

/// <summary>A client bears <see cref="TagClient.MaxTags"/> already.</summary>
public sealed record TooManyTags(int Limit) : Error;

/// <summary>A partner puts a tag on a client. Once is enough: the same tag again, in whatever case, changes nothing.</summary>
public sealed class TagClient(PortalDb portal)
{
    public const int MaxLength = 40;

    public const int MaxTags = 20;

    public async Task<Result<Done>> ExecuteAsync(long recordId, string? tag, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        var name = TagName.Tidy(tag);
        if (TagName.Check(name) is { } wrong)
        {
            return wrong;
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.ClientList, partnerId, ct);
        if (await work.Db.ClientRecords.Include(r => r.Tags).FirstOrDefaultAsync(r => r.Id == recordId && r.PartnerId == partnerId, ct) is not { } record)
        {
            return new NoSuchClient();
        }

        if (record.Tags.Count >= MaxTags)
        {
            return new TooManyTags(MaxTags);
        }

        if (record.AddTag(await TagName.SpellingAsync(work, partnerId, name, ct)))
        {
            work.Audit(actor, AuditActions.ClientChanged, ("client", recordId), partnerId, new { changed = "tags" });
            await ClientList.SignalAsync(work, record, ct);
            await work.CommitAsync(ct);
        }

        return Done.Value;
    }
}

/// <summary>A partner takes a tag off a client.</summary>
public sealed class UntagClient(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long recordId, string tag, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.ClientRecords.Include(r => r.Tags).FirstOrDefaultAsync(r => r.Id == recordId && r.PartnerId == partnerId, ct) is not { } record)
        {
            return new NoSuchClient();
        }

        if (record.RemoveTag(tag))
        {
            work.Audit(actor, AuditActions.ClientChanged, ("client", recordId), partnerId, new { changed = "tags" });
            await ClientList.SignalAsync(work, record, ct);
            await work.CommitAsync(ct);
        }

        return Done.Value;
    }
}
