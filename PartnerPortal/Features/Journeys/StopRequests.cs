using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>A client withdraws the consent to be asked for access: what its partner asked for or has ends now, and it cannot ask again.</summary>
public sealed class StopRequests(PortalDb portal)
{
    /// <param name="actor">An admin of the client's account.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Success also when it could not ask before.</returns>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var pair = await OwnConsent.PairOfAsync(work, actor, ct);
        if (!pair.Ok)
        {
            return pair.Error!;
        }

        if (await OwnConsent.WithdrawAsync(work, pair.Value, ConsentKind.Access, actor, ct))
        {
            await AccessGrantBook.WithdrawAsync(work, pair.Value.ClientId, pair.Value.PartnerId, actor, ct);
            AccessGrantBook.Tell(work, pair.Value.ClientId);
            await work.CommitAsync(ct);
        }

        return Done.Value;
    }
}
