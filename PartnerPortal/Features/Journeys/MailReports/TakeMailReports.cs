using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys.MailReports;

/// <summary>
/// What a mail provider tells of mail that left. Of mail that is no invitation's, and of what a newer mail has overtaken, nothing is noted; who complains is not invited again by that partner.
/// </summary>
public sealed class TakeMailReports(PortalDb portal, StopInvitations stop)
{
    /// <returns>How many reports changed something.</returns>
    public async Task<int> ExecuteAsync(IReadOnlyList<MailReport> reports, CancellationToken ct)
    {
        var changed = 0;
        foreach (var report in reports)
        {
            changed += await TakeAsync(report, ct) ? 1 : 0;
        }

        return changed;
    }

    private async Task<bool> TakeAsync(MailReport report, CancellationToken ct)
    {
        var id = LocalPart(report.MessageId);
        await using var db = await portal.ReadAsync(ct);
        var found = await (
            from m in db.OutboxMessages
            join i in db.Invitations on m.CauseId equals (long?)i.Id
            where m.MessageId == id
            select new { i.Id, i.Token, IsLatest = !db.OutboxMessages.Any(x => x.CauseId == i.Id && x.Id > m.Id) }).FirstOrDefaultAsync(ct);
        return (found, report.Outcome) switch
        {
            (null, _) => false,
            (_, MailOutcome.Complained) => (await stop.ExecuteAsync(found.Token, stop: true, ct)).Ok,
            ({ IsLatest: false }, _) => false,
            _ => (await InvitationMailState.NoteAsync(portal, found.Id, null, report.Outcome is MailOutcome.Bounced, Actor.System, ct)).Ok,
        };
    }

    private static string LocalPart(string messageId)
    {
        var id = messageId.Trim().Trim('<', '>');
        return id.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? id[..at] : id;
    }
}
