using PartnerPortal.Identity;

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
    private const string ByKey = "SSSSSSS";

    public static readonly IReadOnlyList<AccessRow> Rows =
    [
        new("/", Everybody),
        new("/r/{code}", Everybody),
        new("/join", Everybody, "?code={code}"),
        new("/join/{code}", Everybody),
        new("/register", Everybody, "?code={code}"),
        new("/partners/apply", Everybody),
        new("/plans", Everybody),
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
        new("/invitations/import", "SDOODDD"),
        new("/tasks", Partners),
        new("/link-tester", Partners, "?link={code}"),
        new("/claims", "SDOODDD"),
        new("/claims/new", "SDOODDD"),
        new("/claims/{claim}", "SDOHDDD"),
        // The side's own, for who manages clients, and staff's; nobody else is told that it is there.
        new("/claims/files/{evidence}", "SHOHHOO"),
        new("/wallet", Partners),
        new("/wallet/export.csv", Partners),
        // Hidden where the wallet has nothing in that currency.
        new("/wallet/statements/2026-11.pdf", "SDOHODD", "?currency=EUR") { Pattern = RouteTable.Normalize("/wallet/statements/{month}.pdf") },
        new("/payouts", Partners),
        new("/developer/webhooks", "SDOODDD"),
        new("/developer/webhooks/{endpoint}", "SDOHDDD", "?delivery={delivery}"),
        new("/payouts/{payout}/statement.pdf", "SHOHOOO"),
        new("/notifications", SignedIn),
        new("/notifications/settings", SignedIn),
        new("/notifications/stop/{quiet}", Everybody),
        new("/notifications/stop/{code}/one-click", Everybody),
        new("/notifications/stop/{code}/one-click", "NNNNNNN", Method: "POST"),
        new("/team", SignedIn),
        new("/profile", SignedIn),
        new("/my-partner", SignedIn),
        new("/refer", SignedIn),
        // The client's own, the partner's of its clients, and staff's; nobody else is told that it is there.
        new("/receipts/{receipt}", "SOOHOOO"),
        new("/access", SignedIn),
        new("/access/diary.csv", SignedIn),
        new("/acting", SignedIn),
        new("/acting/start", "SBBBBBB", Method: "POST"),
        new("/acting/stop", "SBBBBBB", Method: "POST"),
        new("/purchases", SignedIn),
        new("/purchases/new", SignedIn, "?plan=team"),
        // The client's own, and staff's; nobody else is told that it is there.
        new("/purchases/invoices/{invoice}", "SOHHHOO"),
        new("/purchases/invoices/{invoice}.pdf", "SOHHHOO"),

        new("/support", Staff),
        new("/support/tasks", Staff),
        new("/support/clients", Staff),
        new("/support/clients/{client}", Staff),
        new("/support/clients/{client}/sponsor", Staff),
        new("/support/reassign", Staff),
        new("/support/reassign/{reassignment}", Staff),
        new("/support/partners", Staff),
        new("/support/partners/{partner}", Staff),
        new("/support/claims", Staff),
        new("/support/claims/{claim}", Staff),
        new("/support/flags", Staff),
        new("/support/flags/{flag}", Staff),
        new("/support/payouts", Staff),
        new("/support/payouts/batches/{batch}/bank.csv", Staff),
        new("/support/purchases", Staff),
        new("/support/purchases/new", Staff),
        new("/support/purchases/import", Staff),
        new("/support/purchases/waiting", Staff),
        new("/support/purchases/{bought}", Staff),
        new("/support/link-tester", Staff, "?link={code}&visitor=Oneself"),
        new("/support/mail", Staff),
        new("/support/mail/{message}", Staff),
        new("/support/mail/{message}/preview", Staff),
        new("/support/audit", Staff),
        new("/support/audit/consents.csv", Staff),
        new("/support/orders", Staff),
        new("/admin/program", Owner),
        new("/admin/moving-in", Owner),
        new("/admin/staff", Owner),
        new("/admin/plans", Owner),
        new("/admin/commission-plans", Owner),
        new("/admin/payouts", Owner),
        new("/admin/system", Owner),
        new("/admin/system/webhooks", Owner),
        new("/admin/system/webhooks/{hook}", Owner, "?delivery={told}"),
        new("/admin/automations", Owner),
        new("/admin/automations/new", Owner, "?from=reminder"),
        new("/admin/automations/{automation}", Owner),
        new("/admin/automations/runs", Owner, "?automation={automation}"),
        new("/admin/automations/templates", Owner),
        new("/admin/automations/templates/new", Owner, "?from=welcome"),
        new("/admin/automations/templates/{template}", Owner, "?language=es"),
        new("/admin/automations/templates/{template}/preview", Owner, "?account={client}&partner={partner}"),
        // What its owner is typing: nobody finds another's.
        new("/admin/automations/templates/drafts/{code}", "SDDDDDH"),
        new("/developer", "SDOODDD"),
        new("/developer/reference", Everybody),
        new("/openapi/v1.json", Everybody),
        // By a key alone: being signed in helps nobody. ApiAccessTests asks each operation with every wrong key.
        .. new[]
        {
            "clients", "clients/{record}", "clients/{client}/discount", "invitations", "invitations/{invitation}", "attributions", "attributions/{receipt}", "wallet", "wallet/lines", "wallet/lines/{bought}",
            "partners", "partners/{partner}", "purchases", "purchases/{purchase}", "lookup", "registrations/{purchase}",
            "webhooks", "webhooks/{hook}", "webhooks/{hook}/deliveries", "webhooks/{hook}/deliveries/{told}",
        }.Select(path => new AccessRow("/api/v1/" + path, ByKey)),
        .. new[]
        {
            "clients", "invitations", "purchases", "purchases/batch", "purchases/{purchase}/refunds", "registrations", "webhooks", "webhooks/{hook}/secret-rotations", "webhooks/{hook}/test",
            "webhooks/{hook}/deliveries/{told}/redeliveries",
        }.Select(path => new AccessRow("/api/v1/" + path, ByKey, Method: "POST")),
        new("/api/v1/nothing", "NNNNNNN") { Pattern = "/api/v1/{}" },
        // Without a secret of Stripe's, as here, it is not there; with one, its signature alone counts.
        new("/webhooks/stripe", "NNNNNNN", Method: "POST"),
        new("/webhooks/mail", "NNNNNNN", Method: "POST"),
        // Whoever has the mail; of a token that nobody has it says only that.
        new("/unsubscribe/{mailed}", Everybody),
        new("/unsubscribe/mail/{stop}", Everybody),
        new("/unsubscribe/mail/{code}/one-click", Everybody),
        new("/unsubscribe/mail/{code}/one-click", "NNNNNNN", Method: "POST"),
        new("/unsubscribe/{code}/one-click", Everybody),
        new("/unsubscribe/{code}/one-click", "NNNNNNN", Method: "POST"),

        new("/culture", Everybody, "?c=en&returnUrl=/"),
        new("/account/switch", "SBBBBBB", Method: "POST"),
        new("/brand/logo", "NNNNNNN"),
        new("/brand.css", "NNNNNNN"),
        new("/qr/{code}.svg", OwnAccount),
        new("/qr/{code}.png", OwnAccount),
        new("/api/referral-codes/{code}", Everybody),
        new("/health/live", Everybody),
        new("/health/ready", Everybody),
        .. IdentityPages(),
    ];

    /// <summary>Addresses that open while one acts for a client, with what the client must have allowed. No other does: a new page is closed until it stands here.</summary>
    public static readonly IReadOnlyDictionary<string, AccessScopes> WhileActing = new Dictionary<string, AccessScopes>(StringComparer.Ordinal)
    {
        ["/acting"] = AccessScopes.None,
        ["/acting/stop"] = AccessScopes.None,
        ["/profile"] = AccessScopes.ViewProfile,
        ["/purchases"] = AccessScopes.ViewPurchases,
        ["/purchases/invoices/{}"] = AccessScopes.ViewPurchases,
        ["/purchases/invoices/{}.pdf"] = AccessScopes.ViewPurchases,
        ["/purchases/new"] = AccessScopes.Order,
        ["/plans"] = AccessScopes.Order,
        ["/culture"] = AccessScopes.None,
        ["/brand/logo"] = AccessScopes.None,
        ["/brand.css"] = AccessScopes.None,
        ["/health/live"] = AccessScopes.None,
        ["/health/ready"] = AccessScopes.None,
        ["/not-found"] = AccessScopes.None,
        ["/error"] = AccessScopes.None,
        ["/Identity/Account/Logout"] = AccessScopes.None,
    };

    /// <summary>What a suspended partner's own addresses answer in another way than an active one's.</summary>
    public static readonly IReadOnlyDictionary<string, char> WhileSuspended = new Dictionary<string, char>(StringComparer.Ordinal)
    {
    };

    /// <summary>Addresses of the framework's own, which decide nothing about anybody: the circuit, its files, and the page that catches what is not there.</summary>
    public static readonly IReadOnlySet<string> OfTheFramework = new HashSet<string>(StringComparer.Ordinal)
    {
        "/_blazor", "/_blazor/negotiate", "/_blazor/disconnect", "/_blazor/initializers", "/_framework/opaque-redirect", "/{}",
    };

    /// <summary>Addresses that take a POST without a token: health checks answer any method and change nothing; machines send a key or a signature, which no browser sends by itself.</summary>
    public static readonly IReadOnlySet<string> WithoutToken = new HashSet<string>(StringComparer.Ordinal)
    {
        "/health/live", "/health/ready", "/webhooks/stripe", "/webhooks/mail", "/unsubscribe/{}/one-click", "/unsubscribe/mail/{}/one-click", "/notifications/stop/{}/one-click", "/api/v1/{}",
        "/api/v1/clients", "/api/v1/invitations", "/api/v1/purchases", "/api/v1/purchases/batch", "/api/v1/purchases/{}/refunds", "/api/v1/registrations",
        "/api/v1/webhooks", "/api/v1/webhooks/{}/secret-rotations", "/api/v1/webhooks/{}/test", "/api/v1/webhooks/{}/deliveries/{}/redeliveries",
    };

    private static IEnumerable<AccessRow> IdentityPages()
    {
        foreach (var page in new[]
        {
            "AccessDenied", "Closed", "ConfirmEmail", "ConfirmEmailChange", "Disabled", "ExternalLogin", "ForgotPassword", "ForgotPasswordConfirmation", "Lockout", "Login", "LoginWith2fa",
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
