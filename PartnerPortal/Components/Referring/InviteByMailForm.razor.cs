using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Components.Referring;

/// <summary>
/// Addresses to invite. Enter, a comma or a space ends one; a pasted list is taken whole; Backspace in the empty input removes the last. Wrong ones stay,
/// marked, while the others are sent. The browser takes finished addresses out of the input by itself (js/portal.js, watchEntries): were the server to rewrite
/// what stands there, letters typed meanwhile would be lost.
/// </summary>
public sealed partial class InviteByMailForm : IAsyncDisposable
{
    private readonly List<Chip> _chips = [];
    private ElementReference _input;
    private string _typed = "";
    private string _language = Languages.Current;
    private IJSObjectReference? _portal;
    private DotNetObjectReference<InviteByMailForm>? _self;
    private bool _sending;
    private bool _gone;
    private string? _error;
    private Outcome? _notice;

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required InviteByEmail Invite { get; init; }

    [Inject] public required IStringLocalizer<InvitationsText> L { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    [Parameter] public EventCallback OnSent { get; set; }

    private IEnumerable<string> Sentences => _chips.Where(c => c.Problem is not null)
        .Select(c => (string)L["Mail.Wrong", c.Typed, Shared.Describe(c.Problem!.Value)])
        .Concat(_error is null ? [] : [_error]);

    private bool IsWrong => _error is not null || _chips.Exists(c => c.Problem is not null);

    /// <summary>How many a click would send, the one still being typed included.</summary>
    private int Ready => _chips.Count(c => c.Problem is null) + (EmailAddress.TryParse(_typed, out _, out _) ? 1 : 0);

    private string ButtonText => Ready switch
    {
        0 => L["Mail.Send.None"],
        var count => L.Counted("Mail.Send", count),
    };

    /// <summary>Called by the browser with addresses that are finished.</summary>
    [JSInvokable]
    public Task OnEntries(string text) => InvokeAsync(async () =>
    {
        _error = null;
        Add(text);
        StateHasChanged();
        await KeepAsync();
    });

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        _self?.Dispose();
        if (_portal is null)
        {
            return;
        }

        try
        {
            await _portal.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the input with it.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _portal = await Js.InvokeAsync<IJSObjectReference>("import", "/js/portal.js");
            await _portal.InvokeVoidAsync("watchEntries", _input, _self);
        }
    }

    private void Type(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? "";
        _error = null;
    }

    private async Task KeyDown(KeyboardEventArgs key)
    {
        if (key is { Key: "Backspace", Repeat: false } && _typed.Length == 0 && _chips.Count > 0)
        {
            _chips.RemoveAt(_chips.Count - 1);
            await KeepAsync();
        }
    }

    private async Task RemoveAsync(Chip chip)
    {
        _chips.Remove(chip);
        await KeepAsync();
        await _input.FocusAsync();
    }

    /// <summary>The browser keeps the addresses, should the page have to be loaded again.</summary>
    private Task KeepAsync() => TellBrowserAsync("keepEntries", _input, string.Join('\n', _chips.Select(c => c.Typed)));

    /// <summary>The dialog may be closed at any moment: then there is no input left to be told.</summary>
    private async Task TellBrowserAsync(string function, params object?[] arguments)
    {
        try
        {
            await (_portal is null || _gone ? ValueTask.CompletedTask : _portal.InvokeVoidAsync(function, arguments));
        }
        catch (Exception error) when (error is JSDisconnectedException || (_gone && error is JSException or ObjectDisposedException or OperationCanceledException))
        {
            // Closed while the browser was at it.
        }
    }

    private void Add(string text)
    {
        foreach (var entry in EmailList.Split(text))
        {
            var problem = EmailAddress.TryParse(entry, out var address, out var wrong) ? (EmailProblem?)null : wrong;
            var key = address?.Normalized ?? entry;
            if (!_chips.Exists(c => c.Key == key))
            {
                _chips.Add(new Chip(entry, key, problem));
            }
        }
    }

    private async Task SendAsync()
    {
        if (_sending)
        {
            return;
        }

        Add(_typed);
        _typed = "";
        // Not awaited: whoever closes the dialog right after sending has sent all the same.
        var emptied = TellBrowserAsync("empty", _input);
        (_error, _notice) = (null, null);
        var ready = _chips.Where(c => c.Problem is null).ToList();
        if (ready.Count == 0)
        {
            _error = _chips.Count == 0 ? L["Mail.Missing"].Value : null;
            await emptied;
            await KeepAsync();
            await _input.FocusAsync();
            return;
        }

        _sending = true;
        try
        {
            var result = await Invite.ExecuteAsync(new InviteRequest([.. ready.Select(c => c.Typed)], _language), await Current.GetAsync(), CancellationToken.None);
            if (!result.Ok)
            {
                (_error, _notice) = Explain(result.Error!);
                return;
            }

            _chips.RemoveAll(ready.Contains);
            _notice = Tell(result.Value);
        }
        finally
        {
            _sending = false;
            await emptied;
            await KeepAsync();
        }

        await OnSent.InvokeAsync();
    }

    private (string? Error, Outcome? Notice) Explain(Error error) => error switch
    {
        InviteTooMany many => (L["Mail.TooMany", many.Limit], null),
        PartnerIsSuspended => (null, new Outcome(NoticeTone.Warn, L["Invite.Suspended"], L["Invite.SuspendedText"])),
        NotAllowed => (null, new Outcome(NoticeTone.Bad, L["NotAllowed"], L["NotAllowed.Text"])),
        _ => throw new InvalidOperationException($"The form does not know {error}."),
    };

    private Outcome Tell(InviteOutcome outcome)
    {
        var parts = new List<string>();
        if (outcome.Sent.Count > 0)
        {
            parts.Add(L["Mail.Sent.Text", string.Join(", ", outcome.Sent)]);
        }

        if (outcome.AlreadyClients.Count > 0)
        {
            parts.Add(L["Mail.AlreadyClients", string.Join(", ", outcome.AlreadyClients)]);
        }

        if (outcome.Declined.Count > 0)
        {
            parts.Add(L["Mail.Declined", string.Join(", ", outcome.Declined)]);
        }

        var title = outcome.Sent.Count switch
        {
            0 => L["Mail.Sent.None"],
            var count => L.Counted("Mail.Sent", count),
        };
        return new Outcome(outcome.Sent.Count > 0 ? NoticeTone.Ok : NoticeTone.Info, title, string.Join(' ', parts));
    }

    /// <param name="Typed">As typed or pasted.</param>
    /// <param name="Key">By which the same address is known again.</param>
    /// <param name="Problem">Null when it is an address.</param>
    private sealed record Chip(string Typed, string Key, EmailProblem? Problem);

    private sealed record Outcome(NoticeTone Tone, string Title, string Text);
}
