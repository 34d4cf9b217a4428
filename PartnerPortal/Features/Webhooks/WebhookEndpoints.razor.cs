using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>The endpoints of the reader's account, or of the program, and a form to add one.</summary>
public sealed partial class WebhookEndpoints
{
    private IReadOnlyList<EndpointRow>? _rows;
    private TypedEndpoint _typed = new();
    private MadeEndpoint? _made;
    private Error? _error;
    private bool _busy;

    [Inject] public required WebhookQueries Queries { get; init; }

    [Inject] public required AddWebhook Add { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<WebhooksText> L { get; init; }

    /// <summary>The program's endpoints, for its owner.</summary>
    [Parameter] public bool IsProgram { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Follow(WebhookQueries.ChannelOfOwner(IsProgram ? null : (await Current.GetAsync()).AccountId));
        await LoadAsync();
        foreach (var row in _rows!)
        {
            Follow(WebhookQueries.ChannelOf(row.Id));
        }
    }

    protected override async Task LoadAsync() => _rows = await Queries.ListAsync(IsProgram, await Current.GetAsync(), CancellationToken.None);

    private async Task AddAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Add.ExecuteAsync(_typed.Form, IsProgram, await Current.GetAsync(), CancellationToken.None);
            _error = result.Error;
            if (result.Ok)
            {
                (_made, _typed) = (result.Value, new TypedEndpoint());
                Follow(WebhookQueries.ChannelOf(result.Value.Id));
            }
        }
        finally
        {
            _busy = false;
        }

        await RefreshAsync();
    }
}
