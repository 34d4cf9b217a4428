namespace PartnerPortal.Tests.Access;

/// <summary>Who may open an address.</summary>
/// <param name="Address">A sample with names in braces for what the seeded world holds; braces become the route's parameters.</param>
/// <param name="Answers">A letter for each <see cref="Walker"/> in order: nobody, client, right partner, wrong partner, finance, support, owner; see <see cref="AccessTable"/>.</param>
/// <param name="Query">Added to the address.</param>
/// <param name="Method">GET unless the address takes only POST.</param>
public sealed record AccessRow(string Address, string Answers, string Query = "", string Method = "GET")
{
    /// <summary>The route that the sample is of, as <see cref="RouteTable.Normalize"/> writes it.</summary>
    public string Pattern { get; init; } = RouteTable.Normalize(Address);
}

/// <summary>
/// The expected answer beside each address of the portal. O: opens, or leads on to another page of the portal. S: has to sign in first. D: is told that it may not.
/// H: hidden, as if it were not there. N: nothing there for anybody, or leads elsewhere. A: opens or is not there, nobody's rights depend on it.
/// B: a form that was sent without its token, refused.
/// </summary>
public static class AccessTable
{
    private const string Everybody = "OOOOOOO";
    private const string SignedIn = "SOOOOOO";
    private const string OwnAccount = "SHOHOHH";
    private const string Partners = "SDOOODD";
    private const string Staff = "SDDDDOO";
    private const string Owner = "SDDDDDO";

    public static readonly IReadOnlyList<AccessRow> Rows =
    [
        new("/", Everybody),
        new("/r/{code}", Everybody),
        new("/join", Everybody, "?code={code}"),
        new("/join/{code}", Everybody),
        new("/register", Everybody, "?code={code}"),
        new("/partners/apply", Everybody),
        new("/team/join/{token}", Everybody),
        // Without its token it says only that the address is not valid (any more).
        new("/setup", "AAAAAAA"),
        new("/not-found", "AAAAAAA"),
        new("/error", "AAAAAAA"),

        new("/dashboard", Partners),
        new("/clients", Partners),
        new("/clients/new", "SDOODDD"),
        new("/clients/{record}", "SDOHODD"),
        new("/clients/export.csv", Partners),
        new("/invitations", Partners),
        new("/team", SignedIn),
        new("/profile", SignedIn),
        new("/my-partner", SignedIn),

        new("/support", Staff),
        new("/support/clients", Staff),
        new("/support/clients/{client}", Staff),
        new("/support/partners", Staff),
        new("/support/partners/{partner}", Staff),
        new("/support/mail", Staff),
        new("/support/mail/{message}", Staff),
        new("/support/mail/{message}/preview", Staff),
        new("/support/audit", Staff),
        new("/admin/program", Owner),
        new("/admin/staff", Owner),

        new("/culture", Everybody, "?c=en&returnUrl=/"),
        new("/account/switch", "SBBBBBB", Method: "POST"),
        new("/brand/logo", "NNNNNNN"),
        new("/qr/{code}.svg", OwnAccount),
        new("/qr/{code}.png", OwnAccount),
        new("/api/referral-codes/{code}", Everybody),
        new("/health/live", Everybody),
        new("/health/ready", Everybody),
        .. IdentityPages(),
    ];

    /// <summary>Addresses of the framework's own, which decide nothing about anybody: the circuit, its files, and the page that catches what is not there.</summary>
    public static readonly IReadOnlySet<string> OfTheFramework = new HashSet<string>(StringComparer.Ordinal)
    {
        "/_blazor", "/_blazor/negotiate", "/_blazor/disconnect", "/_blazor/initializers", "/_framework/opaque-redirect", "/{}",
    };

    /// <summary>Addresses that take a POST without a token: health checks answer any method and change nothing.</summary>
    public static readonly IReadOnlySet<string> WithoutToken = new HashSet<string>(StringComparer.Ordinal) { "/health/live", "/health/ready" };

    private static IEnumerable<AccessRow> IdentityPages()
    {
        foreach (var page in new[]
        {
            "AccessDenied", "Closed", "ConfirmEmail", "ConfirmEmailChange", "ExternalLogin", "ForgotPassword", "ForgotPasswordConfirmation", "Lockout", "Login", "LoginWith2fa",
            "LoginWithRecoveryCode", "Logout", "Register", "RegisterConfirmation", "ResendEmailConfirmation", "ResetPassword", "ResetPasswordConfirmation",
        })
        {
            yield return new("/Identity/Account/" + page, "AAAAAAA");
        }

        yield return new("/Identity/Error", "AAAAAAA");
        yield return new("/Identity/Account/Start/{token}", "AAAAAAA");
        foreach (var page in new[]
        {
            "", "/ChangePassword", "/DeletePersonalData", "/Disable2fa", "/DownloadPersonalData", "/Email", "/EnableAuthenticator", "/ExternalLogins",
            "/GenerateRecoveryCodes", "/Index", "/PersonalData", "/ResetAuthenticator", "/Sessions", "/SetPassword", "/ShowRecoveryCodes", "/TwoFactorAuthentication",
        })
        {
            yield return new("/Identity/Account/Manage" + page, "SAAAAAA");
        }
    }
}
