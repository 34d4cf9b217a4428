using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using UglyToad.PdfPig;

namespace PartnerPortal.Tests.Features.Payouts;

/// <summary>The statement and the bank's file, as they leave the portal.</summary>
public sealed class PayoutFilesTests
{
    [Fact]
    public async Task Statement_OfAPayout_ListsItsLinesAndSumsToIt()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        await world.RefundAsync(await world.EarnAsync(partner, 1200), 200);
        var failed = (await world.RequestAsync(partner)).Value;
        await world.FailAsync(failed, await world.People.SupportAsync());
        await world.EarnAsync(partner, 500);
        await world.SettingsAsync(s => (s.Issuer, s.IssuerTaxId) = ("Fernhill Software ApS\n8000 Aarhus C", "DK12345678"));
        var payout = (await world.RequestAsync(partner)).Value;
        using var client = await SignedIn.ClientAsync(portal, partner);

        using var response = await client.GetAsync(PortalUrls.PayoutStatement(payout));

        Assert.Equal("application/pdf", response.Content.Headers.ContentType?.MediaType);
        using var pdf = PdfDocument.Open(await response.Content.ReadAsByteArrayAsync());
        var text = string.Join(' ', pdf.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
        foreach (var part in new[]
        {
            "Statement P-000002", "Fernhill Software ApS", "DK12345678", "Brightwater Systems Ltd", "Hafenstraße 1", PayoutWorld.TaxId, "•••• 3000", "Came back from payout P-000001", "€10.00",
            "Commission: C. S., team, level 1 (b-2)", "€5.00", "Total paid out", "€15.00", "Page 1 of 1",
        })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(PayoutWorld.Number, text, StringComparison.Ordinal);
        // What the first payout paid, it alone lists; it failed, and so its whole amount came back.
        Assert.DoesNotContain("b-1", text, StringComparison.Ordinal);
        Assert.Equal([1200L, -200], (await portal.CallAsync<PayoutStatementQueries, PayoutStatement?>(q => q.FindAsync(failed, partner, default)))!.Lines.Select(l => l.Amount));
    }

    [Fact]
    public async Task Statement_InArabic_IsADocumentToo()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        await world.EarnAsync(partner, 1200);
        var payout = (await world.RequestAsync(partner)).Value;
        using var client = await SignedIn.SignedInClient(portal, partner, "ar");

        using var pdf = PdfDocument.Open(await client.GetByteArrayAsync(PortalUrls.PayoutStatement(payout)));

        // Its title begins on the right.
        Assert.InRange(pdf.GetPage(1).Letters.Where(l => l.PointSize > 15).Max(l => l.BoundingBox.Right), 535, 550);
        Assert.Contains(pdf.GetPage(1).GetWords(), w => w.Text.Contains("P-000001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BankFile_OfABatch_HoldsWhatTheBankNeedsAndRunsNoFormula()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var (partner, staff) = (await world.PartnerAsync(payee: false), await world.People.SupportAsync());
        var form = PayoutWorld.Form();
        (form.Holder, form.Address) = ("=HYPERLINK(\"http://evil.test\")", "+1\nHamburg");
        await portal.CallAsync<ChangePayee, Result<Done>>(c => c.ExecuteAsync(form, partner, default));
        await world.EarnAsync(partner, 123456);
        await world.ApproveAsync((await world.RequestAsync(partner)).Value, staff);
        var batch = (await world.ExportAsync(staff)).Value.BatchId;
        using var client = await SignedIn.ClientAsync(portal, staff);

        using var response = await client.GetAsync(PortalUrls.BankFile(batch));

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        var lines = (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("reference,holder,iban,account,bank,country,address,tax_id,amount,currency,purpose", lines[0]);
        Assert.StartsWith("P-000001,\"'=HYPERLINK(\"\"http://evil.test\"\")\",DE89370400440532013000,,,DE,\"'+1, Hamburg\",DE811907980,1234.56,EUR,", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
        using var missing = await client.GetAsync(PortalUrls.BankFile(batch + 1));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        // Each reading is on record.
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.BankFileRead)));
    }
}
