using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Notifications;

/// <summary>The latest of what its reader was told; goes on by itself while it is open.</summary>
public sealed partial class NotificationPanel
{
    private const int Shown = 12;

    private IReadOnlyList<NotificationLine>? _lines;
    private MarkedNotifications? _marked;
    private bool _isOpen;

    [Inject] public required NotificationQueries Queries { get; init; }

    [Inject] public required MarkNotifications Mark { get; init; }

    [Inject] public required UnmarkNotifications Unmark { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required IStringLocalizer<NotificationsText> L { get; init; }

    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback OnClose { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if ((await Current.GetAsync()).UserId is { } userId)
        {
            Follow(NotificationBook.ChannelOf(userId));
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Open != _isOpen)
        {
            // What is closed keeps nothing.
            (_isOpen, _lines, _marked) = (Open, null, null);
            await LoadAsync();
        }
    }

    protected override async Task LoadAsync() => _lines = !Open ? null : (await Queries.PageAsync(null, null, Shown, await Current.GetAsync(), CancellationToken.None)).Items;

    private async Task FollowAsync(NotificationLine line)
    {
        await Mark.ExecuteAsync(line.Id, await Current.GetAsync(), CancellationToken.None);
        await OnClose.InvokeAsync();
    }

    private async Task MarkAllAsync()
    {
        var marked = await Mark.ExecuteAsync(null, await Current.GetAsync(), CancellationToken.None);
        _marked = marked.Ok ? marked.Value : null;
        await RefreshAsync();
    }

    private async Task UndoAsync()
    {
        if (_marked is { } marked)
        {
            await Unmark.ExecuteAsync(marked, await Current.GetAsync(), CancellationToken.None);
            _marked = null;
            await RefreshAsync();
        }
    }
}
