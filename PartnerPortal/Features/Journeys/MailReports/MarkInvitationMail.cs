using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.MailReports;

/// <summary>A partner knows that a mail did not arrive, or that it did after all.</summary>
public sealed class MarkInvitationMail(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long invitationId, bool bounced, Actor actor, CancellationToken ct) => actor is { AccountId: { } partnerId, IsPartner: true, MaySell: true }
        ? await InvitationMailState.NoteAsync(portal, invitationId, partnerId, bounced, actor, ct)
        : new NotAllowed();
}
