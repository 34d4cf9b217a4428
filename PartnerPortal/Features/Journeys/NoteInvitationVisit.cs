using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys;

/// <summary>A person opened an invitation's link: notes it with the invitation. That it cannot be noted keeps nobody from going on.</summary>
public sealed class NoteInvitationVisit(FollowInvitation follow, ILogger<NoteInvitationVisit> logger)
{
    /// <param name="token">The invitation's.</param>
    /// <param name="partnerId">Whose link it is.</param>
    /// <param name="actor">Usually a visitor.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ExecuteAsync(string token, long partnerId, Actor actor, CancellationToken ct)
    {
        try
        {
            await follow.ExecuteAsync(token, partnerId, actor, ct);
        }
        catch (Exception error) when (error is DbException or DbUpdateException)
        {
            logger.LogWarning(error, "An invitation of account {PartnerId} was followed and could not be marked", partnerId);
        }
    }
}
