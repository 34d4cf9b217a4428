using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Accounts;

/// <summary>To whom an account's mail goes.</summary>
public static class AccountPeople
{
    /// <summary>The admins of the account with a confirmed address, each in its language. Empty for an account that nobody has claimed yet.</summary>
    public static async Task<IReadOnlyList<MailRecipient>> AdminsAsync(PortalDbContext db, long accountId, CancellationToken ct) => await (
        from m in db.Members
        join u in db.Users on m.UserId equals u.Id
        where m.AccountId == accountId && m.Role == MemberRole.Admin && u.EmailConfirmed
        orderby u.Id
        select new MailRecipient(u.Email!, u.FullName, u.Language)).ToListAsync(ct);
}
