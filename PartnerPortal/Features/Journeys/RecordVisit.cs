using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys;

/// <summary>A person opened a partner's link: counts the visit, and notes it with the invitation whose link it was.</summary>
public sealed class RecordVisit(VisitRecorder visits, FollowInvitation follow, ILogger<RecordVisit> logger)
{
    /// <param name="partner">Whose link it is.</param>
    /// <param name="source">Normalised; null when the link had none.</param>
    /// <param name="invitationToken">Null when the link had none.</param>
    /// <param name="actor">Usually a visitor.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ExecuteAsync(ReferralPartner partner, string? source, string? invitationToken, Actor actor, CancellationToken ct)
    {
        // A database that cannot take the count cannot take the rest either; the visitor goes on, and a later click is noted.
        if (!await visits.RecordAsync(partner.AccountId, source, ct) || invitationToken is null)
        {
            return;
        }

        try
        {
            await follow.ExecuteAsync(invitationToken, partner.AccountId, actor, ct);
        }
        catch (Exception error) when (error is DbException or DbUpdateException)
        {
            logger.LogWarning(error, "An invitation of account {PartnerId} was followed and could not be marked", partner.AccountId);
        }
    }
}
