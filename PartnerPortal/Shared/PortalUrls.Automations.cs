using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>Those of automations, and of the mails that they send.</summary>
public static partial class PortalUrls
{
    /// <summary>What runs by itself when something happens.</summary>
    public const string AdminAutomations = "/admin/automations";

    public const string NewAutomation = AdminAutomations + "/new";

    /// <summary>The mails that automations send.</summary>
    public const string MailTemplates = AdminAutomations + "/templates";
    public const string NewMailTemplate = MailTemplates + "/new";

    /// <summary>The pattern of <see cref="MailTemplatePreview"/>.</summary>
    public const string MailTemplatePreviewPattern = MailTemplates + "/{id:long}/preview";

    /// <summary>The pattern of <see cref="MailTemplateDraft"/>.</summary>
    public const string MailTemplateDraftPattern = MailTemplates + "/drafts/{key}";

    /// <summary>The pattern of <see cref="StopAutomationMail"/>.</summary>
    public const string StopAutomationMailPattern = "/unsubscribe/mail/{token}";

    /// <summary>The pattern of <see cref="StopAutomationMailAtOnce"/>.</summary>
    public const string StopAutomationMailAtOncePattern = StopAutomationMailPattern + "/one-click";

    public static string Automation(long id) => string.Create(CultureInfo.InvariantCulture, $"{AdminAutomations}/{id}");

    /// <summary>The log of runs: of one automation, in one state, and with one open beside the list; null for all and none.</summary>
    public static string AutomationRuns(long? automation = null, string? state = null, long? run = null) => WithQuery(
        AdminAutomations + "/runs", ("automation", automation?.ToString(CultureInfo.InvariantCulture)), ("state", state), ("run", run?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A template, to be changed, with its text in a language; null for the program's.</summary>
    public static string MailTemplate(long id, string? language = null) => WithQuery(string.Create(CultureInfo.InvariantCulture, $"{MailTemplates}/{id}"), ("language", language));

    /// <summary>A template filled for an account, whose partner and purchase may be none, as its mail would look.</summary>
    public static string MailTemplatePreview(long id, long account, long? partner = null, long? purchase = null) => WithQuery(
        string.Create(CultureInfo.InvariantCulture, $"{MailTemplates}/{id}/preview"),
        ("account", account.ToString(CultureInfo.InvariantCulture)), ("partner", partner?.ToString(CultureInfo.InvariantCulture)), ("purchase", purchase?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What is typed of a template, with sample values, as its mail would look.</summary>
    public static string MailTemplateDraft(string key) => MailTemplates + "/drafts/" + key;

    /// <summary>Where a reader stops the mails of automations.</summary>
    public static string StopAutomationMail(string token) => "/unsubscribe/mail/" + token;

    /// <summary>The same for mail programs, which post to it (RFC 8058).</summary>
    public static string StopAutomationMailAtOnce(string token) => StopAutomationMail(token) + "/one-click";
}
