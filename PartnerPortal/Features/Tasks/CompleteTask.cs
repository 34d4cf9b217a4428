using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Tasks;

/// <summary>Says that a task is done. Done already, it stays as it is: with the one who was first.</summary>
public sealed class CompleteTask(PortalDb portal)
{
    public Task<Result<Done>> ExecuteAsync(long id, Actor actor, CancellationToken ct) =>
        TaskDesk.ChangeAsync(portal, id, actor, AuditActions.TaskCompleted, (task, now) => task.Complete(actor.UserId, now), ct);
}

/// <summary>Opens a task again: it was not done after all.</summary>
public sealed class ReopenTask(PortalDb portal)
{
    public Task<Result<Done>> ExecuteAsync(long id, Actor actor, CancellationToken ct) =>
        TaskDesk.ChangeAsync(portal, id, actor, AuditActions.TaskReopened, (task, _) => task.Reopen(), ct);
}

/// <summary>What both have in common.</summary>
internal static class TaskDesk
{
    public static async Task<Result<Done>> ChangeAsync(PortalDb portal, long id, Actor actor, string action, Func<TodoTask, DateTime, bool> change, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (work.Db.Database.IsNpgsql())
        {
            await work.Db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "TodoTasks" WHERE "Id" = {id} FOR UPDATE""", ct);
        }

        if (await work.Db.TodoTasks.FirstOrDefaultAsync(t => t.Id == id, ct) is not { } task || !TaskQueries.May(actor, task))
        {
            return new NoSuchTask();
        }

        if (change(task, work.Now))
        {
            work.Audit(actor, action, ("task", id), task.ForAccountId ?? task.ClientId);
            work.Signal(TaskBook.ChannelOf(task.ForAccountId));
            await work.CommitAsync(ct);
        }

        return Done.Value;
    }
}
