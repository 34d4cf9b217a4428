using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>Every address of the portal, as a path from its root. People bookmark them and other systems call them: they do not change.</summary>
public static partial class PortalUrls
{
    public const string Landing = "/";

    /// <summary>The pattern of <see cref="StopInvitations"/>.</summary>
    public const string StopInvitationsPattern = "/unsubscribe/{token}";

    /// <summary>The pattern of <see cref="StopInvitationsAtOnce"/>.</summary>
    public const string StopInvitationsAtOncePattern = "/unsubscribe/{token}/one-click";

    /// <summary>Where mail providers tell what became of mail.</summary>
    public const string MailWebhook = "/webhooks/mail";

    public const string Dashboard = "/dashboard";
    public const string Clients = "/clients";
    public const string NewClient = "/clients/new";
    public const string ClientsCsv = "/clients/export.csv";
    public const string Invitations = "/invitations";

    /// <summary>A file of contacts, to invite or to create.</summary>
    public const string ImportContacts = "/invitations/import";

    /// <summary>What the account claims, and what is claimed of its clients.</summary>
    public const string Claims = "/claims";
    public const string NewClaim = "/claims/new";

    /// <summary>The pattern of <see cref="ClaimFile"/>.</summary>
    public const string ClaimFilePattern = "/claims/files/{id:long}";
    /// <summary>What would become of a visitor who opens one of one's own links.</summary>
    public const string LinkTester = "/link-tester";

    public const string Wallet = "/wallet";
    public const string WalletCsv = "/wallet/export.csv";
    public const string WalletStatementPattern = "/wallet/statements/{month}.pdf";
    public const string Payouts = "/payouts";
    public const string Team = "/team";
    public const string Profile = "/profile";
    public const string MyPartner = "/my-partner";

    /// <summary>By what an account recommends, whom it brought, and what that earned.</summary>
    public const string Refer = "/refer";

    /// <summary>Who may work in the account, who asks to, and what was done there.</summary>
    public const string Access = "/access";

    /// <summary>The access diary as a table.</summary>
    public const string AccessDiaryCsv = "/access/diary.csv";

    /// <summary>For whom one acts, and what can be done meanwhile.</summary>
    public const string Acting = "/acting";
    public const string StartActing = "/acting/start";
    public const string StopActing = "/acting/stop";

    /// <summary>The same, saying that a page does not open while acting.</summary>
    public const string ActingElsewhere = "/acting?closed=yes";

    public const string Apply = "/partners/apply";
    public const string Register = "/register";

    /// <summary>Takes a typed code (<c>?code=</c>) to its join page.</summary>
    public const string EnterCode = "/join";


    public const string Support = "/support";
    public const string SupportClients = "/support/clients";
    public const string SupportPartners = "/support/partners";
    public const string SupportClaims = "/support/claims";
    public const string SupportPayouts = "/support/payouts";
    public const string SupportPurchases = "/support/purchases";
    public const string NewPurchase = "/support/purchases/new";
    public const string ImportPurchases = "/support/purchases/import";
    public const string WaitingPayments = "/support/purchases/waiting";
    /// <summary>The same of any link.</summary>
    public const string SupportLinkTester = "/support/link-tester";

    public const string SupportMail = "/support/mail";
    public const string SupportAudit = "/support/audit";
    public const string ConsentsCsv = "/support/audit/consents.csv";

    public const string AdminProgram = "/admin/program";
    public const string AdminStaff = "/admin/staff";

    public const string AdminCommissionPlans = "/admin/commission-plans";

    /// <summary>When and from which amount on money goes out, and who approves.</summary>
    public const string AdminPayouts = "/admin/payouts";

    public const string PayoutStatementPattern = "/payouts/{id:long}/statement.pdf";

    public const string BankFilePattern = "/support/payouts/batches/{id:long}/bank.csv";

    /// <summary>Keys of other systems.</summary>
    public const string AdminSystem = "/admin/system";

    /// <summary>Where the program's own systems are told what happens.</summary>
    public const string AdminWebhooks = AdminSystem + "/webhooks";

    /// <summary>Where a partner's systems are told what happens to its clients.</summary>
    public const string Webhooks = "/developer/webhooks";

    /// <summary>What clients can buy; the owner's page.</summary>
    public const string AdminPlans = "/admin/plans";

    /// <summary>Many clients at once to another partner.</summary>
    public const string SupportReassignments = "/support/reassign";

    public const string SupportTasks = "/support/tasks";
    public const string Tasks = "/tasks";

