namespace PartnerPortal.Identity;

/// <summary>One sign-in on one device, from the cookie's beginning until it is ended or runs out.</summary>
public sealed class UserSession
{
    public const int UserAgentLength = 300;

    public UserSession(long userId, string key, string userAgent, string source, DateTime now)
    {
        (UserId, Key, Source, CreatedAt, LastSeenAt) = (userId, key, source, now, now);
        UserAgent = userAgent.Length <= UserAgentLength ? userAgent : userAgent[..UserAgentLength];
    }

    private UserSession()
    {
    }

    public long Id { get; private set; }

    public long UserId { get; private set; }

    /// <summary>Stands in the cookie, sealed with it; names the session and opens nothing.</summary>
    public string Key { get; private set; } = "";

    /// <summary>What the browser called itself, cut to <see cref="UserAgentLength"/>.</summary>
    public string UserAgent { get; private set; } = "";

    /// <summary>A keyed hash of the network that it began from, kept for 30 days to see that two sign-ins are from one place. Empty when not known, or forgotten.</summary>
    public string Source { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>UTC, to the quarter of an hour.</summary>
    public DateTime LastSeenAt { get; private set; }

    /// <summary>UTC; null while it goes on.</summary>
    public DateTime? EndedAt { get; private set; }

    public void End(DateTime now) => EndedAt ??= now;
}
