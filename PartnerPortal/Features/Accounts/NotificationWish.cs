using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Accounts;

/// <summary>When somebody wants mail about a kind.</summary>
public enum MailWish
{
    AtOnce,

    /// <summary>In the one mail of the day.</summary>
    Daily,
    Never,
}

/// <summary>How somebody wants to be told of a kind; kept as a <see cref="UserPreference"/>.</summary>
/// <param name="InPortal">By the bell.</param>
/// <param name="Mail">Says nothing where mail is always sent.</param>
public sealed record NotificationWish(bool InPortal, MailWish Mail)
{
    /// <summary>Of the keys of all kinds.</summary>
    public const string Keys = "notify.";

    /// <summary>The key of the daily mail as a whole: <see cref="PreferenceKeys.Off"/> when it was stopped by its link.</summary>
    public const string DigestKey = Keys + "digest";

    /// <summary>The key of the time zone, an IANA name, in whose morning the daily mail comes.</summary>
    public const string ZoneKey = Keys + "zone";

    private const string AtOnceEnd = "," + nameof(MailWish.AtOnce);

    public static string KeyOf(NotificationKind kind) => Keys + kind;

    /// <summary>Quiet: money as it comes and goes, and a No, are only for who asks to be told. Mail goes where the portal has always mailed.</summary>
    public static NotificationWish DefaultOf(NotificationKind kind) => new(
        kind is not (NotificationKind.Purchase or NotificationKind.Refund or NotificationKind.CommissionAvailable or NotificationKind.PayoutPaid or NotificationKind.ClientRefused),
        NotificationKinds.MailOf(kind) is NotificationMail.Brief ? MailWish.Never : MailWish.AtOnce);

    /// <summary>What was kept; the default when nothing was, or nothing that is known any more.</summary>
    public static NotificationWish Read(NotificationKind kind, string? kept) =>
        kept?.Split(',') is [("yes" or "no") and var portal, var mail] && Enum.TryParse<MailWish>(mail, out var wish) && Enum.IsDefined(wish) ? new NotificationWish(portal is "yes", wish) : DefaultOf(kind);

    public string Write() => $"{(InPortal ? "yes" : "no")},{Mail}";

    /// <summary>Leaves out who does not want mail about a kind at once. For kinds with a mail of their own, which is sent unless somebody chose otherwise.</summary>
    internal static IQueryable<PortalUser> WhoWantMail(PortalDbContext db, IQueryable<PortalUser> users, NotificationKind kind)
    {
        var key = KeyOf(kind);
        return users.Where(u => !db.UserPreferences.Any(p => p.UserId == u.Id && p.Key == key && !p.Value.EndsWith(AtOnceEnd)));
    }
}
