namespace PartnerPortal.Email;

/// <summary>The kinds of mail the portal sends; support filters by them.</summary>
public static class MailKinds
{
    public const string ConfirmEmail = "confirm-email";
    public const string ConfirmNewEmail = "confirm-new-email";
    public const string AlreadyRegistered = "already-registered";
    public const string ResetPassword = "reset-password";
    public const string SecurityNotice = "security-notice";
    public const string AccountReady = "account-ready";
    public const string JoinRequest = "join-request";
    public const string Invitation = "invitation";
    public const string MadeInProduct = "made-in-product";
    public const string ClientJoined = "client-joined";
    public const string ClientLeft = "client-left";
    public const string ClientReturned = "client-returned";
    public const string ClientShared = "client-shared";
    public const string ClientReassigned = "client-reassigned";
    public const string SponsorChanged = "sponsor-changed";
    public const string PartnerConfirmed = "partner-confirmed";
    public const string PartnerLeft = "partner-left";
    public const string PartnerApplication = "partner-application";
    public const string PartnerDecision = "partner-decision";
    public const string AgreementChanged = "agreement-changed";
    public const string PayoutRequested = "payout-requested";
    public const string PayoutPaid = "payout-paid";
    public const string PayoutFailed = "payout-failed";
    public const string OrderPlaced = "order-placed";
    public const string OrderPaid = "order-paid";
    public const string AccessAsked = "access-asked";
    public const string AccessAnswered = "access-answered";
    public const string AccessEnds = "access-ends";
    public const string AccessEnded = "access-ended";
    public const string ClaimFiled = "claim-filed";
    public const string ClaimAsked = "claim-asked";
    public const string ClaimReminder = "claim-reminder";
    public const string ClaimAnswered = "claim-answered";
    public const string ClaimWithdrawn = "claim-withdrawn";
    public const string ClaimDecided = "claim-decided";
    public const string CommissionReview = "commission-review";
    public const string WebhookPaused = "webhook-paused";
    public const string Notification = "notification";
    public const string Digest = "digest";
    public const string Automation = "automation";
    public const string TeamInvitation = "team-invitation";

    /// <summary>Every kind, for the filter.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(MailKinds).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal)];
}
