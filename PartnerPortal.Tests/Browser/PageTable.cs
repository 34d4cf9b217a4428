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
        new("/join/{code}", Walker.Nobody, Walker.Wrong, Walker.Client),
        new("/register?code={code}", Walker.Nobody),
        new("/partners/apply", Walker.Nobody, Walker.Client),
        new("/team/join/{token}", Walker.Nobody, Walker.Wrong),
        new("/not-found", Walker.Nobody),
        new("/error", Walker.Nobody),
        new("/Identity/Account/Login", Walker.Nobody),
        new("/Identity/Account/Register", Walker.Nobody),
        new("/Identity/Account/ForgotPassword", Walker.Nobody),
        new("/Identity/Account/AccessDenied", Walker.Client),
        new("/Identity/Account/Manage", Walker.Client),
        new("/Identity/Account/Manage/Email", Walker.Client),
        new("/Identity/Account/Manage/ChangePassword", Walker.Client),
        new("/Identity/Account/Manage/TwoFactorAuthentication", Walker.Client),
        new("/Identity/Account/Manage/EnableAuthenticator", Walker.Client),
        new("/Identity/Account/Manage/PersonalData", Walker.Client),

        new("/dashboard", Walker.Right, Walker.Wrong),
        new("/clients", Walker.Right, Walker.Wrong, Walker.Finance),
        new("/clients/new", Walker.Right),
        new("/clients/{record}", Walker.Right, Walker.Finance),
        new("/invitations", Walker.Right, Walker.Wrong),
        new("/team", Walker.Right, Walker.Finance),
        new("/profile", Walker.Right, Walker.Client),
        new("/my-partner", Walker.Client, Walker.Wrong),

        new("/support", Walker.Support),
        new("/support/clients", Walker.Support),
        new("/support/clients/{client}", Walker.Support),
        new("/support/partners", Walker.Support),
        new("/support/partners/{partner}", Walker.Support),
        new("/support/mail", Walker.Support),
        new("/support/mail/{message}", Walker.Support),
        new("/support/audit", Walker.Support),
        new("/admin/program", Walker.Owner),
        new("/admin/staff", Walker.Owner),
    ];
}
