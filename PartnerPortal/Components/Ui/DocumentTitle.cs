using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace PartnerPortal.Components.Ui;

/// <summary>
/// The document's title. The framework's own keeps seven components and 15 KB in every open page (measured) to change the head of a live page; here the page is drawn with its title, and the
/// browser is told of another one.
/// </summary>
public sealed class DocumentTitle : ComponentBase
{
    [Inject] public required ShownTitle Shown { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired] public required string Text { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (!RendererInfo.IsInteractive)
        {
            builder.OpenComponent<PageTitle>(0);
            builder.AddAttribute(1, nameof(PageTitle.ChildContent), (RenderFragment)(title => title.AddContent(0, Text)));
            builder.CloseComponent();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Shown.IsNew(Text))
        {
            try
            {
                await Js.InvokeVoidAsync("setTitle", Text);
            }
            catch (JSDisconnectedException)
            {
                // The page is gone, and its title with it.
            }
        }
    }
}

/// <summary>What the title of an open page is. It was drawn with the first one.</summary>
public sealed class ShownTitle
{
    private string? _text;

    /// <returns>False for the first text, with which the document came, and for one that it has already.</returns>
    public bool IsNew(string text)
    {
        var isNew = _text is { } shown && shown != text;
        _text = text;
        return isNew;
    }
}
