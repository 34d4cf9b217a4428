using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>The owner changes the rules for payouts. They hold for payouts made from then on.</summary>
public sealed class ChangePayoutSettings(PortalDb portal)
{
    /// <returns>The version that is in force now.</returns>
    public async Task<Result<int>> ExecuteAsync(PayoutSettingsForm form, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        var settings = await work.Db.PayoutSettings.SingleOrDefaultAsync(ct);
        if ((settings?.Version ?? 0) != form.Version)
        {
            return new PayoutSettingsChangedMeanwhile();
        }

        if (settings is null)
        {
            work.Db.PayoutSettings.Add(settings = new PayoutSettings());
        }

        if (form.Apply(settings) is { } refused)
        {
            return refused;
        }

        work.Audit(actor, AuditActions.PayoutSettingsChanged, ("program", PayoutSettings.SingleId), null,
            new { rhythm = settings.Rhythm, day = settings.MonthlyDay, needsApproval = settings.NeedsApproval, minimums = settings.Minimums });
        await work.CommitAsync(ct);
        return settings.Version;
    }
}
