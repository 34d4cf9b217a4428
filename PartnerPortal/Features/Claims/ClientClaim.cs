using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

public enum ClaimState
{
    /// <summary>Nobody looked at it yet.</summary>
    Filed,

    /// <summary>Taken up. The claimant reads no more than this until it is decided, whatever was found.</summary>
    UnderReview,

    /// <summary>Support made the claimant the client's partner.</summary>
    Moved,

    /// <summary>Support closed it with a reason; nothing moved.</summary>
    Closed,

    /// <summary>The claimant took it back.</summary>
    Withdrawn,
}

/// <summary>How the claimant names the client.</summary>
public enum ClaimNaming
{
    Email,
    Domain,
}

/// <summary>Whose words and files.</summary>
public enum ClaimSide
{
    /// <summary>Who says that the client is its own.</summary>
    Claimant,

    /// <summary>The client's partner.</summary>
    Other,
}

/// <summary>
/// A partner says that a client is its own, and what became of it. Which client is meant is found after it was filed and is for staff alone: the claimant's side of the row is the
/// same whether or not there is such a client, or whose it is.
/// </summary>
public sealed class ClientClaim
{
    public const int WordsLength = 4000;
    public const int ReasonLength = 1000;

    /// <summary>Days for which the files of a claim that is over are kept.</summary>
    public const int KeepFilesDays = 180;

    private ClientClaim()
    {
    }

    /// <param name="claimantId">The claimant's account.</param>
    /// <param name="userId">Who files it.</param>
    /// <param name="client">As the claimant names it.</param>
    /// <param name="words">Why, in the claimant's own words.</param>
    /// <param name="now">UTC.</param>
    public ClientClaim(long claimantId, long userId, ClaimedName client, string words, DateTime now) =>
        (ClaimantId, FiledByUserId, Naming, Named, Words, FiledAt) = (claimantId, userId, client.Naming, client.Key, words, now);

    public long Id { get; private set; }

    public long ClaimantId { get; private set; }

    public long FiledByUserId { get; private set; }

    public ClaimNaming Naming { get; private set; }

    /// <summary>An address or a domain, as <see cref="ClaimedName.Key"/>.</summary>
    public string Named { get; private set; } = "";

    public string Words { get; private set; } = "";

    public ClaimState State { get; private set; } = ClaimState.Filed;

    /// <summary>UTC.</summary>
    public DateTime FiledAt { get; private set; }

    /// <summary>UTC; null until it was taken up.</summary>
    public DateTime? ReviewAt { get; private set; }

    /// <summary>UTC; when the portal looked for the client. For staff only, as all that follows from it.</summary>
    public DateTime? LookedUpAt { get; private set; }

    /// <summary>The account that is meant; null when none was found, several were, or nobody looked yet.</summary>
    public long? ClientId { get; private set; }

    /// <summary>The partner that the client had when it was found; null when it had none, or the claimant.</summary>
    public long? OtherId { get; private set; }

    /// <summary>UTC; when the other side was told. Null without one.</summary>
    public DateTime? ToldAt { get; private set; }

    /// <summary>UTC; from then on support may decide without an answer. Null without another side.</summary>
    public DateTime? AnswerDueAt { get; private set; }

    /// <summary>UTC; when the other side was told that its time ends soon.</summary>
    public DateTime? RemindedAt { get; private set; }

