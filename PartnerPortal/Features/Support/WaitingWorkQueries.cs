using PartnerPortal.Email;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Flags;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Features.Tasks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <param name="Kind">Ends the key of its words.</param>
/// <param name="Count">How many wait.</param>
/// <param name="Href">Where it is done.</param>
public sealed record WaitingWork(string Kind, int Count, string Href);

/// <summary>What waits for staff, on each of its desks.</summary>
public sealed class WaitingWorkQueries(PartnerAdminQueries partners, ClaimDeskQueries claims, PayoutDeskQueries payouts, OtherWaitingQueries others)
{
    public async Task<IReadOnlyList<WaitingWork>> ListAsync(Actor actor, CancellationToken ct) =>
    [
        new("Claims", (await claims.CountsAsync(actor, ct)).GetValueOrDefault(ClaimQueue.Ready), PortalUrls.SupportClaims),
        new("Partners", (await partners.CountsAsync(actor, ct)).GetValueOrDefault(PartnerTab.Applied), PortalUrls.WithQuery(PortalUrls.SupportPartners, ("tab", "applied"))),
        new("Payouts", (await payouts.CountsAsync(actor, ct)).GetValueOrDefault(PayoutState.Requested), PortalUrls.SupportPayouts),
        .. await others.ListAsync(actor, ct),
    ];
}

/// <summary>The same of what no partner or client waits for.</summary>
public sealed class OtherWaitingQueries(FlagDeskQueries flags, WaitingPaymentQueries payments, MailLogQueries mail, TaskQueries tasks, TimeProvider clock)
{
    public async Task<IReadOnlyList<WaitingWork>> ListAsync(Actor actor, CancellationToken ct) =>
    [
        new("Tasks", (await tasks.CountAsync(forStaff: true, clock.GetUtcNow().UtcDateTime, actor, ct)).Open, PortalUrls.SupportTasks),
        new("Flags", (await flags.CountsAsync(actor, ct)).GetValueOrDefault(FlagState.Open), PortalUrls.SupportFlags),
        new("Payments", (await payments.ListAsync(actor, ct)).Count, PortalUrls.WaitingPayments),
        new("Mail", (await mail.CountAsync(new MailFilter(), actor, ct)).GetValueOrDefault(OutboxState.Failed), PortalUrls.WithQuery(PortalUrls.SupportMail, ("state", "failed"))),
    ];
}
