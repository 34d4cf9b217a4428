using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>Every address of the portal, as a path from its root. People bookmark them and other systems call them: they do not change.</summary>
public static class PortalUrls
{
    public const string Landing = "/";
    public const string Dashboard = "/dashboard";
    public const string Clients = "/clients";
    public const string NewClient = "/clients/new";
    public const string ClientsCsv = "/clients/export.csv";
    public const string Invitations = "/invitations";
    public const string Team = "/team";
    public const string Profile = "/profile";
    public const string MyPartner = "/my-partner";
    public const string Apply = "/partners/apply";
    public const string Register = "/register";

    /// <summary>Takes a typed code (<c>?code=</c>) to its join page.</summary>
    public const string EnterCode = "/join";


    public const string Support = "/support";
    public const string SupportClients = "/support/clients";
    public const string SupportPartners = "/support/partners";
    public const string SupportMail = "/support/mail";
    public const string SupportAudit = "/support/audit";

    public const string AdminProgram = "/admin/program";
    public const string AdminStaff = "/admin/staff";

    public const string SignIn = "/Identity/Account/Login";
    public const string SignOut = "/Identity/Account/Logout";
    public const string RegisterAccount = "/Identity/Account/Register";
    public const string AccessDenied = "/Identity/Account/AccessDenied";
    public const string Manage = "/Identity/Account/Manage";
    public const string ConfirmEmail = "/Identity/Account/ConfirmEmail";
    public const string ConfirmEmailChange = "/Identity/Account/ConfirmEmailChange";
    public const string ForgotPassword = "/Identity/Account/ForgotPassword";
    public const string ResetPassword = "/Identity/Account/ResetPassword";

    /// <summary>Says whether a code exists; the pattern of <see cref="ReferralCodeCheck(string)"/>.</summary>
    public const string ReferralCodeCheckPattern = "/api/referral-codes/{code}";

    public const string Culture = "/culture";
    public const string SwitchAccount = "/account/switch";
    public const string Logo = "/brand/logo";
    public const string FirstOwner = "/setup";

    public static string Client(long recordId) => string.Create(CultureInfo.InvariantCulture, $"/clients/{recordId}");

    public static string SupportClient(long accountId) => string.Create(CultureInfo.InvariantCulture, $"/support/clients/{accountId}");

    /// <summary>The support search with something typed in.</summary>
    public static string FindClients(string query) => WithQuery(SupportClients, ("q", query));

    /// <summary>The audit log of one account.</summary>
    public static string AuditOf(long accountNumber) => WithQuery(SupportAudit, ("account", accountNumber.ToString(CultureInfo.InvariantCulture)));

    public static string SupportPartner(long accountId) => string.Create(CultureInfo.InvariantCulture, $"/support/partners/{accountId}");

    public const string SupportMessagePreviewPattern = "/support/mail/{id:long}/preview";

    public static string SupportMessage(long id) => string.Create(CultureInfo.InvariantCulture, $"/support/mail/{id}");

    public static string SupportMessagePreview(long id) => SupportMessage(id) + "/preview";

    /// <summary>The referral link's path. <paramref name="invitation"/> is an invitation's token, <paramref name="source"/> where the link stood ("qr", "mail", a campaign).</summary>
    public static string Referral(string code, string? invitation = null, string? source = null) =>
        WithQuery($"/r/{code}", ("i", invitation), ("s", source));

    public static string Join(string code, string? invitation = null) => WithQuery($"/join/{code}", ("i", invitation));

    /// <summary>The QR code of one's own link as a drawing to print at any size.</summary>
    public static string QrSvg(string code) => $"/qr/{code}.svg";

    /// <summary>The same in pixels; <paramref name="size"/> is its side, 1024 when not said.</summary>
    public static string QrPng(string code, int? size = null) => WithQuery($"/qr/{code}.png", ("size", size?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>"My clients" with the lines of one status.</summary>
    public static string ClientsWith(string status) => WithQuery(Clients, ("status", status));

    /// <summary>The invitations in one state.</summary>
    public static string InvitationsIn(string state) => WithQuery(Invitations, ("state", state));
    public static string ReferralCodeCheck(string code) => $"/api/referral-codes/{Uri.EscapeDataString(code)}";

    /// <summary>The registration form for somebody who came by a partner's link.</summary>
    /// <param name="code">The partner's code.</param>
    /// <param name="invitation">The invitation's token; null when the link had none.</param>
    public static string RegisterFrom(string code, string? invitation = null) => WithQuery(RegisterAccount, ("from", code), ("i", invitation));

    /// <summary>The page on which a created client chooses a password with the one-time token of its mail.</summary>
    public static string Start(string token) => $"/Identity/Account/Start/{token}";

    public static string TeamInvitation(string token) => $"/team/join/{token}";

    /// <summary>Where a sign-in provider sends people back to; given to the provider as the redirect address.</summary>
    /// <param name="provider">The name of its scheme.</param>
    public static string ProviderCallback(string provider) => "/signin-" + provider.ToLowerInvariant();

    /// <summary>The sign-in page, saying that it did not work at a provider.</summary>
    public static string SignInFailedAt(string provider) => WithQuery(SignIn, ("failedAt", provider));

    public static string SignInThen(string returnUrl) => WithQuery(SignIn, ("returnUrl", returnUrl));

    public static string SetCulture(string language, string returnUrl) => WithQuery(Culture, ("c", language), ("returnUrl", returnUrl));

    /// <summary>Adds the parameters that have a value to the path.</summary>
    public static string WithQuery(string path, params ReadOnlySpan<(string Key, string? Value)> parameters)
    {
        var text = new System.Text.StringBuilder(path);
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (key, value) in parameters)
        {
            if (string.IsNullOrEmpty(value))
            {
                continue;
            }

            text.Append(separator).Append(key).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return text.ToString();
    }
}
