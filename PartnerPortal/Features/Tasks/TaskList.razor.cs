using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Tasks;

/// <summary>Tasks to do and to undo; it follows what others do.</summary>
public sealed partial class TaskList
{
    private Actor _actor = Actor.Visitor;
    private IReadOnlyList<TaskRow>? _rows;
    private Page<TaskRow>? _page;
    private TaskCounts _counts = new(0, 0);
    private string? _place;
    private string? _title;
    private DateOnly? _due;
    private string? _error;
    private bool _busy;
    private Change? _said;

    [Inject] public required TaskQueries Queries { get; init; }

    [Inject] public required CreateTask Create { get; init; }

    [Inject] public required CompleteTask Complete { get; init; }

    [Inject] public required ReopenTask Reopen { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required IStringLocalizer<TasksText> L { get; init; }

    /// <summary>Those of staff; else those of the reader's account.</summary>
    [Parameter] public bool ForStaff { get; set; }

    /// <summary>"done" shows what is done; anything else what is open.</summary>
    [SupplyParameterFromQuery(Name = "view")] public string? View { get; set; }

    private bool IsDone => View == "done";

    private string Address => ForStaff ? PortalUrls.SupportTasks : PortalUrls.Tasks;

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        if (ForStaff || _actor.AccountId is not null)
        {
            Follow(TaskBook.ChannelOf(ForStaff ? null : _actor.AccountId));
        }
    }

    protected override Task OnParametersSetAsync()
    {
        _place = null;
        return LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _actor = await Current.GetAsync();
        _counts = await Queries.CountAsync(ForStaff, Clock.GetUtcNow().UtcDateTime, _actor, CancellationToken.None);
        _page = IsDone ? await Queries.DoneAsync(ForStaff, _place, _actor, CancellationToken.None) : null;
        _rows = _page is { } page ? page.Items : await Queries.OpenAsync(ForStaff, _actor, CancellationToken.None);
    }

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private async Task AddAsync()
    {
        _busy = true;
        // It is due as long as that day lasts for who types it.
        DateTime? due = _due is { } day ? Time.StartOfDay(day.AddDays(1)).AddSeconds(-1) : null;
        var made = await Create.ExecuteAsync(_title, due, ForStaff, await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        _error = made.Error switch
        {
            null => null,
            TaskTitleMissing => L["New.Missing"].Value,
            TaskTitleTooLong tooLong => L["New.TooLong", tooLong.Limit].Value,
            _ => L["NotAllowed"].Value,
        };
        if (made.Ok)
        {
            (_title, _due) = (null, null);
            await LoadAsync();
        }
    }

    private Task CompleteAsync(TaskRow row) => ChangeAsync(new Change(row.Id, L["Said.Done", NameOf(row)], IsDone: true));

    private Task ReopenAsync(TaskRow row) => ChangeAsync(new Change(row.Id, L["Said.Reopened", NameOf(row)], IsDone: false));

    private async Task UndoAsync(Change said)
    {
        await ChangeAsync(said with { IsDone = !said.IsDone });
        _said = null;
    }

    private async Task ChangeAsync(Change change)
    {
        _busy = true;
        var actor = await Current.GetAsync();
        var result = change.IsDone ? await Complete.ExecuteAsync(change.Id, actor, CancellationToken.None) : await Reopen.ExecuteAsync(change.Id, actor, CancellationToken.None);
        _busy = false;
        _said = result.Ok ? change : null;
        await LoadAsync();
    }

    private string NameOf(TaskRow row) => row.Title.Length > 0 ? row.Title : L["Untitled"];

    private string? HrefOf(TaskRow row) => row.ClientId is { } client ? PortalUrls.SupportClient(client) : row.RecordId is { } record ? PortalUrls.Client(record) : null;

    private string When(TaskRow row) => (row.DoneAt ?? row.DueAt) is { } at ? Time.Brief(at) : L["NoDue"];

    private string Standing(TaskRow row) => row switch
    {
        { DoneAt: { } done } => row.DoneBy.Length > 0 ? L["Standing.DoneBy", row.DoneBy, Time.Full(done)] : L["Standing.Done", Time.Full(done)],
        { DueAt: { } due } when due < Clock.GetUtcNow().UtcDateTime => L["Standing.Overdue", Time.Date(due)],
        { DueAt: { } due } => L["Standing.Due", Time.Date(due)],
        _ => L["Standing.Since", Time.Date(row.CreatedAt)],
    };

    /// <param name="Title">What is said of it.</param>
    /// <param name="IsDone">It was done, or is to be; else opened again.</param>
    private sealed record Change(long Id, string Title, bool IsDone);
}
