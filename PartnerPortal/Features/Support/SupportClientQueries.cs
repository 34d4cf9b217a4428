using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>One hit of the search, with whose client it is; null when it never had a partner.</summary>
public sealed record ClientHit(AccountHit Account, PartnerSpan? Partner);

/// <param name="Count">How many match; counted up to <see cref="AccountSearchQueries.CountUpTo"/>.</param>
public sealed record ClientHits(IReadOnlyList<ClientHit> Items, string? Newer, string? Older, int Count);

/// <summary>All that is known of one account and how it came to its partner.</summary>
/// <param name="Account">What it says about itself.</param>
/// <param name="Partner">The open attribution; null while there is none.</param>
/// <param name="Receipts">Of all attributions, newest first.</param>
/// <param name="Spans">All attributions, newest first.</param>
/// <param name="Consents">Given and withdrawn.</param>
/// <param name="Refusals">Partners that it said No to.</param>
/// <param name="Invitations">That it got.</param>
/// <param name="Credentials">One-time ones, without their secrets.</param>
/// <param name="Audit">The newest entries about the account.</param>
/// <param name="Names">Of the accounts that the entries name.</param>
/// <param name="Members">Who signs in to it.</param>
/// <param name="IsOwn">The reader is a member of it, and so decides nothing about it.</param>
public sealed record ClientFile(
    AccountRecord Account, PartnerSpan? Partner, IReadOnlyList<ReceiptData> Receipts, IReadOnlyList<PartnerSpan> Spans, IReadOnlyList<ConsentFact> Consents,
    IReadOnlyList<RefusalFact> Refusals, IReadOnlyList<InvitationFact> Invitations, IReadOnlyList<CredentialFact> Credentials,
    IReadOnlyList<AuditRow> Audit, IReadOnlyDictionary<long, string> Names, IReadOnlyList<AccountMember> Members, bool IsOwn);

/// <summary>Puts together what the slices know of an account.</summary>
public sealed class SupportClientQueries(
    AccountSearchQueries search, AccountRecordQueries accounts, AttributionHistoryQueries attributions, HistorySourceQueries sources, AccessDiary diary)
{
    public async Task<ClientHits> SearchAsync(SearchQuery query, string? cursor, Actor actor, CancellationToken ct)
    {
        var hits = await search.SearchAsync(query, cursor, actor, ct);
        var partners = await attributions.LatestAsync([.. hits.Page.Items.Select(a => a.Id)], actor, ct);
        return new ClientHits([.. hits.Page.Items.Select(a => new ClientHit(a, partners.GetValueOrDefault(a.Id)))], hits.Page.Previous, hits.Page.Next, hits.Count);
    }

    /// <summary>The account reads in its diary that the actor looked.</summary>
    /// <returns>Null when there is no such account, or the actor is no staff.</returns>
    public async Task<ClientFile?> FileAsync(long accountId, Actor actor, CancellationToken ct)
    {
        if (await accounts.FindAsync(accountId, actor, ct) is not { } account)
        {
            return null;
        }

        await diary.NoteRecordAsync(accountId, actor, ct);
        var spans = await attributions.OfAsync(accountId, actor, ct);
        var audit = await sources.AuditAsync(accountId, actor, ct);
        return new ClientFile(
            account,
            spans.FirstOrDefault(s => s.EndedAt is null),
            await sources.ReceiptsAsync(accountId, actor, ct),
            spans,
            await attributions.ConsentsAsync(accountId, actor, ct),
            await attributions.RefusalsAsync(accountId, actor, ct),
            await sources.InvitationsAsync(account, actor, ct),
            await accounts.CredentialsAsync(accountId, actor, ct),
            audit,
            await search.NamesAsync(AuditWords.AccountsIn(audit), actor, ct),
            await accounts.MembersAsync(accountId, actor, ct),
            await accounts.IsOwnAsync(accountId, actor, ct));
    }
}

/// <summary>The parts of a history that come from slices of their own.</summary>
public sealed class HistorySourceQueries(ReceiptQueries receipts, InvitationHistoryQueries invitations, AuditQueries audit)
{
    /// <summary>The record shows so many entries; the rest is a link away.</summary>
    private const int AuditShown = 50;

    public Task<IReadOnlyList<ReceiptData>> ReceiptsAsync(long accountId, Actor actor, CancellationToken ct) =>
        receipts.OfClientAsync(accountId, ReceiptAudience.Support, actor, ct);

    public Task<IReadOnlyList<InvitationFact>> InvitationsAsync(AccountRecord account, Actor actor, CancellationToken ct) =>
        invitations.OfAsync(account.Id, account.Email, actor, ct);

    public async Task<IReadOnlyList<AuditRow>> AuditAsync(long accountId, Actor actor, CancellationToken ct) =>
        (await audit.FindAsync(AuditFilter.None with { AccountId = accountId }, null, AuditShown, actor, ct)).Items;
}
