using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Notifications;

/// <summary><c>/notifications</c>: all that its reader was told, newest first.</summary>
public sealed partial class NotificationsPage
{
    private Page<NotificationLine>? _page;
    private IReadOnlyList<NotificationKind> _kinds = [];
    private NotificationKind? _kind;
    private MarkedNotifications? _marked;
    private string? _place;
    private int _new;

    [Inject] public required NotificationQueries Queries { get; init; }

    [Inject] public required NotificationActs Acts { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<NotificationsText> L { get; init; }

    /// <summary>A name of <see cref="NotificationKind"/>; anything else shows all.</summary>
    [SupplyParameterFromQuery(Name = "kind")] public string? Kind { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if ((await Current.GetAsync()).UserId is { } userId)
        {
            Follow(NotificationBook.ChannelOf(userId));
        }
    }

    protected override Task OnParametersSetAsync()
    {
        var kind = Enum.TryParse<NotificationKind>(Kind, ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : (NotificationKind?)null;
        (_place, _kind) = (kind == _kind ? _place : null, kind);
        return LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        _new = await Queries.CountNewAsync(actor, CancellationToken.None);
        _kinds = await Queries.KindsAsync(actor, CancellationToken.None);
        _page = await Queries.PageAsync(_kind, _place, NotificationQueries.PageSize, actor, CancellationToken.None);
    }

    private void Choose(ChangeEventArgs change) =>
        Navigation.NavigateTo(change.Value is string { Length: > 0 } kind ? PortalUrls.NotificationsOf(kind) : PortalUrls.Notifications);

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private async Task FollowAsync(NotificationLine line) => await Acts.Mark.ExecuteAsync(line.Id, await Current.GetAsync(), CancellationToken.None);

    private async Task MarkAllAsync()
    {
        var marked = await Acts.Mark.ExecuteAsync(null, await Current.GetAsync(), CancellationToken.None);
        _marked = marked.Ok ? marked.Value : null;
        await RefreshAsync();
    }

    private async Task UndoAsync()
    {
        if (_marked is { } marked)
        {
            await Acts.Unmark.ExecuteAsync(marked, await Current.GetAsync(), CancellationToken.None);
            _marked = null;
            await RefreshAsync();
        }
    }
}

/// <summary>What can be done with what was told.</summary>
public sealed record NotificationActs(MarkNotifications Mark, UnmarkNotifications Unmark);
