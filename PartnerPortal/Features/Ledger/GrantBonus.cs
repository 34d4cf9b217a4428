using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Ledger;

/// <summary>A bonus as the owner types it.</summary>
/// <param name="Amount">In the currency's unit: "25.00".</param>
/// <param name="Form">Of the form that was opened: sent twice, it gives once.</param>
public sealed record TypedBonus(long AccountId, string? Amount, string Currency, string? Reason, Guid Form);

/// <summary>The owner gives a bonus by hand.</summary>
public sealed class GrantBonus(PortalDb portal)
{
    public async Task<Result<GrantedBonus>> ExecuteAsync(TypedBonus typed, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        if (!Currencies.IsKnown(typed.Currency))
        {
            return new BonusInvalid(nameof(BonusGrant.Currency));
        }

        if (!Money.TryRead(typed.Amount, typed.Currency, out var minor))
        {
            return new BonusInvalid(nameof(BonusGrant.Amount));
        }

        await using var work = await portal.BeginAsync(ct);
        if (await OwnAccounts.InvolveAsync(work.Db, actor, [typed.AccountId], ct))
        {
            return new OwnAccountInvolved();
        }

        var granted = await BonusBook.GrantAsync(work, new BonusGrant(typed.AccountId, minor, typed.Currency, typed.Reason ?? "", FormattableString.Invariant($"staff:{typed.Form:N}")), actor, ct);
        if (granted.Ok)
        {
            await work.CommitAsync(ct);
        }

        return granted;
    }
}
