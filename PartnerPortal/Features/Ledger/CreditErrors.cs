using PartnerPortal.Shared;

namespace PartnerPortal.Features.Ledger;

/// <summary>The budget does not hold it any more; nothing was given.</summary>
/// <param name="Left">Minor units of the bonus's currency.</param>
public sealed record BonusBudgetSpent(long Left) : Error;

/// <summary>The key gave something else before; nothing was given.</summary>
public sealed record BonusKeyTaken : Error;

/// <summary>It cannot be given as it is asked for.</summary>
/// <param name="Member">Which of <see cref="BonusGrant"/> is at fault.</param>
public sealed record BonusInvalid(string Member) : Error
{
    public override string Field => Member;
}
