using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>The line is not as it was when the change was thought of; nothing was changed.</summary>
public sealed record ClientChangedMeanwhile : Error;

/// <summary>What a partner's system changes of a line. Null leaves as it is.</summary>
/// <param name="Note">The whole note.</param>
/// <param name="Tags">All tags, in place of those that it bears.</param>
/// <param name="SeenVersions">Of <see cref="ClientVersion"/>: the change counts if the line is still one of these; null when it counts whatever the line says.</param>
public sealed record ClientChange(long RecordId, string? Note, IReadOnlyList<string>? Tags, IReadOnlyCollection<string>? SeenVersions);

/// <summary>A partner's system writes note and tags at once, unless somebody else has changed the line since it looked.</summary>
public sealed class ChangeClient(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(ClientChange change, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        var note = change.Note?.Trim();
        if (note?.Length > ChangeClientNote.MaxLength)
        {
            return new NoteTooLong(ChangeClientNote.MaxLength);
        }

        if (Wrong(change.Tags) is { } wrong)
        {
            return wrong;
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.ClientList, partnerId, ct);
        if (await work.Db.ClientRecords.Include(r => r.Tags).FirstOrDefaultAsync(r => r.Id == change.RecordId && r.PartnerId == partnerId, ct) is not { } record)
        {
            return new NoSuchClient();
        }

        if (change.SeenVersions is { } seen && !seen.Contains(ClientVersion.Of(record)))
        {
            return new ClientChangedMeanwhile();
        }

        var changed = new List<string>();
        if (note is not null && note != record.Note)
        {
            record.ChangeNote(note);
            record.Tell(ClientEventKind.NoteChanged, work.Now, actor.Name);
            changed.Add("note");
        }

        if (change.Tags is not null && await RetagAsync(work, record, partnerId, change.Tags, ct))
        {
            changed.Add("tags");
        }

        if (changed.Count > 0)
        {
            work.Audit(actor, AuditActions.ClientChanged, ("client", record.Id), partnerId, new { changed });
            await ClientList.SignalAsync(work, record, ct);
            await work.CommitAsync(ct);
        }

        return Done.Value;
    }

    private static Error? Wrong(IReadOnlyList<string>? tags) => tags switch
    {
        null => null,
        { Count: > TagClient.MaxTags } => new TooManyTags(TagClient.MaxTags),
        _ => tags.Select(t => TagName.Check(TagName.Tidy(t))).FirstOrDefault(e => e is not null),
    };

    private static async Task<bool> RetagAsync(PortalTransaction work, ClientRecord record, long partnerId, IReadOnlyList<string> tags, CancellationToken ct)
    {
        var wanted = new List<string>(tags.Count);
        foreach (var tag in tags)
        {
            wanted.Add(await TagName.SpellingAsync(work, partnerId, TagName.Tidy(tag), ct));
        }

        var isChanged = false;
        foreach (var gone in record.Tags.Select(t => t.Name).Except(wanted, StringComparer.OrdinalIgnoreCase).ToList())
        {
            isChanged |= record.RemoveTag(gone);
        }

        foreach (var tag in wanted)
        {
            isChanged |= record.AddTag(tag);
        }

        return isChanged;
    }
}