    /// <summary>The other side's words; empty until it answered.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>What partners said that the client had before <see cref="OtherId"/>; empty when there were none.</summary>
    public string EarlierAnswer { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime? AnsweredAt { get; private set; }

    public long? AnsweredByUserId { get; private set; }

    /// <summary>Support's words to both sides; empty until it decided.</summary>
    public string Reason { get; private set; } = "";

    public long? DecidedByUserId { get; private set; }

    /// <summary>UTC; when it was decided or withdrawn.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>UTC; when its files were deleted, as their time was over.</summary>
    public DateTime? FilesDeletedAt { get; private set; }

    public bool IsOpen => State is ClaimState.Filed or ClaimState.UnderReview;

    /// <summary>The other side has not answered and still has time to.</summary>
    public bool IsWaiting(DateTime now) => IsOpen && AnsweredAt is null && now < AnswerDueAt;

    /// <summary>Tomorrow the other side's time is over. A time of one day says so when it begins.</summary>
    public bool ShallRemind(DateTime now) => IsWaiting(now) && RemindedAt is null && AnswerDueAt <= now.AddDays(1) && AnswerDueAt > ToldAt!.Value.AddDays(1);

    public void TakeUp(DateTime now) => (State, ReviewAt) = State is ClaimState.Filed ? (ClaimState.UnderReview, now) : (State, ReviewAt);

    public void LookUp(DateTime now) => LookedUpAt ??= now;

    /// <summary>This client is meant. Its partner, if it is another's, has until then to answer.</summary>
    /// <returns>What is wrong; null when it stands.</returns>
    public Error? Name(long clientId, long? otherId, DateTime due, DateTime now)
    {
        if (State is not ClaimState.UnderReview || ClientId is not null)
        {
            return new ClaimOver();
        }

        ClientId = clientId;
        if (otherId is not null && otherId != ClaimantId)
        {
            (OtherId, ToldAt, AnswerDueAt) = (otherId, now, due);
        }

        return null;
    }

    /// <summary>The client has another partner now than the one that was asked: it is heard too. What the earlier one said stays.</summary>
    /// <returns>What is wrong; null when it stands.</returns>
    public Error? AskAnew(long otherId, DateTime due, DateTime now)
    {
        if (!IsOpen || ClientId is null || otherId == OtherId || otherId == ClaimantId)
        {
            return new ClaimOver();
        }

        EarlierAnswer = string.Join('\n', new[] { EarlierAnswer, Answer }.Where(a => a.Length > 0));
        (OtherId, ToldAt, AnswerDueAt, RemindedAt) = (otherId, now, due, null);
        (Answer, AnsweredAt, AnsweredByUserId) = ("", null, null);
        return null;
    }

    public void Remind(DateTime now) => RemindedAt ??= now;

    /// <returns>What is wrong; null when it stands. After the deadline an answer counts for as long as nobody decided.</returns>
    public Error? AnswerWith(string words, long userId, DateTime now)
    {
        if (!IsOpen || AnsweredAt is not null)
        {
            return new ClaimOver();
        }

        (Answer, AnsweredByUserId, AnsweredAt) = (words, userId, now);
        return null;
    }

    /// <summary>The client becomes the claimant's. Its present partner must have answered, or had its time.</summary>
    public Error? Move(string reason, long userId, DateTime now) =>
        !IsOpen ? new ClaimOver() : ClientId is null ? new ClaimNamesNobody() : IsWaiting(now) ? new ClaimWaits(AnswerDueAt!.Value) : End(ClaimState.Moved, reason, userId, now);

    /// <summary>Nothing moves. That may be said at once: the other side loses nothing by it.</summary>
    public Error? Close(string reason, long userId, DateTime now) => !IsOpen ? new ClaimOver() : End(ClaimState.Closed, reason, userId, now);

    public Error? Withdraw(DateTime now)
    {
        if (!IsOpen)
        {
            return new ClaimOver();
        }

        (State, ClosedAt) = (ClaimState.Withdrawn, now);
        return null;
    }

    public void ForgetFiles(DateTime now) => FilesDeletedAt ??= now;

    private Error? End(ClaimState state, string reason, long userId, DateTime now)
    {
        (State, Reason, DecidedByUserId, ClosedAt) = (state, reason, userId, now);
        return null;
    }
}

/// <summary>A file that one side put to a claim: for its own people and for support, never for the other side.</summary>
public sealed class ClaimFile
{
    private ClaimFile()
    {
    }

    /// <param name="claimId">The claim.</param>
    /// <param name="side">Whose it is.</param>
    /// <param name="accountId">That side's account.</param>
    /// <param name="file">Looked through by <see cref="EvidenceFile.Check"/>.</param>
    /// <param name="contentType">What it was found to be.</param>
    /// <param name="now">UTC.</param>
    public ClaimFile(long claimId, ClaimSide side, long accountId, NewFile file, string contentType, DateTime now)
    {
        (ClaimId, Side, AccountId, ContentType, AddedAt) = (claimId, side, accountId, contentType, now);
        (Name, Content, Size) = (EvidenceFile.CleanName(file.Name), file.Bytes, file.Bytes.Length);
    }

    public long Id { get; private set; }

    public long ClaimId { get; private set; }

    public ClaimSide Side { get; private set; }

    public long AccountId { get; private set; }

    public string Name { get; private set; } = "";

    public string ContentType { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public int Size { get; private set; }

    public byte[] Content { get; private set; } = [];

    /// <summary>UTC.</summary>
    public DateTime AddedAt { get; private set; }
}
