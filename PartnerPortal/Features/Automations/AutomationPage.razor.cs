using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>An automation, new or to be changed: when it begins, for whom, and what it does.</summary>
public sealed partial class AutomationPage
{
    private AutomationForm? _form;
    private AutomationRow? _row;
    private long? _loaded = -1;
    private IReadOnlyList<MailTemplateRow> _templates = [];
    private IReadOnlyList<GroupOption> _groups = [];
    private IReadOnlyList<EndpointRow> _endpoints = [];
    private Error? _error;
    private Told? _told;
    private Asks? _asks;
    private bool _busy;

    /// <summary>What is to be confirmed.</summary>
    private enum Asks
    {
        Pause,
        Delete,
    }

    [Inject] public required AutomationQueries Queries { get; init; }

    [Inject] public required AutomationActs Acts { get; init; }

    [Inject] public required MailTemplateQueries TemplateQueries { get; init; }

    [Inject] public required PartnerAdminQueries PartnerQueries { get; init; }

    [Inject] public required WebhookQueries EndpointQueries { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<AutomationPagesText> L { get; init; }

    [Inject] public required IStringLocalizer<AutomationsText> A { get; init; }

    /// <summary>Null for a new one.</summary>
    [Parameter] public long? Id { get; set; }

    /// <summary>A name of <see cref="AutomationStart"/>; a new one begins with it.</summary>
    [SupplyParameterFromQuery(Name = "from")] public string? From { get; set; }

    private string Title => Id is null ? L["New"] : _row?.Name ?? L["Title"];

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded == Id)
        {
            return;
        }

        var actor = await Current.GetAsync();
        _templates = await TemplateQueries.ListAsync(actor, CancellationToken.None);
        _groups = await PartnerQueries.GroupsAsync(actor, CancellationToken.None);
        _endpoints = await EndpointQueries.ListAsync(isProgram: true, actor, CancellationToken.None);
        if (Id is { } id)
        {
            _row = await Queries.FindAsync(id, actor, CancellationToken.None);
            _form = await Queries.FormAsync(id, actor, CancellationToken.None);
            if (_form is null)
            {
                Navigation.NotFound();
            }
        }
        else
        {
            _form = Enum.TryParse<AutomationStart>(From, ignoreCase: true, out var start) && Enum.IsDefined(start) ? AutomationStarts.Of(start, L["Start." + start], _templates) : new AutomationForm();
        }

        _loaded = Id;
    }

    private string? Wrong(string at) => _error is AutomationRefused refused && refused.Errors.FirstOrDefault(e => e.At == at) is { } wrong ? A.Sentence(wrong) : null;

    /// <summary>What does not go with the new beginning stays, and says so when it is saved; only its first choice is made.</summary>
    private void Begins() => _error = null;

    private void AddCondition() => _form!.Conditions.Add(new ConditionForm { Kind = Enum.GetValues<ConditionKind>().First(k => AutomationTriggers.Allows(_form.Trigger, k)) });

    private void AddStep() => _form!.Steps.Add(new StepForm { Kind = Enum.GetValues<StepKind>().First(k => AutomationTriggers.Allows(_form.Trigger, k)) });

    private void Move(int at, int by) => (_form!.Steps[at], _form.Steps[at + by]) = (_form.Steps[at + by], _form.Steps[at]);

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var saved = await Acts.Save.ExecuteAsync(_form!, await Current.GetAsync(), CancellationToken.None);
            _error = saved.Error;
            _told = saved.Ok ? new Told(NoticeTone.Ok, L["Saved"], L["Saved.Text"]) : null;
            if (saved.Ok)
            {
                await ReadAsync(saved.Value);
                if (Id is null)
                {
                    _loaded = saved.Value;
                    Navigation.NavigateTo(PortalUrls.Automation(saved.Value));
                }
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task ReadAsync(long id)
    {
        var actor = await Current.GetAsync();
        _form = await Queries.FormAsync(id, actor, CancellationToken.None);
        _row = await Queries.FindAsync(id, actor, CancellationToken.None);
    }

    private async Task ResumeAsync()
    {
        var result = await Acts.Resume.ExecuteAsync(Id!.Value, await Current.GetAsync(), CancellationToken.None);
        await SayAsync(result.Error, L["Resume.Done"], L["Resume.Done.Text"]);
    }

    private async Task ConfirmAsync()
    {
        var asked = _asks;
        _asks = null;
        var actor = await Current.GetAsync();
        if (asked is Asks.Pause)
        {
            var paused = await Acts.Pause.ExecuteAsync(Id!.Value, actor, CancellationToken.None);
            await SayAsync(paused.Error, L["Pause.Done"], L["Pause.Done.Text"]);
            return;
        }

        var deleted = await Acts.Delete.ExecuteAsync(Id!.Value, actor, CancellationToken.None);
        if (deleted.Error is { } error and not NoSuchAutomation)
        {
            await SayAsync(error, "", "");
            return;
        }

        Navigation.NavigateTo(PortalUrls.AdminAutomations);
    }

    private async Task SayAsync(Error? error, string done, string next)
    {
        _told = error is null ? new Told(NoticeTone.Ok, done, next) : new Told(NoticeTone.Warn, A.Describe(error), "");
        _row = await Queries.FindAsync(Id!.Value, await Current.GetAsync(), CancellationToken.None);
    }

    private sealed record Told(NoticeTone Tone, string Title, string Text);
}