    /// <summary>What looked wrong and is to be looked at.</summary>
    public const string SupportFlags = "/support/flags";

    public const string SupportOrders = "/support/orders";
    public const string Plans = "/plans";
    public const string Purchases = "/purchases";

    /// <summary>Where a chosen plan (<c>?plan=&amp;currency=</c>) is ordered.</summary>
    public const string NewOrder = "/purchases/new";

    /// <summary>A partner's keys and other ways to connect its systems.</summary>
    public const string Developer = "/developer";

    /// <summary>The script that a product's own site includes.</summary>
    public const string ProductScript = "/portal.js";

    public const string StripeWebhook = "/webhooks/stripe";

    public const string SignIn = "/Identity/Account/Login";
    public const string SignOut = "/Identity/Account/Logout";
    public const string RegisterAccount = "/Identity/Account/Register";
    public const string AccessDenied = "/Identity/Account/AccessDenied";
    public const string Manage = "/Identity/Account/Manage";
    public const string DownloadPersonalData = Manage + "/DownloadPersonalData";
    public const string PersonalData = Manage + "/PersonalData";
    public const string ChangePassword = Manage + "/ChangePassword";
    public const string ConfirmEmail = "/Identity/Account/ConfirmEmail";
    public const string ConfirmEmailChange = "/Identity/Account/ConfirmEmailChange";
    public const string ForgotPassword = "/Identity/Account/ForgotPassword";
    public const string ResetPassword = "/Identity/Account/ResetPassword";

    /// <summary>Says whether a code exists; the pattern of <see cref="ReferralCodeCheck(string)"/>.</summary>
    public const string ReferralCodeCheckPattern = "/api/referral-codes/{code}";

    public const string Culture = "/culture";
    public const string SwitchAccount = "/account/switch";
    public const string Logo = "/brand/logo";

    /// <summary>The program's own colours as a style sheet.</summary>
    public const string BrandSheet = "/brand.css";
    public const string FirstOwner = "/setup";

    /// <summary>The owner's page after it was saved; it says so while that version is the present one.</summary>
    /// <summary>Where an invited person stops the invitations of the partner.</summary>
    public static string StopInvitations(string token) => "/unsubscribe/" + token;

    /// <summary>The same for mail programs, which post to it (RFC 8058).</summary>
    public static string StopInvitationsAtOnce(string token) => StopInvitations(token) + "/one-click";

    public static string ProgramSaved(int version) => WithQuery(AdminProgram, ("saved", version.ToString(CultureInfo.InvariantCulture)));

    public static string Client(long recordId) => string.Create(CultureInfo.InvariantCulture, $"/clients/{recordId}");

    public static string SupportClient(long accountId) => string.Create(CultureInfo.InvariantCulture, $"/support/clients/{accountId}");

    /// <summary>Who recommends an account, and another in its place.</summary>
    public static string SupportSponsor(long accountId) => SupportClient(accountId) + "/sponsor";

    /// <summary>The support search with something typed in.</summary>
    public static string FindClients(string query) => WithQuery(SupportClients, ("q", query));

    /// <summary>Support's search over everything, with something typed in.</summary>
    public static string SupportSearch(string query) => WithQuery(Support, ("q", query));

    /// <summary>The purchases of whom a search finds.</summary>
    public static string FindPurchases(string query) => WithQuery(SupportPurchases, ("q", query));

    /// <summary>The partners, in any state, of whom a search finds.</summary>
    public static string FindPartners(string query) => WithQuery(SupportPartners, ("tab", "all"), ("q", query));

    /// <summary>The orders, in any state, that a search finds.</summary>
    public static string FindOrders(string query) => WithQuery(SupportOrders, ("state", "all"), ("q", query));

    /// <summary>The claims, in any state, that a search finds.</summary>
    public static string FindClaims(string query) => WithQuery(SupportClaims, ("q", query));

    /// <summary>The mail to an address.</summary>
    public static string FindMail(string address) => WithQuery(SupportMail, ("q", address));

    /// <summary>The audit log of one account.</summary>
    public static string AuditOf(long accountNumber) => WithQuery(SupportAudit, ("account", accountNumber.ToString(CultureInfo.InvariantCulture)));

    public static string SupportReassignment(long id) => string.Create(CultureInfo.InvariantCulture, $"{SupportReassignments}/{id}");

    public static string SupportPartner(long accountId) => string.Create(CultureInfo.InvariantCulture, $"/support/partners/{accountId}");

