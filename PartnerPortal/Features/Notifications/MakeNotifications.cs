using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Events;

namespace PartnerPortal.Features.Notifications;

/// <summary>Reads what happened since the last time and tells those concerned, in the transaction in which the reader goes on: nothing is left out and nothing told twice.</summary>
public sealed class MakeNotifications(PortalDb portal, EventQueries events, NotificationBook book)
{
    /// <summary>Where the reader stands is kept under this name.</summary>
    public const string Reader = "notifications";

    private const int Batch = 200;

    /// <summary>What is no event for other systems and still to be told.</summary>
    private static readonly string[] Also =
    [
        AuditActions.AccessAsked, AuditActions.AccessApproved, AuditActions.AccessRefused, AuditActions.AccessRevoked,
        AuditActions.ClaimFiled, AuditActions.ClaimNamed, AuditActions.ClaimAnswered, AuditActions.ClaimMoved, AuditActions.ClaimClosed,
        AuditActions.FlagRaised, AuditActions.PayoutRequested,
    ];

    /// <returns>How many things there were to tell.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var told = 0;
        while (await events.NextAsync(Reader, Batch, null, ct) is { } read)
        {
            await using var work = await portal.BeginAsync(ct);
            if (!await EventReading.GoOnAsync(work, Reader, read.From, read.Batch.Position, ct))
            {
                continue;
            }

            var drafts = read.Batch.Events.SelectMany(NotificationSources.Of).ToList();
            drafts.AddRange(read.From is { } from ? await AlsoAsync(work.Db, from, read.Batch.Position, ct) : []);
            await book.AddAsync(work, [.. drafts.Where(d => d.At > work.Now.AddDays(-Notification.NewsDays)).OrderBy(d => d.At)], ct);
            await work.CommitAsync(ct);
            told += drafts.Count;
        }

        return told;
    }

    private static async Task<List<NotificationDraft>> AlsoAsync(PortalDbContext db, long from, long to, CancellationToken ct)
    {
        var entries = await db.AuditEntries.AsNoTracking().Where(e => e.Id > from && e.Id <= to && Also.Contains(e.Action)).OrderBy(e => e.Id)
            .Select(e => new OtherSource(e.Action, e.At, e.AccountId, e.SubjectId, e.ActorUserId, e.Details)).ToListAsync(ct);
        if (entries.Count == 0)
        {
            return [];
        }

        var grants = entries.Where(e => e.Action is AuditActions.AccessApproved or AuditActions.AccessRefused or AuditActions.AccessRevoked).Select(e => e.SubjectId).OfType<long>().ToList();
        var askers = grants.Count == 0 ? [] : await db.AccessGrants.AsNoTracking().Where(g => grants.Contains(g.Id) && g.PartnerId != null).ToDictionaryAsync(g => g.Id, g => g.PartnerId!.Value, ct);
        var claims = entries.Where(e => e.Action is AuditActions.ClaimMoved or AuditActions.ClaimClosed).Select(e => e.SubjectId).OfType<long>().ToList();
        var others = claims.Count == 0 ? [] : await db.ClientClaims.AsNoTracking().Where(c => claims.Contains(c.Id) && c.OtherId != null && c.OtherId != c.ClaimantId).ToDictionaryAsync(c => c.Id, c => c.OtherId!.Value, ct);
        return [.. entries.SelectMany(e => NotificationSources.Of(e, askers, others))];
    }
}

/// <summary>An entry of the audit log of which no event is made.</summary>
internal sealed record OtherSource(string Action, DateTime At, long? AccountId, long? SubjectId, long? ByUserId, string? Details)
{
    /// <summary>An id in the details; null when it is not there.</summary>
    public long? Number(string name)
    {
        if (Details is null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(Details);
        return json.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetInt64() : null;
    }
}
