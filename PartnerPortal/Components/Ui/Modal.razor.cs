using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PartnerPortal.Components.Ui;

/// <summary>A native modal dialog. The browser keeps the focus in it and gives it back; it starts on the element with [autofocus].</summary>
public sealed partial class Modal : IAsyncDisposable
{
    private readonly string _id = $"modal-{Guid.NewGuid():N}";
    private ElementReference _dialog;
    private IJSObjectReference? _portal;
    private DotNetObjectReference<Modal>? _self;
    private bool _shown;

    [Inject] public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired] public required string Title { get; set; }

    /// <summary>One sentence below the title.</summary>
    [Parameter] public string? Sub { get; set; }

    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>After a person closed it: by the cross, Escape or a click beside it.</summary>
    [Parameter] public EventCallback OnClose { get; set; }

    [Parameter, EditorRequired] public required string CloseLabel { get; set; }

    /// <summary>720 instead of 560 wide, for two columns.</summary>
    [Parameter] public bool Wide { get; set; }

    /// <summary>A question with two answers: stays a small box on a phone.</summary>
    [Parameter] public bool Small { get; set; }

    /// <summary>At the side, beside the menu, from where it is opened.</summary>
    [Parameter] public bool Aside { get; set; }

    /// <summary>The content brings its own .body elements.</summary>
    [Parameter] public bool Plain { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>Buttons at the lower edge, the primary one last.</summary>
    [Parameter] public RenderFragment? Footer { get; set; }

    private string Class => (Wide, Small, Aside) switch
    {
        (true, _, _) => "dialog wide",
        (_, true, _) => "dialog small",
        (_, _, true) => "dialog beside",
        _ => "dialog",
    };

    /// <summary>Called by the browser when a person closes the dialog.</summary>
    [JSInvokable]
    public Task OnClosed() => InvokeAsync(CloseAsync);

    public async ValueTask DisposeAsync()
    {
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
            // The page is gone, and the dialog with it.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open == _shown)
        {
            return;
        }

        var show = _shown = Open;
        if (_portal is null)
        {
            _portal = await Js.InvokeAsync<IJSObjectReference>("import", "/js/portal.js");
            _self = DotNetObjectReference.Create(this);
            await _portal.InvokeVoidAsync("watchDialog", _dialog, _self);
        }

        await _portal.InvokeVoidAsync(show ? "openDialog" : "closeDialog", _dialog);
    }

    private async Task CloseAsync()
    {
        if (!Open)
        {
            return;
        }

        Open = false;
        await OpenChanged.InvokeAsync(false);
        await OnClose.InvokeAsync();
        StateHasChanged();
    }
}
