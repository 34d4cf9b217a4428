using Microsoft.Extensions.Localization;
using PartnerPortal.Documents;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary><c>/wallet/statements/2026-11.pdf?currency=EUR</c>: a month of the actor's own wallet as a document.</summary>
public static class WalletStatementEndpoint
{
    public static async Task<IResult> Get(
        string month, string? currency, HttpContext context, ActorSource actors, WalletStatementQueries queries, ProgramSettingsSource settings, TimeProvider clock, IStringLocalizer<StatementText> text)
    {
        var ct = context.RequestAborted;
        var actor = await actors.GetAsync(context.User, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        if (!CalendarMonth.TryParse(month, out var wanted) || wanted.Number > CalendarMonth.Of(now).Number || currency is null
            || await queries.FindAsync(currency.ToUpperInvariant(), wanted, actor, ct) is not { } facts)
        {
            return Results.NotFound();
        }

        var head = new StatementHead((await settings.GetAsync(ct)).Name, actor.AccountName, AccountNumber.Offset + actor.AccountId!.Value, now);
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(PdfFile.Write(WalletStatement.Write(facts, head, text)), PdfFile.ContentType, $"{text["File"]}-{wanted}-{facts.Currency}.pdf");
    }
}
