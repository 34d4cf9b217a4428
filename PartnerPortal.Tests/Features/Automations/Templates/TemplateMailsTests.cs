using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Email;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Automations.Templates;

public sealed class TemplateMailsTests
{
    private const string Rich = "Hello {{person.name}},\nyou are welcome.\n\n{{sign_in_address | Open it}}\n\n{{client.referral_link}}\n{{client.referral_code}}\n{{client.qr}}\n\nAsk {{partner.name}}.";

    [Theory, OnSqlite, OnPostgres]
    public async Task SendAsync_Client_GetsItsOwnLinkAndPictureAndAWayToStop(DatabaseKind kind)
    {
        await using var scene = await TemplateScene.StartAsync(kind);
        var code = await scene.World.CodeOfAsync(scene.Client);
        var template = await scene.AddAsync(TemplateScene.Form("Welcome to {{program.name}}, {{client.name}}", Rich));

        Assert.Equal(1, (await scene.SendAsync(template)).Value);

        var message = await scene.LastAsync();
        // Nothing was written in the reader's language.
        Assert.Equal(("clara@client.test", "en", "Welcome to PartnerPortal, Clara Zwitscher"), (message.ToAddress, message.Language, message.Subject));
        Assert.Equal(scene.Client.AccountId, message.AccountId);
        Assert.Contains($"/r/{code}", message.Text, StringComparison.Ordinal);
        Assert.Contains("Open it:\n", message.Text, StringComparison.Ordinal);
        Assert.Contains("Ask Rightway.", message.Text, StringComparison.Ordinal);
        Assert.EndsWith("/one-click", message.UnsubscribeUrl, StringComparison.Ordinal);
        Assert.Equal(1, await scene.Portal.SendAsync());
        var mail = ParsedMail.ReadFile(Directory.GetFiles(scene.Portal.MailFolder, "*.eml").Single());
        Assert.Contains("List-Unsubscribe=One-Click", mail["List-Unsubscribe-Post"], StringComparison.Ordinal);
        Assert.Contains("src=\"cid:picture1@portal\"", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("data:image", mail.Html, StringComparison.Ordinal);
        Assert.EndsWith($"/r/{code}?s=qr", await QrScanner.ReadAsync(mail.Pictures["picture1@portal"], "png"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ReadersLanguage_IsTakenWhereItIsWritten()
    {
        await using var scene = await TemplateScene.StartAsync(language: "es");
        var form = TemplateScene.Form("Hello", "Hello {{person.name}}") with { Texts = new Dictionary<string, TypedText> { ["en"] = new("Hello", "Good day"), ["es"] = new("Hola, {{client.name}}", "Buenas.\n\n{{plans_address}}") } };

        await scene.SendAsync(await scene.AddAsync(form));

        var message = await scene.LastAsync();
        Assert.Equal(("es", "Hola, Clara Zwitscher"), (message.Language, message.Subject));
        Assert.Contains(">Ver los planes</a>", message.Html, StringComparison.Ordinal);
    }

    /// <summary>A value is letters, whatever stands in it.</summary>
    [Fact]
    public async Task SendAsync_NameThatIsMarkup_IsWrittenAsItIsAndBeginsNoHeader()
    {
        await using var scene = await TemplateScene.StartAsync(clientName: "<b>Eve</b> {{program.name}} \"onload=x");
        await new MoneyWorld(scene.Portal).WorkAsync(async work =>
            (await work.Db.Accounts.SingleAsync(a => a.Id == scene.Client.AccountId)).ChangeContact("Eve\r\nBcc: all@victims.test", "clara@client.test", null, null));

        await scene.SendAsync(await scene.AddAsync(TemplateScene.Form("For {{client.name}}", "Hello {{person.name}}")));

        var message = await scene.LastAsync();
        Assert.Equal("For Eve Bcc: all@victims.test", message.Subject);
        Assert.Contains("Hello &lt;b&gt;Eve&lt;/b&gt; {{program.name}} &quot;onload=x", message.Html, StringComparison.Ordinal);
        await scene.Portal.SendAsync();
        var mail = ParsedMail.ReadFile(Directory.GetFiles(scene.Portal.MailFolder, "*.eml").Single());
        Assert.False(mail.Headers.ContainsKey("Bcc"));
    }

    [Fact]
    public async Task SendAsync_NoPartner_LeavesTheParagraphAboutItOut()
    {
        await using var scene = await TemplateScene.StartAsync();
        var template = await scene.AddAsync(TemplateScene.Form("Hello", "First.\n\nAsk {{partner.name}},\nwho knows.\n\nLast."));

        await scene.SendAsync(template, new TemplateSubject(scene.Client.AccountId!.Value));

        Assert.StartsWith("First.\n\nLast.\n\n", (await scene.LastAsync()).Text, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task SendAsync_Purchase_TellsWhatWasBoughtAndNeedsOne(DatabaseKind kind)
    {
        await using var scene = await TemplateScene.StartAsync(kind, language: "en");
        var money = new MoneyWorld(scene.Portal);
        await money.BuyAsync(money.Purchase(scene.Client.AccountId!.Value, "p-1") with { Amount = 12_000, Discount = 2_000, Tax = 1_900, Currency = "EUR", Product = "team" });
        var purchase = await scene.Portal.ReadAsync(db => db.Purchases.SingleAsync());
        var template = await scene.AddAsync(TemplateScene.Form("Thanks for {{purchase.product}}", "{{purchase.amount}}", MailOccasion.Purchase));

        Assert.Equal(new TemplateLacks(MailOccasion.Purchase), (await scene.SendAsync(template)).Error);
        // Another's purchase is none of it.
        Assert.Equal(new TemplateLacks(MailOccasion.Purchase), (await scene.SendAsync(template, new TemplateSubject(scene.Partner.AccountId!.Value, null, purchase.Id))).Error);
        Assert.True((await scene.SendAsync(template, new TemplateSubject(scene.Client.AccountId!.Value, null, purchase.Id))).Ok);

        var message = await scene.LastAsync();
        Assert.Equal("Thanks for team", message.Subject);
        Assert.StartsWith("€119.00\n", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_Integrator_GetsWhatIsAboutItself()
    {
        await using var scene = await TemplateScene.StartAsync();
        var template = await scene.AddAsync(TemplateScene.Form("Well done, {{partner.name}}", "{{partner.referral_code}}", MailOccasion.Partner));

        await scene.SendAsync(template, new TemplateSubject(scene.Partner.AccountId!.Value));

        var message = await scene.LastAsync();
        Assert.Equal("Well done, Rightway", message.Subject);
        Assert.Contains(await scene.World.CodeOfAsync(scene.Partner), message.Text, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task SendAsync_WhoCannotOrWantsNoMail_GetsNoneAndItIsSaidWhy(DatabaseKind kind)
    {
        await using var scene = await TemplateScene.StartAsync(kind);
        var (template, needed) = (await scene.AddAsync(TemplateScene.Form("Hello", "Hi")), await scene.AddAsync(TemplateScene.Form("Hello", "Hi", isNeeded: true, name: "Needed")));
        await scene.SendAsync(template);
        var token = TokenOf(await scene.LastAsync());

        Assert.True((await scene.Portal.CallAsync<StopAutomationMail, Result<Done>>(s => s.ExecuteAsync(token, true, default))).Ok);
        Assert.True((await scene.Portal.CallAsync<StopAutomationMail, Result<Done>>(s => s.ExecuteAsync(token, true, default))).Ok);
        Assert.Equal(new NobodyToMail(NobodyReason.Stopped), (await scene.SendAsync(template)).Error);
        Assert.True((await scene.SendAsync(needed)).Ok);
        var last = await scene.LastAsync();
        Assert.Null(last.UnsubscribeUrl);
        Assert.DoesNotContain("unsubscribe", last.Text, StringComparison.Ordinal);
        Assert.True((await scene.Portal.CallAsync<StopAutomationMail, Result<Done>>(s => s.ExecuteAsync(token, false, default))).Ok);
        Assert.True((await scene.SendAsync(template)).Ok);

        await scene.World.DisableAsync(scene.Client, await scene.World.SupportAsync());
        Assert.Equal(new NobodyToMail(NobodyReason.Disabled), (await scene.SendAsync(needed)).Error);
        Assert.Equal(new NobodyToMail(NobodyReason.NoSuchAccount), (await scene.SendAsync(template, new TemplateSubject(987654))).Error);
        Assert.Equal(new NoSuchTemplate(), (await scene.SendAsync(987654)).Error);
        Assert.Equal(
            ["automation-mail.resumed", "automation-mail.stopped"],
            await scene.Portal.ReadAsync(db => db.AuditEntries.Where(a => a.Action.StartsWith("automation-mail")).Select(a => a.Action).OrderBy(a => a).ToListAsync()));
    }

    [Fact]
    public async Task StopAutomationMail_TokenOfNobody_StopsNothing()
    {
        await using var scene = await TemplateScene.StartAsync();
        await scene.SendAsync(await scene.AddAsync(TemplateScene.Form("Hello", "Hi")));
        var token = TokenOf(await scene.LastAsync());

        foreach (var wrong in new[] { "", "x", token[..^2], string.Concat(token.Reverse()), new string('a', 500) })
        {
            Assert.IsType<NoSuchReader>((await scene.Portal.CallAsync<StopAutomationMail, Result<Done>>(s => s.ExecuteAsync(wrong, true, default))).Error);
        }

        Assert.False(await scene.Portal.CallAsync<AutomationMailQueries, bool?>(q => q.FindAsync(token, default)));
    }

    /// <summary>By the mail program alone, as RFC 8058 has it.</summary>
    [Fact]
    public async Task OneClick_PostedByAMailProgram_StopsWithoutSignIn()
    {
        await using var scene = await TemplateScene.StartAsync();
        var template = await scene.AddAsync(TemplateScene.Form("Hello", "Hi"));
        await scene.SendAsync(template);
        using var http = scene.Portal.CreateClient(new() { AllowAutoRedirect = false });

        using var posted = await http.PostAsync(new Uri((await scene.LastAsync()).UnsubscribeUrl!).PathAndQuery, new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" }));

        Assert.Equal(System.Net.HttpStatusCode.OK, posted.StatusCode);
        Assert.Equal(new NobodyToMail(NobodyReason.Stopped), (await scene.SendAsync(template)).Error);
    }

    /// <summary>The values are in the message alone, and go with it.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task Erasure_OfWhoWasWrittenTo_LeavesNoWordOfIt(DatabaseKind kind)
    {
        await using var scene = await TemplateScene.StartAsync(kind);
        await scene.SendAsync(await scene.AddAsync(TemplateScene.Form("Hello {{client.name}}", "{{client.qr}}")));
        var id = (await scene.LastAsync()).Id;

        Assert.True((await scene.Portal.CallAsync<CloseAccount, Result<Done>>(c => c.ExecuteAsync(scene.Client, default))).Ok);

        var message = await scene.Portal.MessageAsync(id);
        Assert.Equal(("", "", ""), (message.Subject, message.Text, message.Html));
        Assert.Equal(OutboxState.Cancelled, message.State);
        Assert.IsType<NobodyToMail>((await scene.SendAsync(1)).Error);
    }

    private static string TokenOf(OutboxMessage message) => new Uri(message.UnsubscribeUrl!).AbsolutePath.Split('/')[^2];
}
