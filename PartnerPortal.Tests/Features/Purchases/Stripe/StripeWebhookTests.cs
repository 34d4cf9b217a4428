using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases.Stripe;

public sealed class StripeWebhookTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Post_SessionPaid_CountsOnceHoweverItIsTold(DatabaseKind kind)
    {
        await using var scene = await StripeScene.StartAsync(kind);

        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Session("pi_1", scene.Buyer, status: "unpaid")));
        Assert.Equal(0, await scene.PurchasesAsync());
        foreach (var _ in new[] { 1, 2 })
        {
            Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Session("pi_1", scene.Buyer, type: "async_payment_succeeded", discount: 1000, created: StripeEvents.Bought + 60)));
            Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Session("pi_1", scene.Buyer)));
            Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Invoice("in_of_session", scene.Buyer, isSubscription: false)));
            Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.InvoicePayment("in_of_session", "pi_other")));
        }

        var bought = await scene.Portal.ReadAsync(db => db.Purchases.SingleAsync());
        Assert.Equal(("stripe", "pi_1", 9000L, 1000L, 1520L, "EUR", "team", PurchaseOutcome.Earns), (bought.Source, bought.ExternalId, bought.Amount, bought.Discount, bought.Tax, bought.Currency, bought.Product, bought.Outcome));
        Assert.Equal(new[] { 0L, 800, 400, 200 }, await scene.HeldAsync(scene.People));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Post_Subscription_CountsByItsInvoicesOnly(DatabaseKind kind)
    {
        await using var scene = await StripeScene.StartAsync(kind);

        await scene.TellAsync(StripeEvents.Session("pi_1", scene.Buyer, mode: "subscription"));
        await scene.TellAsync(StripeEvents.InvoicePayment("in_1", "pi_1"));
        await scene.TellAsync(StripeEvents.Invoice("in_1", scene.Buyer));
        await scene.TellAsync(StripeEvents.Invoice("in_2", scene.Buyer, discount: 500, paid: 4760));
        await scene.TellAsync(StripeEvents.Invoice("in_trial", scene.Buyer, total: 0, tax: 0));

        var bought = await scene.Portal.ReadAsync(db => db.Purchases.OrderBy(p => p.ExternalId).Select(p => new { p.ExternalId, p.Amount, p.Discount, p.Tax }).ToListAsync());
        Assert.Equal([("in_1", 8000L, 0L, 1520L), ("in_2", 4250, 250, 760)], bought.Select(p => (p.ExternalId, p.Amount, p.Discount, p.Tax)));
        var until = DateTimeOffset.FromUnixTimeSeconds(StripeEvents.Bought + StripeEvents.Month).UtcDateTime;
        Assert.Equal([until, until], await scene.Portal.ReadAsync(db => db.Purchases.Select(p => p.PaidUntil).ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Post_Refunds_TakeBackWhatTheSumSaysInWhicheverOrder(DatabaseKind kind)
    {
        await using var scene = await StripeScene.StartAsync(kind);

        // With tax: a quarter, then half. The larger sum comes first, before the payment itself.
        await scene.TellAsync(StripeEvents.Refunded("ch_1", "pi_1", 4760));
        Assert.Equal(0, await scene.Portal.ReadAsync(db => db.Refunds.CountAsync()));
        await scene.TellAsync(StripeEvents.Session("pi_1", scene.Buyer));
        Assert.Equal(new[] { 0L, 400, 200, 100 }, await scene.HeldAsync(scene.People));
        await scene.TellAsync(StripeEvents.Refunded("ch_1", "pi_1", 2380));
        await scene.TellAsync(StripeEvents.Refunded("ch_1", "pi_1", 4760));
        Assert.Equal(new[] { 0L, 400, 200, 100 }, await scene.HeldAsync(scene.People));
        await scene.TellAsync(StripeEvents.Refunded("ch_1", "pi_1", 9520));

        Assert.Equal(new[] { 0L, 0, 0, 0 }, await scene.HeldAsync(scene.People));
        Assert.Equal(new[] { 4000L, 4000 }, await scene.Portal.ReadAsync(db => db.Refunds.OrderBy(r => r.Id).Select(r => r.Applied).ToListAsync()));
        Assert.Empty(await BookInvariants.BrokenAsync(scene.Portal, scene.People));
    }

    [Fact]
    public async Task Post_RefundOfASubscription_FindsItsInvoiceAlsoWhenThatIsToldLast()
    {
        await using var scene = await StripeScene.StartAsync();

        await scene.TellAsync(StripeEvents.Refunded("ch_1", "pi_1", 9520));
        await scene.TellAsync(StripeEvents.Invoice("in_1", scene.Buyer));
        Assert.Equal(new[] { 0L, 800, 400, 200 }, await scene.HeldAsync(scene.People));
        await scene.TellAsync(StripeEvents.InvoicePayment("in_1", "pi_1"));

        Assert.Equal(new[] { 0L, 0, 0, 0 }, await scene.HeldAsync(scene.People));
    }

    [Fact]
    public async Task Post_Disputes_OnlyALostOneTakesBack()
    {
        await using var scene = await StripeScene.StartAsync();
        await scene.TellAsync(StripeEvents.Session("pi_1", scene.Buyer));

        await scene.TellAsync(StripeEvents.Dispute("dp_1", "pi_1", 9520, "needs_response"));
        await scene.TellAsync(StripeEvents.Dispute("dp_1", "pi_1", 9520, "won"));
        await scene.TellAsync(StripeEvents.Dispute("dp_2", "pi_1", 9520, "warning_closed"));
        Assert.Equal(new[] { 0L, 800, 400, 200 }, await scene.HeldAsync(scene.People));
        // Half was refunded; of the whole that is lost then, only the other half is left.
        await scene.TellAsync(StripeEvents.Refunded("ch_1", "pi_1", 4760));
        await scene.TellAsync(StripeEvents.Dispute("dp_3", "pi_1", 9520, "lost"));
        await scene.TellAsync(StripeEvents.Dispute("dp_3", "pi_1", 9520, "lost"));

        Assert.Equal(new[] { 0L, 0, 0, 0 }, await scene.HeldAsync(scene.People));
        Assert.Equal(8000, await scene.Portal.ReadAsync(db => db.Purchases.Select(p => p.Refunded).SingleAsync()));
    }

    [Fact]
    public async Task Post_ClientByMetadataThenCustomerThenEmail_IsFound()
    {
        await using var scene = await StripeScene.StartAsync();
        var nina = await new World(scene.Portal).PersonAsync("Nina Novak", "nina@novak.test");
        var first = AccountNumber.Offset + scene.People[0];

        // Metadata counts before the e-mail, and says whose customer that is from now on.
        await scene.TellAsync(StripeEvents.Session("pi_1", new StripeBuyer(first, Customer: "cus_1", Email: "nina@novak.test")));
        await scene.TellAsync(StripeEvents.Session("pi_2", new StripeBuyer(Customer: "cus_1", Email: "nina@novak.test")));
        await scene.TellAsync(StripeEvents.Session("pi_3", new StripeBuyer(Customer: "cus_2", Email: "Nina@Novak.test")));
        // A number that is nobody's is passed over.
        await scene.TellAsync(StripeEvents.Session("pi_4", new StripeBuyer(99_999_999, Email: "nina@novak.test")));

        var clients = await scene.Portal.ReadAsync(db => db.Purchases.OrderBy(p => p.ExternalId).Select(p => p.ClientId).ToListAsync());
        Assert.Equal([scene.People[0], scene.People[0], nina.AccountId!.Value, nina.AccountId.Value], clients);
        Assert.All(await scene.Portal.ReadAsync(db => db.StripePayments.ToListAsync()), p => Assert.Null(p.Email));
        Assert.Equal(PurchaseOutcome.NoPartner, await scene.Portal.ReadAsync(db => db.Purchases.Where(p => p.ExternalId == "pi_3").Select(p => p.Outcome).SingleAsync()));
    }

    [Fact]
    public async Task Post_UnknownClient_WaitsAndIsPlacedOnceTheAddressIsConfirmed()
    {
        await using var scene = await StripeScene.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Session("pi_1", new StripeBuyer(Email: "nina@novak.test"))));
        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Refunded("ch_1", "pi_1", 2380)));
        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Session("pi_2", new StripeBuyer())));
        Assert.Equal((0, PurchaseProblem.ClientUnknown), (await scene.PurchasesAsync(), await scene.Portal.ReadAsync(db => db.StripePayments.Where(p => p.ExternalId == "pi_1").Select(p => p.Problem).SingleAsync())));

        await new World(scene.Portal).PersonAsync("Nina Novak", "nina@novak.test");
        Assert.Equal(2, await scene.Portal.CallAsync<PlaceWaitingPayments, int>(p => p.ExecuteAsync(default)));

        var bought = await scene.Portal.ReadAsync(db => db.Purchases.SingleAsync());
        Assert.Equal(("pi_1", 2000L), (bought.ExternalId, bought.Refunded));
        Assert.Equal(1, await scene.Portal.CallAsync<PlaceWaitingPayments, int>(p => p.ExecuteAsync(default)));
    }

    [Theory]
    [InlineData("isk", 500_000, "ISK", 5000)]
    [InlineData("ugx", 500_000, "UGX", 5000)]
    [InlineData("mga", 5000, "MGA", 500_000)]
    [InlineData("jpy", 5000, "JPY", 5000)]
    [InlineData("kwd", 5000, "KWD", 5000)]
    public async Task Post_CurrencyThatStripeDividesOtherwise_IsKeptInMinorUnits(string currency, long amount, string code, long expected)
    {
        await using var scene = await StripeScene.StartAsync();

        await scene.TellAsync(StripeEvents.Session("pi_1", scene.Buyer, amount, 0, currency: currency));

        var bought = await scene.Portal.ReadAsync(db => db.Purchases.SingleAsync());
        Assert.Equal((code, expected), (bought.Currency, bought.Amount));
    }

    [Theory]
    [InlineData("xxx", 5000, PurchaseProblem.UnknownCurrency)]
    [InlineData("eur", 2_000_000_000_000_000, PurchaseProblem.TooLarge)]
    public async Task Post_PaymentThatNoPurchaseCanBe_IsKeptWithItsReason(string currency, long amount, PurchaseProblem problem)
    {
        await using var scene = await StripeScene.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Session("pi_1", scene.Buyer, amount, 0, currency: currency)));

        Assert.Equal(0, await scene.PurchasesAsync());
        Assert.Equal(problem, await scene.Portal.ReadAsync(db => db.StripePayments.Select(p => p.Problem).SingleAsync()));
    }

    [Fact]
    public async Task Post_BadInput_EachGetsAClearAnswerAndNothingIsKept()
    {
        await using var scene = await StripeScene.StartAsync();
        var good = StripeEvents.Session("pi_1", scene.Buyer);
        var now = scene.Portal.Clock.GetUtcNow().ToUnixTimeSeconds();
        string Sign(string body, long at, string secret = StripeScene.Secret) => StripeSignature.Sign(at, Encoding.UTF8.GetBytes(body), secret);
        var wrong = (HttpStatusCode.BadRequest, "signature-wrong");
        (string Body, string? Signature, (HttpStatusCode, string) Expected)[] cases =
        [
            (good, null, wrong),
            (good, "", wrong),
            (good, "t=,v1=", wrong),
            (good, $"t={now}", wrong),
            (good, $"v1={Sign(good, now)}", wrong),
            (good, $"t={now},v1={Sign(good, now, "whsec_of_somebody_else_entirely")}", wrong),
            (good, $"t={now},v0={Sign(good, now)}", wrong),
            (good, $"t={now + 1},v1={Sign(good, now)}", wrong),
            (good.Replace("9520", "9521", StringComparison.Ordinal), $"t={now},v1={Sign(good, now)}", wrong),
            (good, $"t=99999999999999999999,v1={Sign(good, now)}", wrong),
            (good, $"t={now - 301},v1={Sign(good, now - 301)}", (HttpStatusCode.BadRequest, "signature-too-old")),
            (good, $"t={now + 301},v1={Sign(good, now + 301)}", (HttpStatusCode.BadRequest, "signature-too-old")),
            ("{", $"t={now},v1={Sign("{", now)}", (HttpStatusCode.BadRequest, "malformed")),
            ("[]", $"t={now},v1={Sign("[]", now)}", (HttpStatusCode.BadRequest, "malformed")),
            (new string(' ', StripeApi.BodyLimit + 1), $"t={now},v1={Sign("", now)}", (HttpStatusCode.RequestEntityTooLarge, "body-too-large")),
        ];
        foreach (var (body, signature, expected) in cases)
        {
            Assert.Equal((signature, expected), (signature, await scene.PostAsync(body, signature)));
        }

        var old = good.Replace(StripeApi.Version, "2024-06-20", StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "version-unknown"), await scene.PostAsync(old, $"t={now},v1={Sign(old, now)}"));
        var lacking = good.Replace("\"currency\":\"eur\",", "", StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "malformed"), await scene.PostAsync(lacking, $"t={now},v1={Sign(lacking, now)}"));
        Assert.Equal(0, await scene.Portal.ReadAsync(db => db.StripePayments.CountAsync()));
        // While a secret is changed there are values of both; and 300 seconds are not too long.
        Assert.Equal((HttpStatusCode.OK, ""), await scene.PostAsync(good, $"t={now - 300},v1={Sign(good, now - 300, "whsec_of_somebody_else_entirely")},v1={Sign(good, now - 300)},v0=x"));
        Assert.Equal(1, await scene.PurchasesAsync());
    }

    [Fact]
    public async Task Post_WithoutASecret_IsNotThere()
    {
        await using var portal = await TestPortal.StartAsync();
        using var client = SignedIn.Visitor(portal);
        using var body = new StringContent(StripeEvents.Customer(), Encoding.UTF8, "application/json");

        using var response = await client.PostAsync(new Uri(PortalUrls.StripeWebhook, UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
