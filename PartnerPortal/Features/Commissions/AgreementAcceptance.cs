namespace PartnerPortal.Features.Commissions;

/// <summary>That a partner said yes to a version of the terms by which it earns. Never updated or deleted; the database refuses it.</summary>
public sealed class AgreementAcceptance
{
    private AgreementAcceptance()
    {
    }

    public AgreementAcceptance(long accountId, long planVersionId, long userId, string userName, DateTime now) =>
        (AccountId, PlanVersionId, UserId, UserName, At) = (accountId, planVersionId, userId, userName, now);

    public long Id { get; private set; }

    /// <summary>The partner's.</summary>
    public long AccountId { get; private set; }

    public long PlanVersionId { get; private set; }

    public long UserId { get; private set; }

    /// <summary>As the user was called then.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }
}
