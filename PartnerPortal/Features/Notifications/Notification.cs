using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Notifications;

/// <summary>
/// What a user is told of: its line in the bell, what the mail of the day is made of, or both. Holds ids and counts and nothing about anybody: who and how much is looked up when it is shown,
/// as its reader may see it then.
/// </summary>
public sealed class Notification
{
    public const int DetailLength = 40;
    public const int WordsLength = 300;
    public const int HrefLength = 200;

    /// <summary>Days for which one is kept.</summary>
    public const int KeepDays = 90;

    /// <summary>What is older when it is read or mailed is no news any more: after a long standstill, and in the demo, which has a year behind it.</summary>
    public const int NewsDays = 7;

    private Notification()
    {
    }

    internal Notification(long userId, NotificationDraft draft, int count, bool isInPortal, bool isForDigest, string words) =>
        (UserId, AccountId, Kind, At, Count, RecordId, ClientId, SubjectId, Detail, Href, IsInPortal, IsForDigest, Words) =
        (userId, draft.AccountId, draft.Kind, draft.At, count, count > 1 ? null : draft.RecordId, draft.ClientId, count > 1 ? null : draft.SubjectId, draft.Detail, draft.Href, isInPortal, isForDigest, words);

    public long Id { get; private set; }

    public long UserId { get; private set; }

    /// <summary>The account as whose member the user is told; null as staff.</summary>
    public long? AccountId { get; private set; }

    public NotificationKind Kind { get; private set; }

    /// <summary>UTC; of the latest of what it counts.</summary>
    public DateTime At { get; private set; }

    /// <summary>How often it happened on that day, at least once.</summary>
    public int Count { get; private set; }

    /// <summary>The line in the account's list of clients; null when there is none, or it counts several.</summary>
    public long? RecordId { get; private set; }

    /// <summary>The client's account; null when it concerns none.</summary>
    public long? ClientId { get; private set; }

    /// <summary>What it is about, by its kind: a purchase, refund, payout, claim, flag or account. Null when it has none, or counts several.</summary>
    public long? SubjectId { get; private set; }

    /// <summary>Which of a kind's sentences; empty where it has one.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>Of a message alone: what its sender wrote, in the user's language.</summary>
    public string Words { get; private set; } = "";

    /// <summary>Of a message alone: a local path; null when it leads nowhere.</summary>
    public string? Href { get; private set; }

    public bool IsInPortal { get; private set; }

    public bool IsForDigest { get; private set; }

    /// <summary>UTC; null while it is new.</summary>
    public DateTime? ReadAt { get; private set; }

    /// <summary>UTC; when the mail of the day took it. Null when none has.</summary>
    public DateTime? DigestedAt { get; private set; }
}

/// <summary>That a user got the mail of a day, or that there was nothing to say: it makes that mail one.</summary>
public sealed class NotificationDigest
{
    private NotificationDigest()
    {
    }

    internal NotificationDigest(long userId, DateOnly day) => (UserId, Day) = (userId, day);

    public long UserId { get; private set; }

    /// <summary>As the user's calendar has it.</summary>
    public DateOnly Day { get; private set; }
}
