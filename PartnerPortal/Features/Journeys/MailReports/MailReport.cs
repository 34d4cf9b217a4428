namespace PartnerPortal.Features.Journeys.MailReports;

/// <summary>What became of a mail after it left.</summary>
public enum MailOutcome
{
    Delivered,

    /// <summary>It came back for good: there is no such mailbox, or it takes nothing from us.</summary>
    Bounced,

    /// <summary>Its reader marked it as unwanted.</summary>
    Complained,
}

/// <param name="MessageId">The Message-ID, with or without brackets and domain.</param>
/// <param name="Outcome">What the provider tells.</param>
public sealed record MailReport(string MessageId, MailOutcome Outcome);
