using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>What the forms about access send; errors name its fields.</summary>
/// <param name="Scopes">What to allow.</param>
/// <param name="Days">For how long.</param>
/// <param name="Words">Why one asks, or what one says to the answer.</param>
public sealed record AccessTerms(Identity.AccessScopes Scopes, int Days, string Words);

/// <summary>No scope, or one that was not asked for.</summary>
public sealed record AccessScopesWrong : Error
{
    public override string Field => nameof(AccessTerms.Scopes);
}

/// <param name="Most">Days allowed.</param>
public sealed record AccessDaysWrong(int Most) : Error
{
    public override string Field => nameof(AccessTerms.Days);
}

public sealed record AccessReasonMissing : Error
{
    public override string Field => nameof(AccessTerms.Words);
}

public sealed record AccessWordsTooLong(int Limit) : Error
{
    public override string Field => nameof(AccessTerms.Words);
}

/// <summary>There is a request without an answer already.</summary>
public sealed record AccessAskedAlready : Error;

/// <summary>Asked too often within a day.</summary>
public sealed record AccessAskedTooOften(int Limit) : Error;

/// <summary>The client has not agreed to be asked, or agrees no more.</summary>
public sealed record AccessNotAgreed : Error;

/// <summary>It was answered, withdrawn or ended meanwhile.</summary>
public sealed record AccessAnswered : Error;

/// <summary>Who answers asked itself, or belongs to those who asked.</summary>
public sealed record AccessOwnRequest : Error;
