using PartnerPortal.Email;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>The first hits of each kind, the newest first.</summary>
/// <param name="Clients">Accounts of any kind.</param>
/// <param name="Partners">In any state.</param>
/// <param name="Purchases">By their id, the source's, or their client.</param>
/// <param name="Orders">By their invoice or their client.</param>
/// <param name="Claims">By their number, the name in them, or an account in them.</param>
/// <param name="Mail">To an address, or to an account that was found.</param>
public sealed record SupportFindings(
    IReadOnlyList<ClientHit> Clients, IReadOnlyList<PartnerRow> Partners, IReadOnlyList<PurchaseRow> Purchases, IReadOnlyList<OrderRow> Orders, IReadOnlyList<DeskClaimRow> Claims,
    IReadOnlyList<MailLine> Mail)
{
    public bool IsEmpty => Clients.Count + Partners.Count + Purchases.Count + Orders.Count + Claims.Count + Mail.Count == 0;
}

/// <summary>One search over all that support works with, by the searches of the pages themselves.</summary>
public sealed class SupportSearchQueries(SupportClientQueries clients, PartnerAdminQueries partners, PurchaseDeskQueries purchases, OrderQueries orders, CorrespondenceQueries others)
{
    /// <summary>Of each kind; the page of the kind shows the rest.</summary>
    public const int Shown = 5;

    /// <summary>Fewer letters would find nearly everything.</summary>
    public const int Letters = 2;

    /// <returns>Nothing for anybody but staff.</returns>
    public async Task<SupportFindings> FindAsync(string typed, Actor actor, CancellationToken ct)
    {
        var text = typed.Trim();
        var query = SearchQuery.Parse(text);
        if (!actor.IsStaff || query.IsEmpty || text.Length < Letters)
        {
            return new SupportFindings([], [], [], [], [], []);
        }

        // Each reads for itself, at the same moment.
        var found = clients.SearchAsync(query, null, actor, ct);
        var partner = partners.FoundAsync(query, Shown + 1, actor, ct);
        var bought = purchases.PageAsync(text, null, null, actor, ct);
        var ordered = orders.DeskAsync(null, text, null, actor, ct);
        var claims = others.ClaimsAsync(text, Shown + 1, actor, ct);
        var accounts = (await found).Items;
        var mail = others.MailAsync(text, [.. accounts.Select(a => a.Account.Id)], Shown + 1, actor, ct);
        return new SupportFindings(accounts, await partner, (await bought).Items, (await ordered).Items, await claims, await mail);
    }
}

/// <summary>What was written to the portal or by it.</summary>
public sealed class CorrespondenceQueries(ClaimDeskQueries claims, MailLogQueries mail)
{
    public Task<IReadOnlyList<DeskClaimRow>> ClaimsAsync(string typed, int most, Actor actor, CancellationToken ct) => claims.FoundAsync(typed, most, actor, ct);

    public Task<IReadOnlyList<MailLine>> MailAsync(string typed, IReadOnlyList<long> accountIds, int most, Actor actor, CancellationToken ct) =>
        mail.FoundAsync(typed.Contains(' ', StringComparison.Ordinal) ? null : typed, accountIds, most, actor, ct);
}
