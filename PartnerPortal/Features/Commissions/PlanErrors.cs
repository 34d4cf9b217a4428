using PartnerPortal.Shared;

namespace PartnerPortal.Features.Commissions;

public enum PlanProblem
{
    NameMissing,
    NameTooLong,
    NameTaken,
    LevelsMissing,
    LevelsTooMany,

    /// <summary>A level is neither a percentage nor amounts.</summary>
    LevelUnreadable,

    /// <summary>The percentages sum to more than a hundred.</summary>
    LevelsAboveWhole,
    ProductsTooLong,
    MonthsWrong,
    HoldDaysWrong,
    AmountsUnreadable,
    PercentUnreadable,
    DiscountUnreadable,

    /// <summary>A version counts from tomorrow at the earliest, so that nothing that was bought changes.</summary>
    DateTooEarly,
    DateUnreadable,
    NoSuchPlan,

    /// <summary>The plan has no version yet that anybody could earn by.</summary>
    NoVersion,
    NoSuchGroup,
    NoSuchPartner,
}

/// <summary>What is wrong with a plan that was typed; nothing was changed.</summary>
/// <param name="OnField">The field at fault; a level's is <c>Level1</c> and so on.</param>
public sealed record PlanRefused(PlanProblem Kind, string OnField) : Error
{
    public override string Field => OnField;
}
