using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>A client agrees that its partner may ask for access to its account. Each request is still answered by itself.</summary>
public sealed class AllowRequests(PortalDb portal)
{
    /// <param name="language">In which the wording was read, IETF tag.</param>
    /// <param name="actor">An admin of the client's account.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Success also when it may ask already.</returns>
    public async Task<Result<Done>> ExecuteAsync(string language, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var pair = await OwnConsent.PairOfAsync(work, actor, ct);
        if (!pair.Ok)
        {
            return pair.Error!;
        }

        if (await OwnConsent.GiveAsync(work, pair.Value, ConsentKind.Access, language, actor, ct))
        {
            AccessGrantBook.Tell(work, pair.Value.ClientId);
            await work.CommitAsync(ct);
        }

        return Done.Value;
    }
}
