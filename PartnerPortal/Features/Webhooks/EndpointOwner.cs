using PartnerPortal.Data;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Webhooks;

/// <summary>Whose endpoints somebody may see and change: an owner the program's, an admin of an integrator that one's, and machines by a key with the scope for it.</summary>
/// <param name="AccountId">The integrator's; null for the program's own.</param>
internal readonly record struct EndpointOwner(long? AccountId)
{
    public bool IsProgram => AccountId is null;

    /// <param name="actor">Who asks.</param>
    /// <param name="isProgram">For the program's endpoints, else those of the actor's account.</param>
    /// <returns>Null for who may not.</returns>
    public static EndpointOwner? Of(Actor actor, bool isProgram) => (isProgram, actor) switch
    {
        (true, { IsOwner: true } or { ProgramScope: KeyScopes.WebhooksRead or KeyScopes.WebhooksWrite }) => new EndpointOwner(null),
        (false, { IsIntegrator: true, MayAdminister: true, AccountId: { } own }) => new EndpointOwner(own),
        _ => null,
    };

    /// <summary>All that the actor may see, the program's among them for an owner.</summary>
    public static IQueryable<WebhookEndpoint> Visible(PortalDbContext db, Actor actor)
    {
        var (program, own) = (Of(actor, true) is not null, Of(actor, false)?.AccountId);
        return db.WebhookEndpoints.Where(e => e.AccountId == null ? program : e.AccountId == own);
    }
}
