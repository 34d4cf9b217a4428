using PartnerPortal.Identity;

namespace PartnerPortal.Features.AccessGrants;

public enum AccessState
{
    /// <summary>The client has not answered yet.</summary>
    Asked,

    /// <summary>Approved and not ended.</summary>
    Running,

    /// <summary>The client said No.</summary>
    Refused,

    /// <summary>Who asked took it back before an answer.</summary>
    Withdrawn,

    /// <summary>Nobody answered in time.</summary>
    Lapsed,

    /// <summary>Its days are over.</summary>
    Expired,

    /// <summary>The client ended it, or withdrew the consent it rests on.</summary>
    Revoked,

    /// <summary>Who had it ended it.</summary>
    GivenUp,

    /// <summary>The client has another partner, or none, or its account was closed.</summary>
    Parted,

    /// <summary>The client approved a newer request of the same.</summary>
    Replaced,
}

/// <summary>
/// A request to work in a client's account, and what became of it. The client decides which of the scopes, and for how many of the days. It cannot be extended: a new request is a new one.
/// </summary>
public sealed class AccessGrant
{
    public const int ReasonLength = 500;
    public const int AnswerLength = 500;

    /// <summary>Days until a request without an answer lapses.</summary>
    public const int AnswerDays = 14;

    private AccessGrant()
    {
    }

    /// <param name="clientId">The account that is asked.</param>
    /// <param name="partnerId">The partner's account; null when support asks.</param>
    /// <param name="userId">Who asks.</param>
    /// <param name="scopes">See <see cref="AccessScopeList.Complete"/>.</param>
    /// <param name="days">From the approval on.</param>
    /// <param name="reason">Why, for the client to read; at most <see cref="ReasonLength"/> characters.</param>
    /// <param name="now">UTC.</param>
    public AccessGrant(long clientId, long? partnerId, long userId, AccessScopes scopes, int days, string reason, DateTime now)
    {
        ClientId = clientId;
        PartnerId = partnerId;
        AskedByUserId = userId;
        Scopes = AskedScopes = AccessScopeList.Complete(scopes);
        Days = AskedDays = days;
        Reason = reason;
        AskedAt = now;
    }

    public long Id { get; private set; }

    public long ClientId { get; private set; }

    /// <summary>Null: support asked.</summary>
    public long? PartnerId { get; private set; }

    /// <summary>The id stays when the person is gone.</summary>
    public long AskedByUserId { get; private set; }

    public AccessState State { get; private set; } = AccessState.Asked;

    public AccessScopes AskedScopes { get; private set; }

    public int AskedDays { get; private set; }

    /// <summary>As approved; until then as asked.</summary>
    public AccessScopes Scopes { get; private set; }

    /// <summary>As approved; until then as asked.</summary>
    public int Days { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; private set; }

    /// <summary>UTC; null until the client answered.</summary>
    public DateTime? AnsweredAt { get; private set; }

    public long? AnsweredByUserId { get; private set; }

    /// <summary>The client's words to its answer; may be empty.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>UTC; when it ends by itself. Null unless it was approved.</summary>
    public DateTime? EndsAt { get; private set; }

    /// <summary>UTC; when it was over, whichever way. Null while it is asked or runs.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>UTC; when both sides were told that it ends soon.</summary>
    public DateTime? RemindedAt { get; private set; }

    public bool IsRunning(DateTime now) => State is AccessState.Running && now < EndsAt;

    public bool IsDue(DateTime now) => State is AccessState.Running && EndsAt <= now;

    public bool IsUnanswered(DateTime now) => State is AccessState.Asked && AskedAt.AddDays(AnswerDays) <= now;

    /// <summary>Tomorrow it ends. A grant of one day says so when it begins.</summary>
    public bool ShallRemind(DateTime now) => IsRunning(now) && RemindedAt is null && Days > 1 && EndsAt <= now.AddDays(1);

    /// <returns>What is wrong; null when it runs now.</returns>
    public Shared.Error? Approve(AccessScopes scopes, int days, string answer, long userId, DateTime now)
    {
        if (State is not AccessState.Asked)
        {
            return new AccessAnswered();
        }

        var complete = AccessScopeList.Complete(scopes);
        if (complete is AccessScopes.None || (complete & ~AskedScopes) is not AccessScopes.None)
        {
            return new AccessScopesWrong();
        }

        if (days < 1 || days > AskedDays)
        {
            return new AccessDaysWrong(AskedDays);
        }

        (State, Scopes, Days, EndsAt) = (AccessState.Running, complete, days, now.AddDays(days));
        AnswerWith(answer, userId, now);
        return null;
    }

    /// <returns>What is wrong; null when it is refused now.</returns>
    public Shared.Error? Refuse(string answer, long userId, DateTime now)
    {
        if (State is not AccessState.Asked)
        {
            return new AccessAnswered();
        }

        (State, ClosedAt) = (AccessState.Refused, now);
        AnswerWith(answer, userId, now);
        return null;
    }

    /// <summary>It is over. A request can only be withdrawn, lapse, part, or fall with the consent to be asked; a grant all else.</summary>
    /// <returns>False when it was over before.</returns>
    public bool Close(AccessState how, DateTime now)
    {
        var may = State switch
        {
            AccessState.Asked => how is AccessState.Withdrawn or AccessState.Lapsed or AccessState.Parted or AccessState.Revoked,
            AccessState.Running => how is AccessState.Expired or AccessState.Revoked or AccessState.GivenUp or AccessState.Parted or AccessState.Replaced,
            _ => false,
        };
        (State, ClosedAt) = may ? (how, now) : (State, ClosedAt);
        return may;
    }

    public void Remind(DateTime now) => RemindedAt ??= now;

    private void AnswerWith(string answer, long userId, DateTime now) => (Answer, AnsweredByUserId, AnsweredAt) = (answer, userId, now);
}

/// <summary>One time that a person acted by a grant, in one browser: from its start until it stopped or could go on no longer.</summary>
public sealed class AccessSession
{
    private AccessSession()
    {
    }

    public AccessSession(long grantId, long userId, DateTime now) => (GrantId, UserId, StartedAt) = (grantId, userId, now);

    public long Id { get; private set; }

    public long GrantId { get; private set; }

    public long UserId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; private set; }

    /// <summary>UTC; null while it goes on, as far as the grant does.</summary>
    public DateTime? EndedAt { get; private set; }

    public void End(DateTime now) => EndedAt ??= now;
}
