using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Automations.Templates;

public sealed class MailTemplateTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Template_AddedChangedAndDeleted_IsAuditedAndReadByOwnersOnly(DatabaseKind kind)
    {
        await using var scene = await TemplateScene.StartAsync(kind);
        var id = await scene.AddAsync(TemplateScene.Form("Hello", "Line 1\r\n\r\nLine 2  "));
        Assert.IsType<TemplateNameTaken>((await scene.TryAddAsync(TemplateScene.Form("Hello", "Other"))).Error);
        var found = (await FindAsync(scene, id, scene.Owner))!;
        Assert.Equal("Line 1\n\nLine 2", found.Form.Texts["en"].Body);

        var change = TemplateScene.Form("Hola", "Buenas", name: "Greeting", language: "es") with { Version = found.Form.Version };
        // Nothing is written in English any more, and the program's language is English.
        Assert.IsType<TemplateLanguageMissing>((await ChangeAsync(scene, id, change)).Error);
        change = change with { Texts = new Dictionary<string, TypedText>(change.Texts) { ["en"] = new("Hi", "There") } };
        Assert.Equal(2, (await ChangeAsync(scene, id, change)).Value);
        Assert.IsType<TemplateChangedMeanwhile>((await ChangeAsync(scene, id, change)).Error);
        Assert.Equal(["en", "es"], (await scene.Portal.CallAsync<MailTemplateQueries, IReadOnlyList<MailTemplateRow>>(q => q.ListAsync(scene.Owner, default))).Single().Languages);

        foreach (var stranger in new[] { scene.Client, scene.Partner, await scene.World.SupportAsync(), Actor.Visitor })
        {
            Assert.Null(await FindAsync(scene, id, stranger));
            Assert.Empty(await scene.Portal.CallAsync<MailTemplateQueries, IReadOnlyList<MailTemplateRow>>(q => q.ListAsync(stranger, default)));
            Assert.IsType<NotAllowed>((await scene.TryAddAsync(TemplateScene.Form("Hello", "Hi", name: "Mine"), stranger)).Error);
            Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<ChangeMailTemplate, Result<int>>(c => c.ExecuteAsync(id, change, stranger, default))).Error);
            Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<DeleteMailTemplate, Result<Done>>(d => d.ExecuteAsync(id, stranger, default))).Error);
            Assert.IsType<NotAllowed>((await TestAsync(scene, stranger)).Error);
        }

        Assert.True((await scene.Portal.CallAsync<DeleteMailTemplate, Result<Done>>(d => d.ExecuteAsync(id, scene.Owner, default))).Ok);
        Assert.IsType<NoSuchTemplate>((await scene.Portal.CallAsync<DeleteMailTemplate, Result<Done>>(d => d.ExecuteAsync(id, scene.Owner, default))).Error);
        Assert.Equal(
            [AuditActions.MailTemplateAdded, AuditActions.MailTemplateChanged, AuditActions.MailTemplateDeleted],
            await scene.Portal.ReadAsync(db => db.AuditEntries.Where(a => a.Action.StartsWith("mail-template.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task SendTestMail_Draft_GoesToItsWriterWithSampleValues()
    {
        await using var scene = await TemplateScene.StartAsync();

        Assert.Equal(scene.Owner.Email, (await TestAsync(scene, scene.Owner)).Value);

        var message = await scene.LastAsync();
        Assert.Equal(scene.Owner.Email, message.ToAddress);
        Assert.Equal("Hola, Logística Rivera", message.Subject);
        Assert.Contains("Olga Owner", message.Text, StringComparison.Ordinal);
        Assert.IsType<TemplateTextsWrong>((await TestAsync(scene, scene.Owner, "{{nobody.name}}")).Error);
    }

    [Fact]
    public async Task Examples_OfEveryLanguage_AreWhole()
    {
        await using var scene = await TemplateScene.StartAsync();
        await using var scope = scene.Portal.Services.CreateAsyncScope();
        var examples = scope.ServiceProvider.GetRequiredService<TemplateExamples>();
        foreach (var example in Enum.GetValues<TemplateExample>())
        {
            var terms = TemplateTerms.Of(examples.Write(example), "en");

            Assert.True(terms.Ok, $"{example}: {terms.Error}");
            Assert.Equal(Languages.All, terms.Value.Texts.Keys);
        }
    }

    private static Task<Result<string>> TestAsync(TemplateScene scene, Actor actor, string body = "{{person.name}}") =>
        scene.Portal.CallAsync<SendTestMail, Result<string>>(t => t.ExecuteAsync(new TypedText("Hola, {{client.name}}", body), MailOccasion.Client, false, "es", actor, default));

    private static Task<MailTemplateDetail?> FindAsync(TemplateScene scene, long id, Actor actor) => scene.Portal.CallAsync<MailTemplateQueries, MailTemplateDetail?>(q => q.FindAsync(id, actor, default));

    private static Task<Result<int>> ChangeAsync(TemplateScene scene, long id, TemplateForm form) =>
        scene.Portal.CallAsync<ChangeMailTemplate, Result<int>>(c => c.ExecuteAsync(id, form, scene.Owner, default));
}
