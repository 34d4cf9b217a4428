using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>One message: how it stands with it, what it says (secrets masked), and what support can do.</summary>
public sealed partial class MessagePage : IDisposable
{
    private MailDetail? _mail;
    private MessageNotice? _notice;
    private IDisposable? _subscription;
    private bool _loaded;
    private bool _busy;

    [Inject] public required MailLogQueries Mail { get; init; }

    [Inject] public required RetryMessage Retry { get; init; }

    [Inject] public required ResendMessage Resend { get; init; }

    [Inject] public required ResendInvitationMail ResendInvitation { get; init; }

    [Inject] public required CurrentActor Actor { get; init; }

    [Inject] public required Signals Signals { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<SupportMailText> Words { get; init; }

    [Parameter] public long Id { get; set; }

    /// <summary>"text" shows the plain text, anything else the HTML.</summary>
    [SupplyParameterFromQuery(Name = "view")] public string? View { get; set; }

    private bool ShowsText => View == "text";

    public void Dispose() => _subscription?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_mail?.Line.Id != Id)
        {
            _notice = null;
            await LoadAsync();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            // The message that is looked at may be sent at this moment.
            _subscription = Signals.Subscribe(Outbox.ChangedSignal, id => _ = InvokeAsync(() => OnChangedAsync(id)));
        }
    }

    private static string LanguageName(string tag) => Languages.NameOf(tag);

    private async Task OnChangedAsync(string id)
    {
        if (id == Id.ToString(CultureInfo.InvariantCulture))
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        _mail = await Mail.GetAsync(Id, await Actor.GetAsync(), CancellationToken.None);
        _loaded = true;
    }

    private async Task RetryAsync()
    {
        _busy = true;
        var result = await Retry.ExecuteAsync(Id, await Actor.GetAsync(), CancellationToken.None);
        _notice = result.Error is { } error
            ? Refused(error)
            : new MessageNotice(NoticeTone.Ok, Words["Retried"], Words["RetriedText"]);
        await LoadAsync();
        _busy = false;
    }

    private async Task SendAgainAsync()
    {
        _busy = true;
        var actor = await Actor.GetAsync();
        if (_mail?.Again is SendAgainWay.Invitation)
        {
            var result = await ResendInvitation.ExecuteAsync(Id, actor, CancellationToken.None);
            _notice = result.Error is { } error
                ? Refused(error)
                : new MessageNotice(NoticeTone.Ok, Words["InvitationQueued"], Words["InvitationQueuedText"],
                    PortalUrls.WithQuery(PortalUrls.SupportMail, ("q", _mail.Line.ToAddress)), Words["AllToAddress"]);
        }
        else
        {
            var result = await Resend.ExecuteAsync(Id, actor, CancellationToken.None);
            _notice = result.Error is { } error
                ? Refused(error)
                : new MessageNotice(NoticeTone.Ok, Words["Copied"], Words["CopiedText"], PortalUrls.SupportMessage(result.Value), Words["OpenCopy"]);
        }

        await LoadAsync();
        _busy = false;
    }

    private MessageNotice Refused(Error error) => new(NoticeTone.Bad, Words["NotDone"], Words.Why(error, Time));

    private sealed record MessageNotice(NoticeTone Tone, string Title, string Text, string? Href = null, string? Link = null);
}
