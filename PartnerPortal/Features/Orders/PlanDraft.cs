using System.Globalization;
using PartnerPortal.Features.Commissions;

namespace PartnerPortal.Features.Orders;

/// <summary>A plan while the owner types it; what is wrong stays as it was typed.</summary>
public sealed class PlanDraft
{
    private const int MaxPosition = 9_999;

    /// <summary>Only of a new plan.</summary>
    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>"49.00 EUR; 55.00 USD".</summary>
    public string Prices { get; set; } = "";

    public PlanPeriod Period { get; set; } = PlanPeriod.Month;

    /// <summary>"19 %".</summary>
    public string Tax { get; set; } = "0 %";

    public bool IsShown { get; set; } = true;

    public string Position { get; set; } = "10";

    public static PlanDraft Of(PlanRow plan) => new()
    {
        Code = plan.Code,
        Name = plan.Name,
        Description = plan.Description,
        Prices = TypedTerms.WriteAmounts(plan.Prices),
        Period = plan.Period,
        Tax = TypedTerms.WritePercent(plan.TaxBasisPoints),
        IsShown = plan.IsShown,
        Position = plan.Position.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The code without spaces around; or what is wrong with it. Other systems name it in addresses and files, so it is plain.</summary>
    public PlanWrong? CodeProblem() => Code.Trim() switch
    {
        "" => new(PlanFault.CodeMissing, nameof(Code)),
        { Length: > Plan.CodeLength } => new(PlanFault.CodeTooLong, nameof(Code)),
        var code when !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') => new(PlanFault.CodeBad, nameof(Code)),
        _ => null,
    };

    /// <summary>The terms; or the first thing that is wrong with them.</summary>
    public (SaleTerms? Terms, PlanWrong? Problem) Read()
    {
        var (name, description) = (Name.Trim(), Description.Trim());
        if (name.Length is 0 or > Plan.NameLength)
        {
            return Wrong(name.Length == 0 ? PlanFault.NameMissing : PlanFault.TooLong, nameof(Name));
        }

        if (description.Length > Plan.DescriptionLength)
        {
            return Wrong(PlanFault.TooLong, nameof(Description));
        }

        if (!TypedTerms.TryReadAmounts(Prices, out var prices) || prices.Count == 0)
        {
            return Wrong(PlanFault.PricesUnreadable, nameof(Prices));
        }

        if (!TypedTerms.TryReadPercent(Tax, out var tax))
        {
            return Wrong(PlanFault.TaxUnreadable, nameof(Tax));
        }

        if (!int.TryParse(Position.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var position) || position > MaxPosition)
        {
            return Wrong(PlanFault.PositionUnreadable, nameof(Position));
        }

        return (new SaleTerms(name, description, prices, Period, tax, IsShown, position), null);
    }

    private static (SaleTerms?, PlanWrong?) Wrong(PlanFault fault, string field) => (null, new PlanWrong(fault, field));
}
