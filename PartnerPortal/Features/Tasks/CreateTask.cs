using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Tasks;

/// <summary>Somebody writes down what has to be done: staff for staff, people of a partner's account for their own.</summary>
public sealed class CreateTask(PortalDb portal)
{
    /// <param name="title">What.</param>
    /// <param name="dueAt">UTC; null for no particular day.</param>
    /// <param name="forStaff">For staff; else for the actor's account.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<long>> ExecuteAsync(string? title, DateTime? dueAt, bool forStaff, Actor actor, CancellationToken ct)
    {
        if (!TaskQueries.May(actor, forStaff))
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var made = await TaskBook.CreateAsync(work, new TaskDraft(title ?? "", forStaff ? null : actor.AccountId, null, dueAt), actor, ct);
        if (made.Ok)
        {
            await work.CommitAsync(ct);
        }

        return made;
    }
}
