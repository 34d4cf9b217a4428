namespace PartnerPortal.Features.Audit;

/// <summary>The stable names of what can be done. Support filters by them; each has a sentence in AuditText under the same key.</summary>
public static class AuditActions
{
    public const string UserRegistered = "user.registered";
    public const string UserConfirmed = "user.confirmed";
    public const string UserSignedInFirst = "user.signed-in-first";
    public const string UserChanged = "user.changed";
    public const string UserPasswordChanged = "user.password-changed";
    public const string UserEmailChanged = "user.email-changed";
    public const string UserTwoFactorChanged = "user.two-factor-changed";
    public const string UserLoginConnected = "user.login-connected";
    public const string UserLoginDisconnected = "user.login-disconnected";
    public const string UserSessionEnded = "user.session-ended";
    public const string UserLockedOut = "user.locked-out";
    public const string UserDeleted = "user.deleted";
    public const string CredentialIssued = "credential.issued";
    public const string CredentialUsed = "credential.used";
    public const string StaffRoleGranted = "staff.role-granted";
    public const string StaffRoleRevoked = "staff.role-revoked";
    public const string AccountCreated = "account.created";
    public const string AccountChanged = "account.changed";
    public const string AccountLapsed = "account.lapsed";
    public const string AccountClosed = "account.closed";
    public const string MemberInvited = "member.invited";
    public const string MemberInvitationWithdrawn = "member.invitation-withdrawn";
    public const string MemberJoined = "member.joined";
    public const string MemberRoleChanged = "member.role-changed";
    public const string MemberRemoved = "member.removed";
    public const string PartnerApplied = "partner.applied";
    public const string PartnerApproved = "partner.approved";
    public const string PartnerRejected = "partner.rejected";
    public const string PartnerCreated = "partner.created";
    public const string PartnerSuspended = "partner.suspended";
    public const string PartnerReinstated = "partner.reinstated";
    public const string PartnerChanged = "partner.changed";
    public const string PartnerGroupCreated = "partner-group.created";
    public const string ReferrerStarted = "partner.referrer-started";
    public const string ProgramChanged = "program.changed";
    public const string InvitationCreated = "invitation.created";
    public const string InvitationFollowed = "invitation.followed";
    public const string InvitationWithdrawn = "invitation.withdrawn";
    public const string InvitationLapsed = "invitation.lapsed";
    public const string AttributionOpened = "attribution.opened";
    public const string AttributionEnded = "attribution.ended";
    public const string AttributionReassigned = "attribution.reassigned";
    public const string ConsentGiven = "consent.given";
    public const string ConsentWithdrawn = "consent.withdrawn";
    public const string JoinRefused = "join.refused";
    public const string ClientChanged = "client.changed";
    public const string ClientExported = "client.exported";
    public const string MailRetried = "mail.retried";
    public const string MailSentAgain = "mail.sent-again";
    public const string RetentionRun = "retention.run";
    public const string DemoSeeded = "demo.seeded";

    /// <summary>Every action, for the filter.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(AuditActions).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal)];
}
