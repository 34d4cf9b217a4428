using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys.MailReports;

/// <summary>Mails of invitations that the mail server refused for good, or that were given up after days of trying, did not arrive.</summary>
public sealed class NoteGivenUpMail(PortalDb portal)
{
    private const int AtOnce = 200;

    /// <returns>How many.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        List<long> ids;
        await using (var db = await portal.ReadAsync(ct))
        {
            ids = await (
                from m in db.OutboxMessages
                join i in db.Invitations on m.CauseId equals (long?)i.Id
                where m.State == OutboxState.Failed && i.State == InvitationState.Sent && i.BouncedAt == null && !db.OutboxMessages.Any(x => x.CauseId == i.Id && x.Id > m.Id)
                orderby m.Id
                select i.Id).Take(AtOnce).ToListAsync(ct);
        }

        var noted = 0;
        foreach (var id in ids)
        {
            noted += (await InvitationMailState.NoteAsync(portal, id, null, bounced: true, Actor.System, ct)).Ok ? 1 : 0;
        }

        return noted;
    }
}
