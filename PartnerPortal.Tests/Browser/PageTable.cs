using PartnerPortal.Tests.Access;

namespace PartnerPortal.Tests.Browser;

/// <summary>A page to look at, and as whom.</summary>
/// <param name="Address">As in <see cref="AccessTable"/>, with the query.</param>
/// <param name="Walkers">Each sees it differently.</param>
public sealed record PageRow(string Address, params Walker[] Walkers);

/// <summary>Every page that people look at. One that the portal lacks fails the test over it.</summary>
public static class PageTable
{
    public static readonly IReadOnlyList<PageRow> Rows =
    [
        new("/", Walker.Nobody),
        new("/join?code=KM7QX4WT", Walker.Nobody),
        new("/join/{code}", Walker.Nobody, Walker.Wrong, Walker.Client),
        new("/register?code={code}", Walker.Nobody),
        new("/partners/apply", Walker.Nobody, Walker.Client),
        new("/team/join/{token}", Walker.Nobody, Walker.Wrong),
        new("/plans", Walker.Nobody, Walker.Client),
        new("/not-found", Walker.Nobody),
        new("/error", Walker.Nobody),
        new("/Identity/Account/Login", Walker.Nobody),
        new("/Identity/Account/Register", Walker.Nobody),
        new("/Identity/Account/ForgotPassword", Walker.Nobody),
        new("/Identity/Account/ForgotPasswordConfirmation", Walker.Nobody),
        new("/Identity/Account/RegisterConfirmation", Walker.Nobody),
        new("/Identity/Account/ResendEmailConfirmation", Walker.Nobody),
        new("/Identity/Account/ResetPassword?userId=1&code=x", Walker.Nobody),
        new("/Identity/Account/ResetPasswordConfirmation", Walker.Nobody),
        new("/Identity/Account/ConfirmEmail?userId=1&code=x", Walker.Nobody),
        new("/Identity/Account/ConfirmEmailChange?userId=1&code=x&email=x@x.test", Walker.Nobody),
        new("/Identity/Account/Start/{start}", Walker.Nobody),
        new("/Identity/Account/Closed", Walker.Nobody),
        new("/Identity/Account/Lockout", Walker.Nobody),
        new("/Identity/Account/Disabled", Walker.Nobody),
        new("/Identity/Account/Logout", Walker.Client),
        new("/Identity/Account/AccessDenied", Walker.Client),
        new("/Identity/Account/Manage", Walker.Client),
        new("/Identity/Account/Manage/Email", Walker.Client),
        new("/Identity/Account/Manage/ChangePassword", Walker.Client),
        new("/Identity/Account/Manage/TwoFactorAuthentication", Walker.Client),
        new("/Identity/Account/Manage/EnableAuthenticator", Walker.Client),
        new("/Identity/Account/Manage/PersonalData", Walker.Client),
        new("/Identity/Account/Manage/Sessions", Walker.Client),
        new("/Identity/Account/Manage/DeletePersonalData", Walker.Client),
        new("/Identity/Account/Manage/ResetAuthenticator", Walker.Client),

        new("/dashboard", Walker.Right, Walker.Wrong),
        new("/clients", Walker.Right, Walker.Wrong, Walker.Finance),
        new("/clients/new", Walker.Right),
        new("/clients/{record}", Walker.Right, Walker.Finance),
        new("/invitations", Walker.Right, Walker.Wrong),
        new("/claims", Walker.Right, Walker.Wrong),
        new("/claims?of=others", Walker.Right),
        new("/claims/new", Walker.Right),
        new("/claims/{claim}", Walker.Right),
        new("/wallet", Walker.Right, Walker.Wrong, Walker.Finance),
        new("/payouts", Walker.Right),
        new("/team", Walker.Right, Walker.Finance),
        new("/profile", Walker.Right, Walker.Client),
        new("/my-partner", Walker.Client, Walker.Wrong),
        new("/receipts/{receipt}", Walker.Client, Walker.Right, Walker.Support),
        new("/access", Walker.Client, Walker.Wrong),
        new("/acting", Walker.Wrong),
        new("/purchases", Walker.Client, Walker.Wrong),
        new("/purchases/new?plan=team", Walker.Client),
        new("/purchases/new?plan=gone", Walker.Client),
        new("/purchases/invoices/{invoice}", Walker.Client, Walker.Support),

        new("/support", Walker.Support),
        new("/support/clients", Walker.Support),
        new("/support/clients/{client}", Walker.Support),
        new("/support/partners", Walker.Support),
        new("/support/partners/{partner}", Walker.Support),
        new("/support/claims", Walker.Support),
        new("/support/claims/{claim}", Walker.Support),
        new("/support/payouts?state=exported", Walker.Support),
        new("/support/reassign", Walker.Support),
        new("/support/reassign/{reassignment}", Walker.Support),
        new("/support/purchases", Walker.Support),
        new("/support/purchases/new", Walker.Support),
        new("/support/purchases/import", Walker.Support),
        new("/support/purchases/waiting", Walker.Support),
        new("/support/purchases/{bought}", Walker.Support),
        new("/support/mail", Walker.Support),
        new("/support/mail/{message}", Walker.Support),
        new("/support/mail/{message}/preview", Walker.Support),
        new("/support/audit", Walker.Support),
        new("/support/orders", Walker.Support),
        new("/admin/program", Walker.Owner),
        new("/admin/staff", Walker.Owner),
        new("/admin/plans", Walker.Owner),
        new("/admin/plans?plan=new", Walker.Owner),
        new("/admin/commission-plans", Walker.Owner),
        new("/admin/commission-plans?plan=new", Walker.Owner),
        new("/admin/payouts", Walker.Owner),
        new("/admin/system", Walker.Owner),
    ];

    /// <summary>Pages that the walk cannot look at, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotLookedAt = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/setup"] = "leads on once there is an owner",
        ["/{}"] = "catches what is not there; /not-found is looked at",
        ["/Identity/Error"] = "leads to /error",
        ["/Identity/Account/ExternalLogin"] = "leads on",
        ["/Identity/Account/LoginWith2fa"] = "leads to the sign-in unless the password was right just before",
        ["/Identity/Account/LoginWithRecoveryCode"] = "leads to the sign-in unless the password was right just before",
        ["/Identity/Account/Manage/Index"] = "another address of /Identity/Account/Manage",
        ["/Identity/Account/Manage/ExternalLogins"] = "leads on",
        ["/Identity/Account/Manage/SetPassword"] = "leads on for who has a password",
        ["/Identity/Account/Manage/Disable2fa"] = "leads on without a second factor",
        ["/Identity/Account/Manage/GenerateRecoveryCodes"] = "leads on without a second factor",
        ["/Identity/Account/Manage/ShowRecoveryCodes"] = "leads on unless codes were just made",
        ["/Identity/Account/Manage/DownloadPersonalData"] = "a file",
    };
}
