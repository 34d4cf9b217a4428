using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>The line is not in the actor's list: it never was, or it became one with another line of the same client.</summary>
public sealed record NoSuchClient : Error;

/// <summary>Longer than <see cref="ChangeClientNote.MaxLength"/>.</summary>
public sealed record NoteTooLong(int Limit) : Error;

/// <summary>A partner writes its own note about a client. What it says stands in no audit entry.</summary>
public sealed class ChangeClientNote(PortalDb portal)
{
    public const int MaxLength = 4000;

    public async Task<Result<Done>> ExecuteAsync(long recordId, string? note, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        var text = note?.Trim() ?? "";
        if (text.Length > MaxLength)
        {
            return new NoteTooLong(MaxLength);
        }

        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.ClientRecords.FirstOrDefaultAsync(r => r.Id == recordId && r.PartnerId == partnerId, ct) is not { } record)
        {
            return new NoSuchClient();
        }

        if (record.Note == text)
        {
            return Done.Value;
        }

        record.ChangeNote(text);
        record.Tell(ClientEventKind.NoteChanged, work.Now, actor.Name);
        work.Audit(actor, AuditActions.ClientChanged, ("client", recordId), partnerId, new { changed = "note" });
        await ClientList.SignalAsync(work, record, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
