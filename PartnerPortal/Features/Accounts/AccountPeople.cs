using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Accounts;

/// <summary>To whom an account's mail goes.</summary>
public static class AccountPeople
{
    /// <summary>
    /// The admins of the account with a confirmed address, each in its language. Empty for an account that nobody has claimed yet. Who is disabled may
    /// read none of it on pages, so nothing of it is mailed either.
    /// </summary>
    /// <param name="db">Is read.</param>
    /// <param name="accountId">Whose.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="about">What the mail tells of; without those who do not want such mail. Null for mail that everybody has to get.</param>
    public static Task<IReadOnlyList<MailRecipient>> AdminsAsync(PortalDbContext db, long accountId, CancellationToken ct, NotificationKind? about = null) =>
        ReadAsync(db, accountId, [MemberRole.Admin], about, ct);

    /// <summary>The same of those who see the account's money: admins and finance.</summary>
    public static Task<IReadOnlyList<MailRecipient>> WhoSeeMoneyAsync(PortalDbContext db, long accountId, CancellationToken ct, NotificationKind? about = null) =>
        ReadAsync(db, accountId, [MemberRole.Admin, MemberRole.Finance], about, ct);

    private static async Task<IReadOnlyList<MailRecipient>> ReadAsync(PortalDbContext db, long accountId, IReadOnlyCollection<MemberRole> roles, NotificationKind? about, CancellationToken ct) => await (
        from m in db.Members
        join u in about is { } kind ? NotificationWish.WhoWantMail(db, db.Users, kind) : db.Users on m.UserId equals u.Id
        where m.AccountId == accountId && roles.Contains(m.Role) && u.EmailConfirmed && u.DisabledAt == null
        orderby u.Id
        select new MailRecipient(u.Email!, u.FullName, u.Language)).ToListAsync(ct);
}
