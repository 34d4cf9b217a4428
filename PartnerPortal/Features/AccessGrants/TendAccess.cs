using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>Reminds both sides a day before a grant ends, once; closes grants whose days are over and requests that nobody answered. Rights end by the clock, not by this.</summary>
public sealed class TendAccess(PortalDb portal, AccessMails mails, TimeProvider clock)
{
    /// <returns>How many grants were touched.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (soon, late) = (now.AddDays(1), now.AddDays(-AccessGrant.AnswerDays));
        List<(long Id, long ClientId)> due;
        await using (var db = await portal.ReadAsync(ct))
        {
            due = [.. (await db.AccessGrants
                .Where(g => (g.State == AccessState.Running && (g.EndsAt <= now || (g.EndsAt <= soon && g.RemindedAt == null && g.Days > 1))) || (g.State == AccessState.Asked && g.AskedAt <= late))
                .OrderBy(g => g.Id).Select(g => new { g.Id, g.ClientId }).ToListAsync(ct)).Select(g => (g.Id, g.ClientId))];
        }

        var touched = 0;
        foreach (var (id, clientId) in due)
        {
            touched += await TendAsync(id, clientId, ct) ? 1 : 0;
        }

        return touched;
    }

    /// <summary>Under the lock it is looked at again: another node may have done it.</summary>
    private async Task<bool> TendAsync(long id, long clientId, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, clientId, ct);
        var grant = await work.Db.AccessGrants.SingleAsync(g => g.Id == id, ct);
        if (grant.IsDue(work.Now) || grant.IsUnanswered(work.Now))
        {
            var how = grant.State is AccessState.Asked ? AccessState.Lapsed : AccessState.Expired;
            grant.Close(how, work.Now);
            AccessGrantBook.Note(work, grant, AuditActions.AccessEnded, Actor.System, new { because = how });
        }
        else if (grant.ShallRemind(work.Now))
        {
            grant.Remind(work.Now);
            AccessGrantBook.Note(work, grant, AuditActions.AccessReminded, Actor.System);
            await mails.EndsSoonAsync(work, grant, ct);
        }
        else
        {
            return false;
        }

        await work.CommitAsync(ct);
        return true;
    }
}

/// <summary>Runs <see cref="TendAccess"/> every ten minutes.</summary>
public sealed class AccessWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<AccessWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<TendAccess>().ExecuteAsync(ct);
}
