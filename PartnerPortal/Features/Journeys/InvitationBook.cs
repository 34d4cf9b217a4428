using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>Whom a partner asks.</summary>
/// <param name="Name">Null when it typed none.</param>
/// <param name="Phone">E.164; null when it typed none.</param>
/// <param name="Language">Of the mail, a supported one.</param>
internal sealed record Invitee(EmailAddress Email, string? Name, string? Phone, string Language, string Note);

/// <summary>Who asks, and until when an answer counts.</summary>
/// <param name="ExpiresAt">UTC.</param>
internal sealed record Asking(long PartnerId, Actor Actor, DateTime ExpiresAt);

/// <summary>What the partner knows of an address: a line of its list, or that its owner said No to it.</summary>
/// <param name="Id">Of the line; null when there is none.</param>
internal sealed record KnownLine(long? Id, string Name, ClientStatus Status);

/// <summary>
/// Asks people by address and keeps their lines in the partner's list, in the caller's transaction and under its lock on the list. It looks into that list alone: whether an
/// address has an account is nobody's business here (invariant 10).
/// </summary>
internal static class InvitationBook
{
    /// <summary>The partner's lines of these addresses, as it typed them or as it may see them.</summary>
    /// <param name="emails">Normalised; at most some hundreds.</param>
    public static IQueryable<ClientRecord> Lines(PortalDbContext db, long partnerId, IReadOnlyList<string> emails) => db.ClientRecords.Where(r => r.PartnerId == partnerId
        && ((r.TypedNormalizedEmail != null && emails.Contains(r.TypedNormalizedEmail)) || (r.NormalizedEmail != null && emails.Contains(r.NormalizedEmail))));

    /// <summary>The same by normalised address.</summary>
    public static async Task<Dictionary<string, KnownLine>> KnownAsync(PortalDbContext db, long partnerId, IReadOnlyList<string> emails, CancellationToken ct)
    {
        var known = new Dictionary<string, KnownLine>(StringComparer.Ordinal);
        if (emails.Count == 0)
        {
            return known;
        }

        foreach (var line in await Lines(db, partnerId, emails).Select(r => new { r.Id, r.Name, r.Status, r.TypedNormalizedEmail, r.NormalizedEmail }).ToListAsync(ct))
        {
            foreach (var email in new[] { line.TypedNormalizedEmail, line.NormalizedEmail }.OfType<string>())
            {
                known[email] = new KnownLine(line.Id, line.Name, line.Status);
            }
        }

        foreach (var refused in await InvitationOptOuts.AmongAsync(db, partnerId, emails, ct))
        {
            known.TryAdd(refused, new KnownLine(null, "", ClientStatus.Declined));
        }

        return known;
    }

    /// <summary>A new invitation, which the worker then writes; on a new line, or on one whose invitation was withdrawn.</summary>
    public static ClientRecord Ask(PortalTransaction work, InvitationKind kind, Invitee who, Asking asking, ClientRecord? line = null)
    {
        var invitation = New(work, kind, who, asking);
        if (line is null)
        {
            line = NewLine(work, kind, who, asking);
            work.Db.ClientRecords.Add(line);
        }

        line.InviteAgain();
        line.BelongTo(invitation);
        line.Tell(EventOf(kind), work.Now, asking.Actor.Name);
        work.Db.Invitations.Add(invitation);
        work.Audit(asking.Actor, AuditActions.InvitationCreated, ("account", asking.PartnerId), asking.PartnerId, new { kind });
        return line;
    }

    /// <summary>The same of a part of a file, on new lines and past the change tracker, which takes longer than the database does. The caller commits.</summary>
    /// <param name="tag">Of each line; null for none.</param>
    public static async Task AskManyAsync(PortalTransaction work, InvitationKind kind, IReadOnlyList<Invitee> invitees, Asking asking, string? tag, CancellationToken ct)
    {
        List<Invitation> invitations = [.. invitees.Select(who => New(work, kind, who, asking))];
        await work.InsertSoonWithIdsAsync(invitations, ct);
        List<ClientRecord> lines = [.. invitees.Select(who => NewLine(work, kind, who, asking))];
        foreach (var (line, invitation) in lines.Zip(invitations))
        {
            line.BelongTo(invitation);
            line.Tell(EventOf(kind), work.Now, asking.Actor.Name);
            if (tag is not null)
            {
                line.AddTag(tag);
            }
        }

        await work.InsertSoonWithIdsAsync(lines, ct);
        lines.ForEach(line => line.NumberParts());
        await work.InsertSoonAsync([.. lines.SelectMany(l => l.Tags)], ct);
        await work.InsertSoonAsync([.. lines.SelectMany(l => l.Events)], ct);
        await work.InsertSoonAsync(
            lines.ConvertAll(_ => work.AuditEntry(asking.Actor, AuditActions.InvitationCreated, ("account", asking.PartnerId), asking.PartnerId, new { kind, many = true })), ct);
        if (kind is InvitationKind.Created)
        {
            await work.InsertSoonAsync(lines.ConvertAll(l => work.AuditEntry(asking.Actor, AuditActions.ClientCreated, ("client", l.Id), asking.PartnerId, null)), ct);
        }
    }

    private static ClientEventKind EventOf(InvitationKind kind) => kind is InvitationKind.Created ? ClientEventKind.Created : ClientEventKind.Invited;

    private static Invitation New(PortalTransaction work, InvitationKind kind, Invitee who, Asking asking) => new(
        kind, asking.PartnerId, asking.Actor.UserId, who.Email.Value, who.Email.Normalized, who.Name, who.Language, LinkToken.New(), work.Now, asking.ExpiresAt);

    private static ClientRecord NewLine(PortalTransaction work, InvitationKind kind, Invitee who, Asking asking) => ClientRecord.Invite(
        asking.PartnerId, new TypedContact(who.Name, who.Email.Value, who.Email.Normalized, who.Phone), kind is InvitationKind.Created ? CameBy.Created : CameBy.Invitation, who.Language, who.Note, work.Now);
}
