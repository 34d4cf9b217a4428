using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>Says of each condition whether it holds for something that happened: counts as of that moment, all else as it is now.</summary>
internal sealed class ConditionCheck(PortalDbContext db, RunSubject subject)
{
    public static async Task<IReadOnlyList<ConditionVerdict>> OfAsync(PortalDbContext db, AutomationDefinition definition, RunSubject subject, CancellationToken ct)
    {
        var check = new ConditionCheck(db, subject);
        var verdicts = new List<ConditionVerdict>();
        foreach (var condition in definition.Conditions)
        {
            var (holds, found) = await check.LookAsync(condition, ct);
            verdicts.Add(new ConditionVerdict(condition.Kind, holds != condition.IsNot, found));
        }

        return verdicts;
    }

    private async Task<(bool Holds, string? Found)> LookAsync(AutomationCondition condition, CancellationToken ct) => condition.Kind switch
    {
        ConditionKind.CameBy => OneOf(condition, await CameByAsync(ct)),
        ConditionKind.Partner => OneOf(condition, Digits(subject.PartnerId)),
        ConditionKind.Group => OneOf(condition, Digits(await db.Partners.Where(p => p.AccountId == subject.PartnerId).Select(p => p.GroupId).FirstOrDefaultAsync(ct))),
        ConditionKind.Country => OneOf(condition, await CountryAsync(ct)),
        ConditionKind.Language => OneOf(condition, await LanguageAsync(ct)),
        ConditionKind.Amount => (subject.Currency is { } currency && currency == condition.Currency && IsWithin(condition, subject.Amount), subject.Amount is null ? null : $"{Digits(subject.Amount)}:{subject.Currency}"),
        ConditionKind.Tag => (await HasTagAsync(condition, ct), null),
        ConditionKind.ClientCount => await ClientCountAsync(ct) is var count ? (IsWithin(condition, count), Digits(count)) : default,
        ConditionKind.PurchaseCount => await PurchaseCountAsync(ct) is var count ? (IsWithin(condition, count), Digits(count)) : default,
        ConditionKind.NeverSignedIn => (await NeverSignedInAsync(ct), null),
    };

    private static (bool Holds, string? Found) OneOf(AutomationCondition condition, string? found) => (found is not null && condition.Values.Contains(found, StringComparer.Ordinal), found);

    private static bool IsWithin(AutomationCondition condition, long? number) => number is { } found && !(found < condition.Least) && !(found > condition.Most);

    private static string? Digits(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>As it was told, else as its attribution to that partner, else its line, has it.</summary>
    private async Task<string?> CameByAsync(CancellationToken ct)
    {
        if (Enum.TryParse<CameBy>(subject.How, out var told))
        {
            return told.ToString();
        }

        var attributed = await db.Attributions.Where(a => a.ClientId == subject.ClientId && a.PartnerId == subject.PartnerId && a.StartedAt <= subject.At)
            .OrderByDescending(a => a.Id).Select(a => (CameBy?)a.CameBy).FirstOrDefaultAsync(ct);
        return (attributed ?? await db.ClientRecords.Where(r => r.Id == subject.RecordId).Select(r => (CameBy?)r.CameBy).FirstOrDefaultAsync(ct))?.ToString();
    }

    private async Task<string?> CountryAsync(CancellationToken ct)
    {
        var phone = await db.Accounts.Where(a => a.Id == (subject.ClientId ?? (subject.RecordId == null ? subject.PartnerId : null))).Select(a => a.Phone).FirstOrDefaultAsync(ct)
            ?? (subject.ClientId is null ? await db.ClientRecords.Where(r => r.Id == subject.RecordId).Select(r => r.TypedPhone).FirstOrDefaultAsync(ct) : null);
        return PhoneNumber.TryParse(phone, null, out var number, out _) ? number.Country : null;
    }

    private async Task<string?> LanguageAsync(CancellationToken ct)
    {
        if (subject is { ClientId: null, RecordId: null, InvitationId: { } invitation })
        {
            return await db.Invitations.Where(i => i.Id == invitation).Select(i => i.Language).FirstOrDefaultAsync(ct);
        }

        return subject is { ClientId: null, RecordId: { } record }
            ? await db.ClientRecords.Where(r => r.Id == record).Select(r => r.Language).FirstOrDefaultAsync(ct)
            : await db.Accounts.Where(a => a.Id == (subject.ClientId ?? subject.PartnerId)).Select(a => a.Language).FirstOrDefaultAsync(ct);
    }

    private async Task<bool> HasTagAsync(AutomationCondition condition, CancellationToken ct)
    {
        var wanted = condition.Values.Select(SearchText.Fold).ToHashSet(StringComparer.Ordinal);
        var borne = await Listed.Of(db, subject).SelectMany(r => r.Tags).Select(t => t.Name).ToListAsync(ct);
        return borne.Exists(t => wanted.Contains(SearchText.Fold(t)));
    }

    private async Task<bool> NeverSignedInAsync(CancellationToken ct) => subject.ClientId is null
        || !await (from m in db.Members join u in db.Users on m.UserId equals u.Id where m.AccountId == subject.ClientId && u.LastSeenAt != null select u.Id).AnyAsync(ct);

    /// <summary>Of those that came by themselves or by the partner, not whom support moved; null when it is no client of it.</summary>
    private async Task<long?> ClientCountAsync(CancellationToken ct)
    {
        var own = db.Attributions.Where(a => a.PartnerId == subject.PartnerId && a.CameBy != CameBy.Support && a.CameBy != CameBy.Returned);
        var first = await own.Where(a => a.ClientId == subject.ClientId && a.StartedAt <= subject.At).OrderBy(a => a.Id).Select(a => (long?)a.Id).FirstOrDefaultAsync(ct);
        return first is null ? null : await own.Where(a => a.Id <= first).Select(a => a.ClientId).Distinct().CountAsync(ct);
    }

    private async Task<long?> PurchaseCountAsync(CancellationToken ct)
    {
        var own = db.Purchases.Where(p => p.ClientId == subject.ClientId);
        return subject.ClientId is null ? null : subject.PurchaseId is { } purchase ? await own.CountAsync(p => p.Id <= purchase, ct) : await own.CountAsync(p => p.OccurredAt <= subject.At, ct);
    }
}

/// <summary>Finds the client's line in the partner's list.</summary>
internal static class Listed
{
    public static IQueryable<Clients.ClientRecord> Of(PortalDbContext db, RunSubject subject) => db.ClientRecords
        .Where(r => r.PartnerId == subject.PartnerId && (r.Id == subject.RecordId || (subject.ClientId != null && r.ClientId == subject.ClientId) || (subject.InvitationId != null && r.InvitationId == subject.InvitationId)))
        .OrderByDescending(r => r.Id == subject.RecordId).Take(1);
}
