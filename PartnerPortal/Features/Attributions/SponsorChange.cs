using PartnerPortal.Shared;

namespace PartnerPortal.Features.Attributions;

/// <summary>The account has this sponsor already, or none as asked.</summary>
public sealed record SameSponsor : Error;

/// <summary>The account would stand above itself.</summary>
public sealed record SponsorLoop : Error;

/// <summary>What staff decided.</summary>
/// <param name="ToId">The account that becomes the sponsor; null for none.</param>
/// <param name="Reason">In staff's words.</param>
/// <param name="UserId">Who decided.</param>
/// <param name="UndoDays">For so many days it can be undone.</param>
/// <param name="UndoesId">The change that it undoes; null for none.</param>
public sealed record SponsorDecision(long? ToId, string Reason, long? UserId, int UndoDays, long? UndoesId = null);

/// <summary>That staff gave an account another sponsor, or none. Never changed: what a late purchase earns is told by who was the sponsor when it was bought.</summary>
public sealed class SponsorChange
{
    public const int ReasonLength = 1000;

    /// <summary>
    /// So long after the decision it counts. A purchase that is being recorded at this moment reads the sponsors as they were; it cannot have been bought later than the tolerance for
    /// clocks that run ahead, and so never falls into the time of the new sponsor.
    /// </summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(3);

    private SponsorChange()
    {
    }

    internal SponsorChange(long accountId, long? fromSponsorId, SponsorDecision decision, DateTime countsFrom, DateTime now)
    {
        (AccountId, FromSponsorId, ToSponsorId, Reason, DecidedByUserId, UndoesId) = (accountId, fromSponsorId, decision.ToId, decision.Reason, decision.UserId, decision.UndoesId);
        (CountsFrom, DecidedAt) = (countsFrom, now);
        UndoUntil = decision.UndoesId is null ? now.AddDays(decision.UndoDays) : null;
    }

    public long Id { get; private set; }

    public long AccountId { get; private set; }

    /// <summary>Null when it had none.</summary>
    public long? FromSponsorId { get; private set; }

    /// <summary>Null when it has none now.</summary>
    public long? ToSponsorId { get; private set; }

    public string Reason { get; private set; } = "";

    public long? DecidedByUserId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime DecidedAt { get; private set; }

    /// <summary>UTC; purchases from then on.</summary>
    public DateTime CountsFrom { get; private set; }

    /// <summary>UTC; until when it can be undone. Null for what undid another.</summary>
    public DateTime? UndoUntil { get; private set; }

    public long? UndoesId { get; private set; }
}
