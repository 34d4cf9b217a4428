namespace PartnerPortal.Features.Purchases;

/// <summary>That a request came with an <c>Idempotency-Key</c>: the same again gets the same answer, another with that key is refused.</summary>
public sealed class IdempotentRequest
{
    public const int KeyLength = 100;

    private IdempotentRequest()
    {
    }

    internal IdempotentRequest(string source, string key, string bodyHash, long resultId, DateTime now) =>
        (Source, Key, BodyHash, ResultId, At) = (source, key, bodyHash, resultId, now);

    public long Id { get; private set; }

    public string Source { get; private set; } = "";

    public string Key { get; private set; } = "";

    public string BodyHash { get; private set; } = "";

    /// <summary>The purchase or the refund that it made or met; the hash says which.</summary>
    public long ResultId { get; private set; }

    public DateTime At { get; private set; }
}
