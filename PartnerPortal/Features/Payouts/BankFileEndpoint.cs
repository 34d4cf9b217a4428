using System.Globalization;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>A batch of payouts as a table for the bank's upload or for whoever types the transfers. Its columns are named for machines, in every language alike.</summary>
public static class BankFileEndpoint
{
    private static readonly string[] Columns = ["reference", "holder", "iban", "account", "bank", "country", "address", "tax_id", "amount", "currency", "purpose"];

    public static async Task<IResult> Get(long id, HttpContext context, ActorSource actors, ReadBankFile read, ProgramSettingsSource settings)
    {
        var ct = context.RequestAborted;
        var lines = await read.ExecuteAsync(id, await actors.GetAsync(context.User, ct), ct);
        if (lines.Error is { } error)
        {
            return error is NoSuchPayout ? Results.NotFound() : Results.Forbid();
        }

        var program = (await settings.GetAsync(ct)).Name;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(
            stream => CsvText.WriteAsync(stream, Columns, lines.Value.ToAsyncEnumerable(), line => Fields(line, program), ct),
            "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"payouts-{id}.csv"));
    }

    private static string?[] Fields(BankFileLine line, string program) =>
    [
        line.Number, line.Payee.Holder, line.Payee.IsIban ? line.Payee.Number : null, line.Payee.IsIban ? null : line.Payee.Number, line.Payee.Bank, line.Payee.Country,
        string.Join(", ", PayeeForm.Lines(line.Payee.Address)), line.Payee.TaxId, Money.WritePlain(line.Amount, line.Currency), line.Currency, $"{program} {line.Number}",
    ];
}
