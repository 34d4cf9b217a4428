using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Automations.Templates;

/// <summary>An owner who writes templates, a partner and a client of it.</summary>
internal sealed class TemplateScene : IAsyncDisposable
{
    private TemplateScene(TestPortal portal) => Portal = portal;

    public TestPortal Portal { get; }

    public World World => new(Portal);

    public Actor Owner { get; private set; } = Actor.Visitor;

    public Actor Partner { get; private set; } = Actor.Visitor;

    public Actor Client { get; private set; } = Actor.Visitor;

    public static async Task<TemplateScene> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite, string clientName = "Clara Zwitscher", string language = "es")
    {
        var scene = new TemplateScene(await TestPortal.StartAsync(kind));
        scene.Owner = await scene.World.OwnerAsync();
        scene.Partner = await scene.World.IntegratorAsync("Rightway");
        scene.Client = await scene.World.PersonAsync(clientName, "clara@client.test", language);
        return scene;
    }

    public static TemplateForm Form(string subject, string body, MailOccasion occasion = MailOccasion.Client, bool isNeeded = false, string name = "Welcome", string language = "en") =>
        new(name, occasion, isNeeded, new Dictionary<string, TypedText> { [language] = new(subject, body) });

    public async Task<long> AddAsync(TemplateForm form)
    {
        var added = await TryAddAsync(form);
        Assert.True(added.Ok, added.Error?.ToString());
        return added.Value;
    }

    public Task<Result<long>> TryAddAsync(TemplateForm form, Actor? actor = null) => Portal.CallAsync<AddMailTemplate, Result<long>>(a => a.ExecuteAsync(form, actor ?? Owner, default));

    /// <summary>As a step of an automation does.</summary>
    public Task<Result<int>> SendAsync(long template, TemplateSubject? subject = null) => Portal.InScopeAsync(async services =>
    {
        await using var work = await services.GetRequiredService<PortalDb>().BeginAsync();
        var sent = await services.GetRequiredService<TemplateMails>().SendAsync(work, template, subject ?? new TemplateSubject(Client.AccountId!.Value, Partner.AccountId), default);
        await work.CommitAsync(default);
        return sent;
    });

    public async Task<OutboxMessage> LastAsync() => await Portal.ReadAsync(db => Task.FromResult(db.OutboxMessages.Where(m => m.Kind == MailKinds.Automation).OrderBy(m => m.Id).Last()));

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
