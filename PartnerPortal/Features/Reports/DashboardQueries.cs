using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Reports;

/// <summary>What a partner sees first.</summary>
/// <param name="Code">Its referral code.</param>
/// <param name="Clients">Lines of its list by status; statuses without any are left out.</param>
/// <param name="Visits">Of its link, in the last <see cref="DashboardQueries.Days"/> days.</param>
/// <param name="Through">Clients that came through the link in the same days, and how many of them are active now.</param>
/// <param name="Buyers">How many of them have bought something.</param>
/// <param name="Unanswered">Invitations that wait longer than <see cref="InvitationQueries.Patience"/>.</param>
/// <param name="Lapsed">Invitations that lapsed in the last <see cref="DashboardQueries.Days"/> days.</param>
/// <param name="News">What happened last, newest first.</param>
public sealed record DashboardView(
    string Code, IReadOnlyDictionary<ClientStatus, int> Clients, VisitSummary Visits, (int Clients, int Active) Through, int Buyers, int Unanswered, int Lapsed, IReadOnlyList<ClientNews> News)
{
    public int Of(ClientStatus status) => Clients.GetValueOrDefault(status);

    /// <summary>Nobody was invited or came yet.</summary>
    public bool IsNew => Clients.Count == 0;
}

/// <summary>Puts the dashboard together from what the slices tell; each of them looks only at the actor's own.</summary>
public sealed class DashboardQueries(AccountQueries accounts, ClientSummaryQueries clients, InvitationQueries invitations, VisitQueries visits, FirstPurchaseQueries purchases)
{
    public const int Days = 30;

    private const int NewsCount = 10;
    private const int SourceCount = 20;

    /// <param name="since">UTC: when the first of the last <see cref="Days"/> days began for the reader.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when the actor works in no account.</returns>
    public async Task<DashboardView?> ViewAsync(DateTime since, Actor actor, CancellationToken ct)
    {
        if (await accounts.OwnAsync(actor, ct) is not { } own)
        {
            return null;
        }

        return new DashboardView(
            own.Code,
            await clients.CountsAsync(actor, ct),
            await visits.LastDaysAsync(Days, SourceCount, actor, ct),
            await clients.ThroughLinkAsync(since, actor, ct),
            await purchases.ThroughLinkAsync(since, actor, ct),
            await invitations.UnansweredAsync(actor, ct),
            await invitations.LapsedAsync(Days, actor, ct),
            await clients.LatestAsync(NewsCount, actor, ct));
    }
}
