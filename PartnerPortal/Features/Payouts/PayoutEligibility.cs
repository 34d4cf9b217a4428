using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Partners;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>Why money cannot go out now; each has a sentence in PayoutsText under "Obstacle".</summary>
public enum PayoutObstacle
{
    /// <summary>More was taken back than earned since; later earnings fill it.</summary>
    Negative,
    NothingAvailable,
    BelowMinimum,
    OpenAlready,
    Suspended,
    NoPayee,

    /// <summary>The version of its terms that is in force waits for its Yes.</summary>
    TermsNotAccepted,
}

/// <param name="Obstacle">The first one found.</param>
/// <param name="Amount">What the sentence names, in minor units: the minimum, or what is missing below zero.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record PayoutRefused(PayoutObstacle Obstacle, long Amount, string Currency) : Error;

/// <summary>The one place that says whether an account may have a wallet's money paid out now, and why not. Pages, requests and the monthly run all ask here.</summary>
public static class PayoutEligibility
{
    /// <param name="db">Read in the transaction of the request, where there is one.</param>
    /// <param name="accountId">The partner's.</param>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="available">What its wallet holds; minor units.</param>
    /// <param name="settings">The program's.</param>
    /// <param name="now">UTC.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when it may.</returns>
    public static async Task<PayoutRefused?> WhyNotAsync(PortalDbContext db, long accountId, string currency, long available, PayoutSettings settings, DateTime now, CancellationToken ct)
    {
        if (Amount(currency, available, settings) is { } tooLittle)
        {
            return tooLittle;
        }

        if (await db.Payouts.AnyAsync(p => p.AccountId == accountId && p.Currency == currency && (p.State == PayoutState.Requested || p.State == PayoutState.Approved || p.State == PayoutState.Exported), ct))
        {
            return new PayoutRefused(PayoutObstacle.OpenAlready, available, currency);
        }

        // Who was closed is paid what it earned.
        if (!await db.Partners.AnyAsync(p => p.AccountId == accountId && (p.State == PartnerState.Active || p.State == PartnerState.Closed), ct))
        {
            return new PayoutRefused(PayoutObstacle.Suspended, available, currency);
        }

        if ((await AgreementQueries.OfAsync(db, accountId, now, ct)).IsDue)
        {
            return new PayoutRefused(PayoutObstacle.TermsNotAccepted, available, currency);
        }

        return await db.Payees.AnyAsync(p => p.AccountId == accountId, ct) ? null : new PayoutRefused(PayoutObstacle.NoPayee, available, currency);
    }

    /// <summary>Whether the amount alone is enough.</summary>
    internal static PayoutRefused? Amount(string currency, long available, PayoutSettings settings) => available switch
    {
        < 0 => new PayoutRefused(PayoutObstacle.Negative, -available, currency),
        0 => new PayoutRefused(PayoutObstacle.NothingAvailable, 0, currency),
        _ when settings.Minimums.GetValueOrDefault(currency) is var least && available < least => new PayoutRefused(PayoutObstacle.BelowMinimum, least, currency),
        _ => null,
    };
}
