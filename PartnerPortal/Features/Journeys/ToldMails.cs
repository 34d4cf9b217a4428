using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;

namespace PartnerPortal.Features.Journeys;

/// <summary>Mail that told a partner a client's name, while it was the partner's to know.</summary>
internal static class ToldMails
{
    private static readonly string[] Kinds = [MailKinds.ClientJoined, MailKinds.ClientReturned, MailKinds.ClientShared, MailKinds.AccessAnswered, MailKinds.AccessEnds];

    /// <summary>What is not sent yet never will be, and what was sent cannot be sent again: its text is erased. The client's own mail stays.</summary>
    public static async Task TakeBackAsync(PortalTransaction work, long clientId, CancellationToken ct)
    {
        var own = await (from m in work.Db.Members join u in work.Db.Users on m.UserId equals u.Id where m.AccountId == clientId select u.Email).ToListAsync(ct);
        var told = await work.Db.OutboxMessages.Where(m => m.AccountId == clientId && Kinds.Contains(m.Kind) && m.Text != "" && !own.Contains(m.ToAddress)).ToListAsync(ct);
        foreach (var message in told)
        {
            message.Cancel();
            message.Erase();
        }
    }
}
