using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Payouts;

public sealed class PayeeTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Details_AreEncryptedAtRestAndShownMasked(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        await world.EarnAsync(partner, 1000);
        await world.RequestAsync(partner);

        var kept = await portal.ReadAsync(async db => new[] { (await db.Payees.SingleAsync()).Sealed, (await db.Payouts.SingleAsync()).SealedPayee });
        var written = await portal.ReadAsync(async db => string.Join('\n',
            [.. await db.AuditEntries.Select(e => e.Details ?? "").ToListAsync(), .. await db.OutboxMessages.Select(m => m.Text + m.Html).ToListAsync()]));
        foreach (var secret in new[] { PayoutWorld.Number, PayoutWorld.TaxId, "Hafenstraße" })
        {
            Assert.All(kept, bytes => Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret))));
            Assert.DoesNotContain(secret, written, StringComparison.Ordinal);
        }

        var shown = await portal.CallAsync<PayeeQueries, MaskedPayee?>(q => q.FindAsync(partner, default));
        Assert.Equal(("•••• 3000", "•••• 7980"), (shown!.Number, shown.TaxId));
        foreach (var actor in new[] { partner with { Role = MemberRole.Seller }, await world.PartnerAsync("Wrongway Limited", payee: false), await world.People.SupportAsync() })
        {
            Assert.Null(await portal.CallAsync<PayeeQueries, MaskedPayee?>(q => q.FindAsync(actor, default)));
        }
    }

    [Fact]
    public async Task ExecuteAsync_SecretLeftEmpty_IsKept()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        var form = PayoutWorld.Form();
        (form.Number, form.TaxId, form.Holder) = ("", "", "Brightwater Systems Limited");

        Assert.True((await portal.CallAsync<ChangePayee, Result<Done>>(c => c.ExecuteAsync(form, partner, default))).Ok);

        var shown = await portal.CallAsync<PayeeQueries, MaskedPayee?>(q => q.FindAsync(partner, default));
        Assert.Equal(("Brightwater Systems Limited", "•••• 3000", "•••• 7980"), (shown!.Holder, shown.Number, shown.TaxId));
    }

    [Fact]
    public async Task Open_SealedForAnotherAccount_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var vault = portal.Services.GetRequiredService<PayeeVault>();
        var details = new PayeeDetails("Nora", PayoutWorld.Number, true, "", "DE", "Hamburg", "");

        var kept = vault.Seal(7, details);

        Assert.Equal(details, vault.Open(7, kept));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(8, kept));
    }

    [Theory]
    [InlineData("DE89370400440532013001", "", PayeeProblem.NotAnIban, nameof(PayeeForm.Number))]
    [InlineData("", "", PayeeProblem.Missing, nameof(PayeeForm.Number))]
    [InlineData("12345678", "", PayeeProblem.Missing, nameof(PayeeForm.Bank))]
    [InlineData("1234\u00005678", "HSBC", PayeeProblem.BadCharacter, nameof(PayeeForm.Number))]
    public void Read_WrongAccount_SaysWhich(string number, string bank, PayeeProblem problem, string field)
    {
        var form = PayoutWorld.Form(number);
        form.Bank = bank;

        var refused = Assert.IsType<PayeeRefused>(form.Read(null).Error);

        Assert.Contains(refused.Errors, e => e.Problem == problem && e.Field == field);
    }

    [Fact]
    public void Read_NumberOfTheCountrysOwnKind_NeedsItsBank()
    {
        var form = PayoutWorld.Form("0012345678");
        (form.Bank, form.Country) = ("Chase, ABA 021000021", "US");

        var details = form.Read(null).Value;

        Assert.Equal(("0012345678", false, "•••• 5678"), (details.Number, details.IsIban, details.MaskedNumber));
    }
}
