using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Tasks;

/// <summary>A task to be made.</summary>
/// <param name="Title">What has to be done; at most <see cref="TodoTask.TitleLength"/> characters.</param>
/// <param name="ForAccountId">The partner's account whose people have to do it; null for staff.</param>
/// <param name="ClientId">The account of the client that it is about; null for none.</param>
/// <param name="DueAt">UTC; null for no particular day.</param>
/// <param name="Key">Makes it once: "automation:17:3"; null for one that is typed by hand.</param>
public sealed record TaskDraft(string Title, long? ForAccountId, long? ClientId, DateTime? DueAt, string? Key = null);

/// <summary>Makes tasks, within the caller's transaction; the caller has looked whether the actor may.</summary>
public static class TaskBook
{
    /// <summary>Published when a task was made, done or opened again.</summary>
    public static string ChannelOf(long? accountId) => accountId is { } id ? string.Create(CultureInfo.InvariantCulture, $"tasks:{id}") : "tasks:staff";

    /// <returns>The task's id, also when its key had made it before: nothing is made then.</returns>
    public static async Task<Result<long>> CreateAsync(PortalTransaction work, TaskDraft draft, Actor actor, CancellationToken ct)
    {
        var title = draft.Title.Trim();
        if (title.Length is 0 or > TodoTask.TitleLength)
        {
            return title.Length == 0 ? new TaskTitleMissing() : new TaskTitleTooLong(TodoTask.TitleLength);
        }

        long[] accounts = [.. new[] { draft.ForAccountId, draft.ClientId }.OfType<long>().Distinct()];
        if (accounts.Length > 0 && await work.Db.Accounts.CountAsync(a => accounts.Contains(a.Id) && a.State != AccountState.Closed, ct) < accounts.Length)
        {
            return new NoSuchTaskAccount();
        }

        if (draft.Key is not { } key)
        {
            var typed = new TodoTask(draft, title, actor.UserId, work.Now);
            work.Db.TodoTasks.Add(typed);
            return await RecordAsync(work, typed, draft, actor, ct);
        }

        // On PostgreSQL whoever asks with the same key at the same moment waits here, and then makes nothing.
        await work.SaveAsync(ct);
        var made = await work.Db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "TodoTasks" ("Title", "ForAccountId", "ClientId", "DueAt", "Key", "CreatedAt", "CreatedByUserId")
            VALUES ({title}, {draft.ForAccountId}, {draft.ClientId}, {draft.DueAt}, {key}, {work.Now}, {actor.UserId}) ON CONFLICT ("Key") DO NOTHING
            """, ct) == 1;
        var task = await work.Db.TodoTasks.FirstAsync(t => t.Key == key, ct);
        return made ? await RecordAsync(work, task, draft, actor, ct) : task.Id;
    }

    private static async Task<Result<long>> RecordAsync(PortalTransaction work, TodoTask task, TaskDraft draft, Actor actor, CancellationToken ct)
    {
        work.Audit(actor, AuditActions.TaskCreated, ("task", task.Id == 0 ? null : task.Id), draft.ForAccountId ?? draft.ClientId);
        work.Signal(ChannelOf(draft.ForAccountId));
        await work.SaveAsync(ct);
        return task.Id;
    }
}
