using PartnerPortal.Identity;

namespace PartnerPortal.Features.Accounts;

/// <summary>What people are told of, in the portal and by mail. The names are stored.</summary>
public enum NotificationKind
{
    ClientJoined,
    ClientRefused,
    ClientLeft,

    /// <summary>Staff made a client this partner's, or another's.</summary>
    ClientMoved,
    InvitationBounced,
    Purchase,
    Refund,
    CommissionAvailable,
    PayoutPaid,
    PayoutFailed,

    /// <summary>Staff approved, rejected, suspended, reinstated or closed the account as a partner.</summary>
    PartnerStanding,

    /// <summary>A client answered a request for access, or ended what it had allowed.</summary>
    AccessAnswered,
    ClaimAsked,
    ClaimDecided,

    /// <summary>A client's own: staff made it another partner's.</summary>
    PartnerChanged,

    /// <summary>A client's own: somebody asks for access to its account.</summary>
    AccessAsked,

    /// <summary>Staff's: somebody wants to be a partner.</summary>
    Application,

    /// <summary>Staff's: a claim was filed, or answered.</summary>
    ClaimWaits,

    /// <summary>Staff's.</summary>
    FlagRaised,

    /// <summary>Staff's: a payout waits to be approved.</summary>
    PayoutWaits,

    /// <summary>What an automation of the program's owner says.</summary>
    Message,
}

/// <summary>Who reads a kind.</summary>
public enum NotificationAudience
{
    /// <summary>Of an account: who manages its clients.</summary>
    Sellers,

    /// <summary>Of an account: who sees its money.</summary>
    Money,

    /// <summary>Of an account.</summary>
    Admins,
    Staff,
}

/// <summary>Facts about the kinds.</summary>
public static class NotificationKinds
{
    public static IReadOnlyList<NotificationKind> All { get; } = Enum.GetValues<NotificationKind>();

    public static NotificationAudience AudienceOf(NotificationKind kind) => kind switch
    {
        NotificationKind.ClientJoined or NotificationKind.ClientRefused or NotificationKind.ClientLeft or NotificationKind.ClientMoved or NotificationKind.InvitationBounced
            or NotificationKind.AccessAnswered or NotificationKind.ClaimAsked or NotificationKind.ClaimDecided or NotificationKind.Message => NotificationAudience.Sellers,
        NotificationKind.Purchase or NotificationKind.Refund or NotificationKind.CommissionAvailable or NotificationKind.PayoutPaid or NotificationKind.PayoutFailed => NotificationAudience.Money,
        NotificationKind.PartnerStanding or NotificationKind.PartnerChanged or NotificationKind.AccessAsked => NotificationAudience.Admins,
        NotificationKind.Application or NotificationKind.ClaimWaits or NotificationKind.FlagRaised or NotificationKind.PayoutWaits => NotificationAudience.Staff,
    };

    /// <summary>A member with that part in an account reads what is for that audience.</summary>
    public static bool Reads(MemberRole? role, NotificationAudience audience) => audience switch
    {
        NotificationAudience.Sellers => role is MemberRole.Admin or MemberRole.Seller,
        NotificationAudience.Money => role is MemberRole.Admin or MemberRole.Finance,
        NotificationAudience.Admins => role is MemberRole.Admin,
        NotificationAudience.Staff => false,
    };

    /// <summary>How mail about a kind is written.</summary>
    public static NotificationMail MailOf(NotificationKind kind) => kind switch
    {
        NotificationKind.PartnerStanding or NotificationKind.AccessAnswered or NotificationKind.ClaimAsked or NotificationKind.ClaimDecided or NotificationKind.PartnerChanged or NotificationKind.AccessAsked
            => NotificationMail.Always,
        NotificationKind.ClientJoined or NotificationKind.ClientLeft or NotificationKind.ClientMoved or NotificationKind.PayoutPaid or NotificationKind.PayoutFailed or NotificationKind.Application
            => NotificationMail.Own,
        _ => NotificationMail.Brief,
    };
}

/// <summary>How mail about a kind is written.</summary>
public enum NotificationMail
{
    /// <summary>What happened is mailed whatever one wants, by what makes it happen: somebody has to know of it.</summary>
    Always,

    /// <summary>By what makes it happen, in a mail of its own, to those who want it.</summary>
    Own,

    /// <summary>With the line that stands in the portal, to those who want it.</summary>
    Brief,
}
