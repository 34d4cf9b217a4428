using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys;

/// <summary>What "invite again" does with a line.</summary>
public enum AgainFate
{
    Sends,

    /// <summary>A mail is on its way, or was sent within <see cref="SendInvitationAgain.Pause"/>.</summary>
    TooSoon,

    /// <summary>Is a client already.</summary>
    IsClient,

    /// <summary>Declined or left: who said No is not asked again by mail.</summary>
    SaidNo,

    /// <summary>There is no invitation that could be sent: it was withdrawn, or the line came without one.</summary>
    NothingToSend,
}

/// <summary>How many lines have which fate.</summary>
public sealed record AgainCounts(int Sends = 0, int TooSoon = 0, int IsClient = 0, int SaidNo = 0, int NothingToSend = 0)
{
    public AgainCounts With(AgainFate fate, int more = 1) => fate switch
    {
        AgainFate.Sends => this with { Sends = Sends + more },
        AgainFate.TooSoon => this with { TooSoon = TooSoon + more },
        AgainFate.IsClient => this with { IsClient = IsClient + more },
        AgainFate.SaidNo => this with { SaidNo = SaidNo + more },
        AgainFate.NothingToSend => this with { NothingToSend = NothingToSend + more },
    };
}

internal static class AgainRules
{
    public static AgainFate FateOf(ClientStatus status, InvitationState? state, DateTime? sentAt, DateTime now) => (status, state) switch
    {
        (ClientStatus.Active or ClientStatus.NeverSignedIn, _) => AgainFate.IsClient,
        (ClientStatus.Left or ClientStatus.Declined, _) => AgainFate.SaidNo,
        (_, null or InvitationState.Accepted or InvitationState.Declined or InvitationState.Withdrawn) => AgainFate.NothingToSend,
        (_, InvitationState.Queued) => AgainFate.TooSoon,
        _ => sentAt + SendInvitationAgain.Pause > now ? AgainFate.TooSoon : AgainFate.Sends,
    };
}

/// <summary>Says before anything is sent who would get a mail and why others would not; looks at the actor's own lines only.</summary>
public sealed class InvitationsAgainQueries(PortalDb portal, TimeProvider clock)
{
    public async Task<AgainCounts> CountAsync(IReadOnlyCollection<long> ids, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var counts = new AgainCounts();
        foreach (var part in ManyClients.Parts(ids))
        {
            var lines = await db.ClientRecords.Where(r => actor.IsPartner && r.PartnerId == actor.AccountId && part.Contains(r.Id))
                .Select(r => new { r.Status, State = (InvitationState?)r.Invitation!.State, r.Invitation.SentAt }).ToListAsync(ct);
            counts = lines.Aggregate(counts, (all, line) => all.With(AgainRules.FateOf(line.Status, line.State, line.SentAt, clock.GetUtcNow().UtcDateTime)));
        }

        return counts;
    }
}
