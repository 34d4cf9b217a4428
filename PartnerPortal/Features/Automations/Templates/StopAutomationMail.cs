using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>The address in the mail is none of ours, or its reader is not there any more.</summary>
public sealed record NoSuchReader : Error;

/// <summary>Whether the reader of a mail gets those of automations.</summary>
public sealed class AutomationMailQueries(PortalDb portal, MailStopSeal seal)
{
    /// <returns>Whether they are stopped; null when the token is nobody's.</returns>
    public async Task<bool?> FindAsync(string token, CancellationToken ct)
    {
        if (seal.Open(token) is not { } userId)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.Users.Where(u => u.Id == userId).Select(u => (bool?)db.UserPreferences.Any(p => p.UserId == userId && p.Key == StopAutomationMail.Preference)).FirstOrDefaultAsync(ct);
    }
}

/// <summary>"No more such mail", by the address in the mail alone (RFC 8058), and back. Mail that belongs to what the reader signed up for goes on.</summary>
public sealed class StopAutomationMail(PortalDb portal, MailStopSeal seal)
{
    /// <summary>Kept with the user's choices while it is so.</summary>
    internal const string Preference = "automation-mail-off";

    public async Task<Result<Done>> ExecuteAsync(string token, bool stop, CancellationToken ct)
    {
        if (seal.Open(token) is not { } userId)
        {
            return new NoSuchReader();
        }

        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.Users.Where(u => u.Id == userId).Select(u => (long?)u.Id).FirstOrDefaultAsync(ct) is null)
        {
            return new NoSuchReader();
        }

        // The same stop may come from the mail program and from the page at once.
        await work.LockAsync(PortalLock.Installation, userId, ct);
        var choice = await work.Db.UserPreferences.FirstOrDefaultAsync(p => p.UserId == userId && p.Key == Preference, ct);
        if (choice is not null == stop)
        {
            return Done.Value;
        }

        if (choice is null)
        {
            work.Db.UserPreferences.Add(new UserPreference { UserId = userId, Key = Preference, Value = "yes" });
        }
        else
        {
            work.Db.UserPreferences.Remove(choice);
        }

        work.Audit(Actor.Visitor, stop ? AuditActions.AutomationMailStopped : AuditActions.AutomationMailResumed, ("user", userId));
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
