using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

public enum OrderProblem
{
    PlanUnknown,

    /// <summary>The plan has no price in that currency.</summary>
    NotInCurrency,
    OrderUnknown,
    PaidAlready,

    /// <summary>It was paid, taken back, or lapsed.</summary>
    NotOpen,

    /// <summary>Somebody may be paying by card at this moment.</summary>
    CheckoutOpen,

    /// <summary>It lapsed or was taken back, and the discount it had went to another purchase.</summary>
    DiscountUsedMeanwhile,

    BuyerNameMissing,
    TooLong,
    BadCharacter,

    /// <summary>Another price or discount holds now than the page showed.</summary>
    SumChanged,

    /// <summary>Cards cannot be taken: there is nothing to pay, or no processor is set up.</summary>
    NoCards,

    /// <summary>The card processor did not answer, or refused.</summary>
    ProcessorFailed,
}

/// <summary>Why something was not done with an order; nothing was changed.</summary>
/// <param name="OnField">The field of the form at fault; null when it is none.</param>
public sealed record OrderRefused(OrderProblem Kind, string? OnField = null) : Error
{
    public override string? Field => OnField;
}

public enum PlanFault
{
    CodeMissing,
    CodeTooLong,
    CodeBad,
    CodeTaken,
    NameMissing,
    TooLong,
    PricesUnreadable,
    TaxUnreadable,
    PositionUnreadable,
    PlanUnknown,
}

/// <summary>What is wrong with a plan that was typed; nothing was changed.</summary>
public sealed record PlanWrong(PlanFault Kind, string OnField) : Error
{
    public override string Field => OnField;
}
