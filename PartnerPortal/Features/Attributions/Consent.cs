namespace PartnerPortal.Features.Attributions;

public enum ConsentKind
{
    /// <summary>The partner sees the client's contact details and purchases.</summary>
    Data,

    /// <summary>The partner may ask for access to the client's account.</summary>
    Access,
}

/// <summary>That a client agreed to something with one partner, in which wording, and until when.</summary>
public sealed class Consent
{
    private Consent()
    {
    }

    public Consent(long clientId, long partnerId, ConsentKind kind, int wordingVersion, string language, long? userId, DateTime now)
    {
        ClientId = clientId;
        PartnerId = partnerId;
        Kind = kind;
        WordingVersion = wordingVersion;
        Language = language;
        GivenByUserId = userId;
        GivenAt = now;
    }

    public long Id { get; private set; }

    public long ClientId { get; private set; }

    public long PartnerId { get; private set; }

    public ConsentKind Kind { get; private set; }

    public int WordingVersion { get; private set; }

    /// <summary>IETF tag of the language in which it was read.</summary>
    public string Language { get; private set; } = "";

    public long? GivenByUserId { get; private set; }

    public DateTime GivenAt { get; private set; }

    public DateTime? WithdrawnAt { get; private set; }

    public void Withdraw(DateTime now) => WithdrawnAt ??= now;
}

/// <summary>The wording of the consents. A new text is a new version with its date; what was agreed to stays findable.</summary>
public static class ConsentWording
{
    public const int Current = 2;

    private static readonly DateOnly[] Dates = [new(2026, 11, 1), new(2026, 11, 26)];

    /// <summary>Since when the current wording is shown.</summary>
    public static DateOnly Since => SinceOf(Current);

    /// <summary>Since when a version was shown.</summary>
    public static DateOnly SinceOf(int version) => Dates[version - 1];

    /// <summary>What a Yes under a version agrees to. The first said nothing about asking for access.</summary>
    public static IReadOnlyList<ConsentKind> CoveredBy(int version) => version < 2 ? [ConsentKind.Data] : [ConsentKind.Data, ConsentKind.Access];
}

/// <summary>A client's No to a partner. Remembered: shown when asked again, and no reminder is sent.</summary>
public sealed class JoinRefusal
{
    private JoinRefusal()
    {
    }

    public JoinRefusal(long clientId, long partnerId, long? userId, DateTime now) =>
        (ClientId, PartnerId, UserId, RefusedAt) = (clientId, partnerId, userId, now);

    public long Id { get; private set; }

    public long ClientId { get; private set; }

    public long PartnerId { get; private set; }

    public long? UserId { get; private set; }

    public DateTime RefusedAt { get; private set; }

    public void Again(long? userId, DateTime now) => (UserId, RefusedAt) = (userId, now);
}
