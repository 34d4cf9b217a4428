using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>One endpoint: how it stands, its log, which goes on by itself, and its settings.</summary>
public sealed partial class WebhookView
{
    private EndpointRow? _row;
    private TypedEndpoint? _typed;
    private Page<DeliveryRow>? _page;
    private IReadOnlyDictionary<DeliveryState, int> _counts = new Dictionary<DeliveryState, int>();
    private DeliveryCard? _card;
    private DeliveryState? _state;
    private string? _place;
    private MadeEndpoint? _made;
    private Told? _told;
    private Error? _error;
    private Asks? _asks;
    private bool _busy;

    /// <summary>What is to be confirmed.</summary>
    private enum Asks
    {
        Rotate,
        Delete,
    }

    [Inject] public required WebhookQueries Queries { get; init; }

    [Inject] public required EndpointActs Acts { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<WebhooksText> L { get; init; }

    [Parameter] public long Id { get; set; }

    /// <summary>One of the program's, for its owner.</summary>
    [Parameter] public bool IsProgram { get; set; }

    /// <summary>A name of <see cref="DeliveryState"/>; anything else shows all.</summary>
    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    /// <summary>The delivery that is open; null for none.</summary>
    [SupplyParameterFromQuery(Name = "delivery")] public long? Delivery { get; set; }

    private string Host => new Uri(_row!.Url).Authority;

    protected override void OnInitialized() => Follow(WebhookQueries.ChannelOf(Id));

    protected override async Task OnParametersSetAsync()
    {
        var state = Enum.TryParse<DeliveryState>(State, ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : (DeliveryState?)null;
        (_place, _state) = (state == _state ? _place : null, state);
        await LoadAsync();
        if (_row is null)
        {
            Navigation.NotFound();
        }
    }

    protected override async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        var row = await Queries.FindAsync(Id, IsProgram, actor, CancellationToken.None);
        if (row is not null)
        {
            _counts = await Queries.CountsAsync(Id, actor, CancellationToken.None);
            _page = await Queries.PageAsync(Id, _state, _place, actor, CancellationToken.None);
            _card = Delivery is { } open ? await Queries.CardAsync(Id, open, actor, CancellationToken.None) : null;
            _typed ??= TypedEndpoint.Of(row);
        }

        // Last: what is drawn meanwhile is drawn without it.
        _row = row;
    }

    private static string? Query(DeliveryState? state) => state?.ToString().ToLowerInvariant();

    private string? Explains(EndpointRow row) => row.Standing switch
    {
        EndpointStanding.Active => null,
        EndpointStanding.Troubled => L["StateText.Troubled", Time.Full(row.FailingSince!.Value)].Value,
        EndpointStanding.Paused => L["StateText.Paused"].Value,
        EndpointStanding.Failing => L["StateText.Failing"].Value,
        EndpointStanding.Gone => L["StateText.Gone"].Value,
    };

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private void CloseCard() => Navigation.NavigateTo(PortalUrls.Webhook(Id, IsProgram, Query(_state)));

    private async Task PauseAsync() => await SayAsync(await Acts.Pause.ExecuteAsync(Id, await Current.GetAsync(), CancellationToken.None), L["Pause.Done"], L["Pause.Done.Text"]);

    private async Task ResumeAsync() => await SayAsync(await Acts.Resume.ExecuteAsync(Id, await Current.GetAsync(), CancellationToken.None), L["Resume.Done"], L["Resume.Done.Text"]);

    private async Task TestAsync() => await SayAsync(await Acts.Test.ExecuteAsync(new EndpointRequest(Id), await Current.GetAsync(), CancellationToken.None), L["Test.Done"], L["Test.Done.Text"]);

    private async Task ChangeAsync()
    {
        var result = await Acts.Change.ExecuteAsync(Id, _typed!.Form, await Current.GetAsync(), CancellationToken.None);
        _error = result.Error;
        if (result.Error is null or NoSuchEndpoint)
        {
            await SayAsync(result, L["Change.Done"], L["Change.Done.Text"]);
        }
    }

    private async Task ConfirmAsync()
    {
        var asked = _asks;
        _asks = null;
        var actor = await Current.GetAsync();
        if (asked is Asks.Delete)
        {
            await Acts.Delete.ExecuteAsync(Id, actor, CancellationToken.None);
            Navigation.NavigateTo(IsProgram ? PortalUrls.AdminWebhooks : PortalUrls.Webhooks);
            return;
        }

        var rotated = await Acts.Rotate.ExecuteAsync(new EndpointRequest(Id), actor, CancellationToken.None);
        _made = rotated.Ok ? rotated.Value : null;
        await SayAsync(rotated, L["Rotate.Done"], L["Rotate.Done.Text"]);
    }

    private async Task SendAgainAsync()
    {
        if (_busy || _card is not { } card)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Acts.SendAgain.ExecuteAsync(new DeliveryRequest(card.Row.Id), await Current.GetAsync(), CancellationToken.None);
            CloseCard();
            await SayAsync(result, L["SendAgain.Done"], L["SendAgain.Done.Text"]);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task SayAsync<T>(Result<T> result, string done, string next)
    {
        _told = result.Error is { } error ? new Told(NoticeTone.Warn, L.Describe(error), "") : new Told(NoticeTone.Ok, done, next);
        await RefreshAsync();
    }

    private sealed record Told(NoticeTone Tone, string Title, string Text);
}

/// <summary>What can be done with an endpoint on its page.</summary>
public sealed record EndpointActs(ChangeWebhook Change, PauseWebhook Pause, ResumeWebhook Resume, SendTestEvent Test, RotateSecret Rotate, DeleteWebhook Delete, SendDeliveryAgain SendAgain);
