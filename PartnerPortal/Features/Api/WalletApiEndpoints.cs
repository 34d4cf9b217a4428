using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary><c>/api/v1/wallet</c>: a partner's system reads what was earned, and by what.</summary>
internal static class WalletApiEndpoints
{
    public static Task<IResult> Balances(HttpContext context, WalletQueries wallet) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        query.Problem is { } problem ? ApiEndpoint.Problem(problem)
        : ApiEndpoint.Answer(new WalletAnswer([.. (await wallet.BalancesAsync(actor, ct)).Select(b => new BalanceAnswer(b.Currency, b.Pending, b.Available, b.InPayout, b.Paid))])));

    public static Task<IResult> Lines(HttpContext context, WalletLineQueries lines) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
    {
        var month = query.Text("month", 7);
        var view = new WalletView
        {
            Currency = query.Text("currency", 3),
            State = query.Word<WalletLineState>("state"),
            Level = query.Number("level") is { } level ? (int)Math.Min(level, PlanRules.MaxLevels + 1) : null,
            Month = CalendarMonth.TryParse(month, out var read) ? read : null,
        };
        var (limit, cursor) = query.Page();
        return query.Problem is { } problem ? ApiEndpoint.Problem(problem)
            : month is not null && view.Month is null ? ApiEndpoint.Problem(ApiProblem.Of("parameter-invalid", 422, "A parameter cannot be read", "The parameter month must be a month such as 2026-11."))
            : ApiEndpoint.Page(query, await lines.PageAsync(view with { At = cursor }, limit, actor, ct), Answer);
    });

    public static Task<IResult> Line(string id, HttpContext context, WalletLineQueries lines) => ApiEndpoint.AskAsync(context, async (query, actor, ct) =>
        query.Problem is { } problem ? ApiEndpoint.Problem(problem)
        : ApiIds.Read(ApiIds.WalletLine, id) is { } key && await lines.FindAsync(key, actor, ct) is { } line ? ApiEndpoint.Answer(Answer(line))
        : ApiEndpoint.Problem(ApiProblems.NotFound));

    private static WalletLineAnswer Answer(WalletLine l) => new(
        ApiIds.Write(ApiIds.WalletLine, l.Id), ApiTime.Write(l.At), l.Client, l.Product, l.Currency, l.Level, ApiProblem.Word(l.State.ToString()), ApiProblem.Word(l.Reason.ToString()), l.BasisPoints, l.Base,
        l.Refunded, l.Granted, l.Reversed, l.Net, ApiTime.Write(l.HeldUntil), ApiTime.Write(l.ReleasedAt), l.PaidOut, ApiTime.Write(l.PaidAt),
        l.Plan, l.Version, l.IsUnderReview);
}
