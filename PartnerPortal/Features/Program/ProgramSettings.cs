using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>Which of several touches counts.</summary>
public enum TouchRule
{
    First,
    Last,
}

/// <summary>Whether a client who has a partner may leave it, or take another, unaided.</summary>
public enum SwitchingRule
{
    Allowed,

    /// <summary>Only support moves a client.</summary>
    BySupport,

    /// <summary>Allowed once the current partner has been the client's for <see cref="ProgramSettings.SwitchingLockDays"/> days.</summary>
    LockedForDays,
}

/// <summary>What the mail to a created client holds.</summary>
public enum CreatedClientMail
{
    /// <summary>Login, generated password and a one-time link.</summary>
    CredentialsAndLink,

    LinkOnly,
}

/// <summary>The settings of the one program that this installation runs. A single row; the owner edits it at <c>/admin/program</c>.</summary>
public sealed class ProgramSettings
{
    public const int SingleId = 1;

    public int Id { get; private set; } = SingleId;

    /// <summary>The program's name, as every page and mail shows it.</summary>
    public string Name { get; set; } = "PartnerPortal";

    /// <summary>One sentence for invited people: what the product does. Empty when not set.</summary>
    public string About { get; set; } = "";

    /// <summary>The line at the foot of pages and mails: firm and town. Empty when not set.</summary>
    public string Footer { get; set; } = "";

    public string SenderName { get; set; } = "PartnerPortal";

    public string SenderAddress { get; set; } = "portal@localhost.test";

    /// <summary>PNG or SVG; null when there is none.</summary>
    public byte[]? Logo { get; set; }

    public string? LogoContentType { get; set; }

    /// <summary>QR codes carry the logo in their middle, when there is one.</summary>
    public bool LogoInQr { get; set; }

    /// <summary>Of buttons, links and marks, as <c>#rrggbb</c>. Empty: the product's own.</summary>
    public string Accent { get; set; } = "";

    /// <summary>How long a touch is remembered, 1 to 365 days.</summary>
    public int CookieWindowDays { get; set; } = 90;

    public TouchRule TouchRule { get; set; } = TouchRule.Last;

    /// <summary>Whether a client may leave its partner unaided.</summary>
    public SwitchingRule Leaving { get; set; } = SwitchingRule.Allowed;

    /// <summary>Whether it may take another instead.</summary>
    public SwitchingRule Switching { get; set; } = SwitchingRule.Allowed;

    public int SwitchingLockDays { get; set; } = 90;

    /// <summary>For so many days a client can undo that it left or switched, and does neither again. 0: there is no such time.</summary>
    public int CoolingOffDays { get; set; } = 14;

    /// <summary>What clients' accounts do not show.</summary>
    public ClientSection HiddenSections { get; set; }

    /// <summary>A client reads at <c>/my-partner</c> what its partner earned from it.</summary>
    public bool ShowsEarnings { get; set; }

    public CreatedClientMail CreatedClientMail { get; set; } = CreatedClientMail.CredentialsAndLink;

    /// <summary>After so many days a created account without a sign-in, and an invitation without an answer, lapses.</summary>
    public int LapseAfterDays { get; set; } = 30;

    /// <summary>So many invitations of a partner are mailed on a day (UTC); the rest waits for the next. 0 for no limit.</summary>
    public int InvitationsPerDay { get; set; } = 500;

    /// <summary>For how many days at most a partner or support may ask a client for access to its account.</summary>
    public int AccessMaxDays { get; set; } = 30;

    /// <summary>For how many days support can undo a reassignment, and what moved with it is not paid out.</summary>
    public int ReassignUndoDays { get; set; } = 7;

    /// <summary>So many days a client's partner has to answer when another claims the client.</summary>
    public int ClaimAnswerDays { get; set; } = 7;

    /// <summary>So many clients of a partner who register from one place within <see cref="FlagBurstHours"/> are looked at; 0 for never.</summary>
    public int FlagBurstCount { get; set; } = 5;

    /// <summary>See <see cref="FlagBurstCount"/>.</summary>
    public int FlagBurstHours { get; set; } = 24;

    /// <summary>So many clients of a partner with addresses of one domain are looked at; 0 for never.</summary>
    public int FlagDomainCount { get; set; } = 5;

    /// <summary>So many refunds within <see cref="FlagRefundDays"/> of a payout for them are looked at; 0 for never.</summary>
    public int FlagRefundCount { get; set; } = 2;

    /// <summary>See <see cref="FlagRefundCount"/>.</summary>
    public int FlagRefundDays { get; set; } = 14;

    /// <summary>So many accounts that a partner created, most of them never signed in to after <see cref="FlagUnseenDays"/>, are looked at; 0 for never.</summary>
    public int FlagUnseenCount { get; set; } = 20;

    /// <summary>See <see cref="FlagUnseenCount"/>.</summary>
    public int FlagUnseenDays { get; set; } = 14;

    /// <summary>Sent mail loses its text, visits their counts by source, after so many days.</summary>
    public int RetentionDays { get; set; } = 730;

    /// <summary>IETF tag used where nobody's own language is known.</summary>
    public string DefaultLanguage { get; set; } = Shared.Languages.Default;

    /// <summary>ISO 3166 alpha-2: the country that phone numbers without one are read in.</summary>
    public string DefaultCountry { get; set; } = "DE";

    /// <summary>Who sells, on invoices. Empty: the program's name.</summary>
    public string SellerName { get; set; } = "";

    /// <summary>In lines, for invoices. Empty when not set.</summary>
    public string SellerAddress { get; set; } = "";

    /// <summary>The seller's tax id, for invoices. Empty when not set.</summary>
    public string SellerTaxId { get; set; } = "";

    /// <summary>Where clients transfer money to, in lines, for invoices. Empty when not set.</summary>
    public string PaymentDetails { get; set; } = "";

    /// <summary>Of the automations that begin when somebody has registered, the one that runs; null for none.</summary>
    public long? RegistrationAutomationId { get; set; }

    public DateTime ChangedAt { get; set; }

    /// <summary>Counts changes; a form that was opened before another's change is refused.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Whether an address is in a section that clients' accounts do not show.</summary>
    /// <param name="pattern">A path, or a route's pattern.</param>
    public bool Hides(string pattern) => (HiddenSections & ClientSections.Of(pattern)) is not ClientSection.None;
}
