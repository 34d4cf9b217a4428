using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>A template, new or to be changed: words in each language beside the mail that they make.</summary>
public sealed partial class MailTemplatePage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Typing? _typing;
    private TypedTemplate? _typed;
    private long? _loaded = -1;
    private string _language = Languages.Default;
    private string _standard = Languages.Default;
    private string? _draft;
    private string _subject = "";
    private bool _isPhone;
    private bool _asksDelete;
    private bool _busy;
    private Error? _error;
    private Told? _told;

    [Inject] public required MailTemplateQueries Queries { get; init; }

    [Inject] public required TemplateActs Acts { get; init; }

    [Inject] public required TemplateExamples Examples { get; init; }

    [Inject] public required TemplateDrafts Drafts { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required IStringLocalizer<TemplatesText> L { get; init; }

    /// <summary>Null for a new one.</summary>
    [Parameter] public long? Id { get; set; }

    /// <summary>The text that is open; the program's language when it is none.</summary>
    [SupplyParameterFromQuery(Name = "language")] public string? Language { get; set; }

    /// <summary>The example that a new one begins with; a name of <see cref="TemplateExample"/>.</summary>
    [SupplyParameterFromQuery(Name = "from")] public string? From { get; set; }

    private string Title => Id is null ? L["New"] : _typed is { Name.Length: > 0 } named ? named.Name : L["Title"];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        Forget();
    }

    protected override async Task OnParametersSetAsync()
    {
        _standard = (await Settings.GetAsync(_gone.Token)).DefaultLanguage;
        _language = Languages.IsSupported(Language) ? Language! : _standard;
        if (_loaded != Id)
        {
            await LoadAsync();
        }

        if (RendererInfo.IsInteractive)
        {
            await PreviewAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // It hears clicks on the buttons that put a field in, as long as the page stands.
            await using var script = await Js.InvokeAsync<IJSObjectReference>("import", "/js/insert.js");
        }
    }

    private static string Pressed(bool isPressed) => isPressed ? "true" : "false";

    private async Task LoadAsync()
    {
        if (Id is not { } id)
        {
            (_loaded, _typed) = (null, Enum.TryParse<TemplateExample>(From, ignoreCase: true, out var example) && Enum.IsDefined(example) ? TypedTemplate.Of(Examples.Write(example)) : new TypedTemplate());
            return;
        }

        if (await Queries.FindAsync(id, await Current.GetAsync(), _gone.Token) is { } found)
        {
            (_loaded, _typed, _error) = (id, TypedTemplate.Of(found.Form), null);
        }
        else
        {
            Navigation.NotFound();
        }
    }

    private string Address(string language) => Id is { } id ? PortalUrls.MailTemplate(id, language) : PortalUrls.WithQuery(PortalUrls.NewMailTemplate, ("language", language), ("from", From));

    /// <summary>What the tab of a language says beside its name; nothing when it is written and right.</summary>
    private string State(string language) => (_error is TemplateTextsWrong wrong && wrong.Problems.Any(p => p.Language == language), _typed!.Texts[language].IsEmpty) switch
    {
        (true, _) => $" ({L["Tab.Wrong"]})",
        (_, true) => $" ({L["Tab.Empty"]})",
        _ => "",
    };

    private Task ChangeOccasionAsync(MailOccasion occasion)
    {
        _typed!.Occasion = occasion;
        return PreviewAsync();
    }

    private Task ChangeNeededAsync(bool isNeeded)
    {
        _typed!.IsNeeded = isNeeded;
        return PreviewAsync();
    }

    /// <summary>Once nothing was typed for a moment.</summary>
    private async Task RefreshAsync()
    {
        _typing ??= new Typing(Clock, TimeSpan.FromMilliseconds(500));
        if (await _typing.HasPausedAsync(_gone.Token))
        {
            await PreviewAsync();
        }
    }

    private async Task PreviewAsync()
    {
        if (_typed is not { } typed)
        {
            return;
        }

        var actor = await Current.GetAsync();
        var made = await Acts.Previews.ComposeAsync(typed.Texts[_language].Text, typed.Occasion, typed.IsNeeded, _language, actor, _gone.Token);
        Forget();
        if (made.Ok && !_gone.IsCancellationRequested)
        {
            (_draft, _subject) = (Drafts.Keep(new TemplateDraft(made.Value, _language, actor.UserId!.Value)), made.Value.Subject);
        }
    }

    private void Forget()
    {
        if (_draft is { } former)
        {
            Drafts.Forget(former);
            _draft = null;
        }
    }

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await SaveOnceAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task SaveOnceAsync()
    {
        var (typed, actor) = (_typed!, await Current.GetAsync());
        if (Id is { } id)
        {
            var changed = await Acts.Change.ExecuteAsync(id, typed.Form, actor, _gone.Token);
            (_error, typed.Version) = (changed.Error, changed.Ok ? changed.Value : typed.Version);
        }
        else
        {
            var added = await Acts.Add.ExecuteAsync(typed.Form, actor, _gone.Token);
            _error = added.Error;
            if (added.Ok)
            {
                (_loaded, typed.Version) = (added.Value, 1);
                Navigation.NavigateTo(PortalUrls.MailTemplate(added.Value, _language));
            }
        }

        _told = _error is null ? new Told(NoticeTone.Ok, L["Saved"], L["Saved.Text"]) : null;
        if (_error is TemplateTextsWrong { Problems: [{ Language: var first }, ..] } && first != _language)
        {
            Navigation.NavigateTo(Address(first));
        }
    }

    private async Task TestAsync()
    {
        var typed = _typed!;
        var sent = await Acts.Test.ExecuteAsync(typed.Texts[_language].Text, typed.Occasion, typed.IsNeeded, _language, await Current.GetAsync(), _gone.Token);
        _error = sent.Error;
        _told = sent.Ok ? new Told(NoticeTone.Ok, L["Test.Done"], L["Test.Done.Text", sent.Value]) : new Told(NoticeTone.Warn, L["Test.Not"], L.Describe(sent.Error) ?? "");
    }

    private async Task DeleteAsync()
    {
        _asksDelete = false;
        var deleted = await Acts.Delete.ExecuteAsync(Id!.Value, await Current.GetAsync(), _gone.Token);
        if (deleted.Error is { } error and not NoSuchTemplate)
        {
            _told = new Told(NoticeTone.Warn, L["Delete.Not"], L.Describe(error) ?? "");
            return;
        }

        Navigation.NavigateTo(PortalUrls.MailTemplates);
    }

    private sealed record Told(NoticeTone Tone, string Title, string Text);
}
