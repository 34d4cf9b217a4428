using PartnerPortal.Data;

namespace PartnerPortal.Features.Audit;

/// <summary>
/// The signals that somebody's access changed: a role, a membership, a partner's state, or what a sign-in rests on. Open pages listen, see <c>AccessWatch</c>, so that
/// the change bites there too and not only at the next click.
/// </summary>
public static class AccessSignals
{
    private static readonly HashSet<string> Actions =
    [
        AuditActions.UserPasswordChanged, AuditActions.UserEmailChanged, AuditActions.UserTwoFactorChanged, AuditActions.UserLoginDisconnected, AuditActions.UserSessionEnded, AuditActions.UserDisabled, AuditActions.UserDeleted,
        AuditActions.StaffRoleGranted, AuditActions.StaffRoleRevoked, AuditActions.MemberRoleChanged, AuditActions.MemberRemoved, AuditActions.AccountClosed,
        AuditActions.PartnerApproved, AuditActions.PartnerSuspended, AuditActions.PartnerClosed, AuditActions.PartnerReinstated,
        AuditActions.AccessApproved, AuditActions.AccessRevoked, AuditActions.AccessGivenUp, AuditActions.AccessEnded, AuditActions.AccessStopped,
    ];

    public static string OfUser(long userId) => FormattableString.Invariant($"access-user:{userId}");

    public static string OfAccount(long accountId) => FormattableString.Invariant($"access-account:{accountId}");

    /// <summary>Signals, once it is committed, a change that concerns access; others it leaves alone.</summary>
    internal static void SignalAccess(this PortalTransaction work, string action, (string Kind, long? Id) subject, long? accountId)
    {
        if (!Actions.Contains(action))
        {
            return;
        }

        if (subject is ("user", { } userId))
        {
            work.Signal(OfUser(userId));
        }
        else if (accountId is { } account)
        {
            work.Signal(OfAccount(account));
        }
    }
}