    /// <summary>See <see cref="Receipt"/>.</summary>
    public const string ReceiptPattern = "/receipts/{number}";

    /// <summary>A receipt to read and print, in the words of whoever reads.</summary>
    public static string Receipt(long number) => string.Create(CultureInfo.InvariantCulture, $"/receipts/{number}");

    public static string Claim(long id) => string.Create(CultureInfo.InvariantCulture, $"/claims/{id}");

    /// <summary>A file of a claim, to be saved.</summary>
    public static string ClaimFile(long id) => string.Create(CultureInfo.InvariantCulture, $"/claims/files/{id}");

    /// <summary>Own claims, or what is claimed of own clients.</summary>
    public static string ClaimsOf(string side) => WithQuery(Claims, ("of", side));

    public static string SupportClaim(long id) => string.Create(CultureInfo.InvariantCulture, $"/support/claims/{id}");

    /// <summary>The claims in one state, for staff.</summary>
    public static string SupportClaimsIn(string state) => WithQuery(SupportClaims, ("state", state));

    /// <summary>An endpoint of a partner, or of the program, with its log.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="isProgram">One of the program's.</param>
    /// <param name="state">The deliveries in one state; null for all.</param>
    /// <param name="delivery">One that is open beside the list; null for none.</param>
    public static string Webhook(long id, bool isProgram, string? state = null, long? delivery = null) =>
        WithQuery(string.Create(CultureInfo.InvariantCulture, $"{(isProgram ? AdminWebhooks : Webhooks)}/{id}"), ("state", state), ("delivery", delivery?.ToString(CultureInfo.InvariantCulture)));

    public static string SupportFlag(long id) => string.Create(CultureInfo.InvariantCulture, $"{SupportFlags}/{id}");

    /// <summary>The flags in one state, for staff.</summary>
    public static string SupportFlagsIn(string state) => WithQuery(SupportFlags, ("state", state));

    public static string SupportPurchase(long id) => string.Create(CultureInfo.InvariantCulture, $"/support/purchases/{id}");

    public const string SupportMessagePreviewPattern = "/support/mail/{id:long}/preview";

    public static string SupportMessage(long id) => string.Create(CultureInfo.InvariantCulture, $"/support/mail/{id}");

    public static string SupportMessagePreview(long id) => SupportMessage(id) + "/preview";

    public static string PayoutStatement(long id) => string.Create(CultureInfo.InvariantCulture, $"/payouts/{id}/statement.pdf");

    public static string BankFile(long batchId) => string.Create(CultureInfo.InvariantCulture, $"/support/payouts/batches/{batchId}/bank.csv");

    /// <summary>The payouts in one state, for staff.</summary>
    public static string SupportPayoutsIn(string state) => WithQuery(SupportPayouts, ("state", state));

    public static string OrderOf(string plan, string currency) => WithQuery(NewOrder, ("plan", plan), ("currency", currency));

    /// <summary>The pattern of <see cref="Invoice"/>.</summary>
    public const string InvoicePattern = Purchases + "/invoices/{number}";

    /// <summary>The pattern of <see cref="InvoicePdf"/>.</summary>
    public const string InvoicePdfPattern = InvoicePattern + ".pdf";

    public static string InvoicePdf(string number) => Invoice(number) + ".pdf";

    public static string Invoice(string number) => $"{Purchases}/invoices/{Uri.EscapeDataString(number)}";

    /// <summary>The link tester with a link or code in it.</summary>
    public static string TestLink(string link) => WithQuery(LinkTester, ("link", link));

    /// <summary>The referral link's path. <paramref name="invitation"/> is an invitation's token, <paramref name="source"/> where the link stood ("qr", "mail", a campaign).</summary>
    public static string Referral(string code, string? invitation = null, string? source = null) =>
        WithQuery($"/r/{code}", ("i", invitation), ("s", source));

    public static string Join(string code, string? invitation = null) => WithQuery($"/join/{code}", ("i", invitation));

    /// <summary>The QR code of one's own link as a drawing to print at any size.</summary>
    public static string QrSvg(string code) => $"/qr/{code}.svg";

    /// <summary>The same in pixels; <paramref name="size"/> is its side, 1024 when not said.</summary>
    public static string QrPng(string code, int? size = null) => WithQuery($"/qr/{code}.png", ("size", size?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A month of one's own wallet as a document.</summary>
    /// <param name="currency">ISO 4217.</param>
    public static string WalletStatement(CalendarMonth month, string currency) => WithQuery($"/wallet/statements/{month}.pdf", ("currency", currency));

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
