using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PartnerPortal.Components;
using PartnerPortal.Components.Ui;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>What a person does on the page: nearly all of it is going to another address.</summary>
public sealed partial class ClientsPage
{
    private Typing? _typing;
    private string _search = "";
    private bool _inviting;
    private WentAhead _ahead;

    private Typing Typed => _typing ??= new Typing(Clock, TimeSpan.FromMilliseconds(250));

    private async Task SearchAsync(string text)
    {
        _search = text;
        if (await Typed.HasPausedAsync(_gone.Token))
        {
            Typed.Asks(text.Trim());
            Navigation.NavigateTo(Plainly(_view with { Search = text.Trim(), Saved = null, At = null }).Address(Path), replace: true);
        }
    }

    private string Path => Id is { } id ? PortalUrls.Client(id) : PortalUrls.Clients;

    /// <summary>What is asked for is read at once, and not only when the browser has answered that its address is another: a round trip sooner on the screen.</summary>
    private async Task Show(ClientView view)
    {
        var address = Plainly(view).Address(Path);
        _ahead.Goes(address);
        Navigation.NavigateTo(address);
        Use(address.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? address[query..] : "");
        await LoadChangedAsync();
    }

    /// <param name="status">The tab's; null for all.</param>
    /// <param name="plain">Without what narrows the list besides.</param>
    private string TabAddress(ClientStatus? status, bool plain = false) =>
        Plainly((plain || IsSaved ? new ClientView() : _view) with { Statuses = status is { } one ? [one] : [], Saved = null, At = null }).Address(PortalUrls.Clients);

    /// <summary>As markup: as elements the tabs doubled what an open page keeps of itself.</summary>
    private MarkupString TabTo(ClientStatus? status, string label, int count)
    {
        var isCurrent = !IsSaved && (status is { } one ? _view.Statuses is [var only] && only == one : _view.Statuses.Count == 0);
        return new MarkupString(
            $"""<li><a href="{HtmlText.Encode(TabAddress(status))}"{(isCurrent ? " aria-current=\"true\"" : "")}><span>{HtmlText.Encode(label)}</span> <span class="n">{HtmlText.Encode(Count(count))}</span></a></li>""");
    }

    /// <summary>To the client above or below, and to its page of the list where that is another.</summary>
    private void Walk(bool down)
    {
        if ((down ? _neighbours.Below : _neighbours.Above) is not { } id || _page is null)
        {
            return;
        }

        var isHere = _lines.Ids.Contains(id) || Id is not { } open || !_lines.Ids.Contains(open);
        var view = isHere ? _view : _view with { At = down ? _page.Page.Next : _page.Page.Previous };
        Navigation.NavigateTo(view.Address(PortalUrls.Client(id)), replace: true);
    }

    private async Task CloseSheet()
    {
        var id = Id;
        Navigation.NavigateTo(_view.Address(PortalUrls.Clients));
        if (id is not null)
        {
            await (await ListenToScriptAsync()).InvokeVoidAsync("focusRow", id);
        }
    }

    private Task DismissCreated() => Show(_view);

    private void Invite() => _inviting = true;
}
