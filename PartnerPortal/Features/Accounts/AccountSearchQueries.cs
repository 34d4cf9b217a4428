using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>An account as staff's search shows it.</summary>
public sealed record AccountHit(long Id, long Number, AccountKind Kind, AccountState State, string Name, string Code, string? ExternalId, string? Email, string? Phone);

/// <param name="Page">The hits shown, the newest account first.</param>
/// <param name="Count">How many match; not counted beyond <see cref="AccountSearchQueries.CountUpTo"/>.</param>
public sealed record AccountHits(Page<AccountHit> Page, int Count)
{
    public static readonly AccountHits None = new(new Page<AccountHit>([], null, null), 0);
}

/// <summary>Finds any account, for staff: by a part of its name, e-mail, phone in any spelling, code or external id, or by its number.</summary>
public sealed class AccountSearchQueries(PortalDb portal)
{
    public const int PageSize = 25;

    /// <summary>More are said to be "more than".</summary>
    public const int CountUpTo = 1000;

    /// <returns>Nothing for anybody but staff.</returns>
    public async Task<AccountHits> SearchAsync(SearchQuery query, string? cursor, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return AccountHits.None;
        }

        await using var db = await portal.ReadAsync(ct);
        var accounts = Matching(db.Accounts, query);
        var page = await IdKeyset.NewestFirstAsync(
            accounts, a => a.Id,
            rows => rows.Select(a => new AccountHit(a.Id, Account.NumberOffset + a.Id, a.Kind, a.State, a.Name, a.Code, a.ExternalId, a.Email, a.Phone)),
            hit => hit.Id, cursor, PageSize, ct);
        return new AccountHits(page, await accounts.Select(a => a.Id).Take(CountUpTo + 1).CountAsync(ct));
    }

    /// <summary>The names of accounts, for staff's pages that tell of several. A closed account has an empty one.</summary>
    public async Task<IReadOnlyDictionary<long, string>> NamesAsync(IReadOnlyCollection<long> ids, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff || ids.Count == 0)
        {
            return new Dictionary<long, string>();
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
    }

    /// <summary>The accounts that match; all of them when nothing was typed.</summary>
    internal static IQueryable<Account> Matching(IQueryable<Account> accounts, SearchQuery query)
    {
        if (query.IsEmpty)
        {
            return accounts;
        }

        var byText = accounts;
        foreach (var word in query.Words)
        {
            var pattern = SearchQuery.Pattern(word);
            byText = byText.Where(a => EF.Functions.Like(a.SearchText, pattern, "\\"));
        }

        // An account may be found in any of three ways; by its own key the number is found at once.
        var found = byText.Select(a => a.Id);
        foreach (var digits in query.PhoneForms)
        {
            var pattern = SearchQuery.Pattern(digits);
            found = found.Union(accounts.Where(a => a.Phone != null && EF.Functions.Like(a.Phone, pattern, "\\")).Select(a => a.Id));
        }

        if (query.Number is { } number && Account.TryIdOfNumber(number, out var id))
        {
            found = found.Union(accounts.Where(a => a.Id == id).Select(a => a.Id));
        }

        return query.PhoneForms.Count == 0 && query.Number is null ? byText : accounts.Where(a => found.Contains(a.Id));
    }
}
