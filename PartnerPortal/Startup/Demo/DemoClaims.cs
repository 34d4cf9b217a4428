using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Claims;
using PartnerPortal.Identity;

namespace PartnerPortal.Startup.Demo;

/// <summary>Two claims: another integrator wants a client of the demo's, which has not answered yet; and one of its own that support closed.</summary>
internal sealed class DemoClaims(DemoWorld world, DemoPerson partner, DemoPerson support)
{
    private const int AnswerDays = 7;

    public async Task AddAsync(CancellationToken ct)
    {
        var closed = await FileAsync(partner, "tidewater-puppets.test", "The Tidewater Puppet Theatre asked us for an offer at the Aarhus book fair and wanted to sign in spring.", 24, ct);
        closed.LookUp(closed.ReviewAt!.Value);
        world.Tell(closed.ReviewAt.Value, Actor.System, AuditActions.ClaimNotFound, ("claim", closed.Id), closed.ClaimantId);
        Expect(closed.Close("We cannot confirm this with what you sent. Please write to us again once there is something signed.", support.UserId, world.Ago(21)));
        world.Tell(21, support.Actor, AuditActions.ClaimClosed, ("claim", closed.Id), closed.ClaimantId, new { reason = closed.Reason });

        var nordwind = world.Partners["Nordwind Beratung"];
        var ines = await world.Db.Users.SingleAsync(u => u.Email == "ines@carvalho-vinhos.test", ct);
        var client = await world.Db.Members.Where(m => m.UserId == ines.Id).Select(m => m.AccountId).SingleAsync(ct);
        var open = await FileAsync(nordwind, ines.Email!, "We set up her books two years ago and still answer her calls. We serve wine merchants again and she would like to come back.", 3, ct);
        open.LookUp(open.ReviewAt!.Value);
        var present = await world.Db.Attributions.Where(a => a.ClientId == client && a.EndedAt == null).Select(a => a.PartnerId).SingleAsync(ct);
        Expect(open.Name(client, present, open.ReviewAt.Value.AddDays(AnswerDays), open.ReviewAt.Value));
        world.Tell(open.ReviewAt.Value, Actor.System, AuditActions.ClaimNamed, ("claim", open.Id), client, new { clientId = client, partnerId = present });
        await world.SaveAsync(ct);
    }

    private async Task<ClientClaim> FileAsync(DemoPerson claimant, string client, string words, int daysAgo, CancellationToken ct)
    {
        var claim = new ClientClaim(claimant.AccountId, claimant.UserId, ClaimedName.Read(client).Value, words, world.Ago(daysAgo));
        claim.TakeUp(world.Ago(daysAgo).AddMinutes(1));
        world.Db.ClientClaims.Add(claim);
        await world.SaveAsync(ct);
        world.Tell(claim.FiledAt, claimant.Actor, AuditActions.ClaimFiled, ("account", claimant.AccountId), claimant.AccountId, new { files = 0 });
        world.Tell(claim.ReviewAt!.Value, Actor.System, AuditActions.ClaimTakenUp, ("claim", claim.Id), claimant.AccountId);
        return claim;
    }

    private static void Expect(Shared.Error? problem)
    {
        if (problem is not null)
        {
            throw new InvalidOperationException($"The demo's claim is wrong: {problem}");
        }
    }
}
