using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Automations.Templates;

public sealed class MailTemplatePagesTests
{
    [Fact]
    public async Task List_Empty_OffersExamplesAndFollowsWhatIsAdded()
    {
        await using var scene = await TemplateScene.StartAsync();
        await using var pages = new ClientPages(scene.Portal, scene.Owner);
        var page = pages.Render<MailTemplatesPage>();
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".way a").Count));

        await scene.AddAsync(TemplateScene.Form("Hello {{client.name}}", "Hi", name: "Greeting"));

        page.WaitForAssertion(() => Assert.Contains("Greeting", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.Contains("English", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_FieldMisspelt_IsSaidNextToItWithItsPlaceAndSavedOnceRight()
    {
        await using var scene = await TemplateScene.StartAsync();
        await using var pages = new ClientPages(scene.Portal, scene.Owner);
        var page = pages.Render<MailTemplatePage>();
        page.WaitForElement("#body-en");

        await page.ActAsync("form", f => f.SubmitAsync());
        Assert.Contains("Give it a name", page.Find("#name-error").TextContent, StringComparison.Ordinal);
        await page.ActAsync("#name", i => i.InputAsync(new() { Value = "Greeting" }));
        await page.ActAsync("#subject-en", i => i.InputAsync(new() { Value = "Hello {{client.name}}" }));
        await page.ActAsync("#body-en", i => i.InputAsync(new() { Value = "Dear {{person.name}},\nyour link is {{client.referal_link}}" }));
        await page.ActAsync("form", f => f.SubmitAsync());

        var said = page.Find("#body-en-error").TextContent;
        Assert.Contains("Line 2, letter 14: “{{client.referal_link}}” is not a field. Did you mean {{client.referral_link}}?", said, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("#body-en").GetAttribute("aria-invalid"));
        Assert.Empty(page.FindAll("iframe"));
        await page.ActAsync("#body-en", i => i.InputAsync(new() { Value = "Dear {{person.name}},\nyour link is {{client.referral_link}}" }));
        await page.ActAsync("form", f => f.SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains("Saved", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Equal("Greeting", (await scene.Portal.CallAsync<MailTemplateQueries, IReadOnlyList<MailTemplateRow>>(q => q.ListAsync(scene.Owner, default))).Single().Name);
    }

    [Fact]
    public async Task New_FromAnExample_ShowsTheMailInEachLanguageAsItWillBe()
    {
        await using var scene = await TemplateScene.StartAsync();
        await using var pages = new ClientPages(scene.Portal, scene.Owner);
        pages.Navigation.NavigateTo("/admin/automations/templates/new?from=welcome&language=ar");
        var page = pages.Render<MailTemplatePage>();

        page.WaitForElement("iframe");
        var draft = page.Find("iframe").GetAttribute("src")!.Split('/')[^1];
        var kept = scene.Portal.Services.GetRequiredService<TemplateDrafts>();
        var found = kept.Find(draft, scene.Owner.UserId)!;
        Assert.Equal("ar", found.Language);
        Assert.Contains("أنظمة المياه الصافية", string.Join(' ', found.Content.Blocks), StringComparison.Ordinal);
        Assert.Null(kept.Find(draft, scene.Client.UserId));

        await page.ActAsync(".preview .btn:last-child", b => b.ClickAsync());
        Assert.Contains("phone", page.Find("iframe").ClassList);
        // A field of another occasion cannot be drawn.
        await page.ActAsync("input[value=Partner]", i => i.ChangeAsync(new() { Value = "Partner" }));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("iframe")));
        Assert.Null(kept.Find(draft, scene.Owner.UserId));
    }

    [Fact]
    public async Task Template_ChangedElsewhereMeanwhile_IsNotOverwritten()
    {
        await using var scene = await TemplateScene.StartAsync();
        var id = await scene.AddAsync(TemplateScene.Form("Hello", "Hi"));
        await using var pages = new ClientPages(scene.Portal, scene.Owner);
        var page = pages.Render<MailTemplatePage>(p => p.Add(x => x.Id, id));
        page.WaitForElement("#body-en");
        await scene.Portal.CallAsync<ChangeMailTemplate, Result<int>>(c => c.ExecuteAsync(id, TemplateScene.Form("Other", "Words") with { Version = 1 }, scene.Owner, default));

        await page.ActAsync("form", f => f.SubmitAsync());

        Assert.Contains("Somebody else changed it", page.Find(".notice.bad").TextContent, StringComparison.Ordinal);
        await page.ActAsync("form .danger", b => b.ClickAsync());
        await page.ActAsync("dialog footer .danger", b => b.ClickAsync());
        Assert.Empty(await scene.Portal.CallAsync<MailTemplateQueries, IReadOnlyList<MailTemplateRow>>(q => q.ListAsync(scene.Owner, default)));
        Assert.EndsWith(PortalUrls.MailTemplates, pages.Navigation.Uri, StringComparison.Ordinal);
    }
}
