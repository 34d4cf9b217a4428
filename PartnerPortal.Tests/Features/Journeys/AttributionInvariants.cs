using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>What the database holds of some accounts, and what is wrong with it whatever was done: invariants 1 to 4 of the design.</summary>
public sealed class AttributionInvariants
{
    private AttributionInvariants(List<Attribution> attributions, Dictionary<long, (string Name, long? Sponsor)> accounts, List<Consent> consents, List<ClientRecord> lines, List<JoinRefusal> refusals) =>
        (Attributions, Accounts, Consents, Lines, Refusals) = (attributions, accounts, consents, lines, refusals);

    public IReadOnlyList<Attribution> Attributions { get; }

    public IReadOnlyDictionary<long, (string Name, long? Sponsor)> Accounts { get; }

    public IReadOnlyList<Consent> Consents { get; }

    public IReadOnlyList<ClientRecord> Lines { get; }

    public IReadOnlyList<JoinRefusal> Refusals { get; }

    public static async Task<AttributionInvariants> ReadAsync(PortalDbContext db, IReadOnlyCollection<long> ids) => new(
        await db.Attributions.Include(a => a.Receipt).Where(a => ids.Contains(a.ClientId)).OrderBy(a => a.Id).ToListAsync(),
        await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => (a.Name, a.SponsorId)),
        await db.Consents.Where(c => ids.Contains(c.ClientId)).ToListAsync(),
        await db.ClientRecords.Where(r => ids.Contains(r.PartnerId)).ToListAsync(),
        await db.JoinRefusals.Where(r => ids.Contains(r.ClientId)).ToListAsync());

    public long? PartnerOf(long client) => Attributions.SingleOrDefault(a => a.ClientId == client && a.EndedAt is null)?.PartnerId;

    /// <summary>What is broken, in words; empty when all holds.</summary>
    public IEnumerable<string> Broken()
    {
        foreach (var client in Attributions.GroupBy(a => a.ClientId))
        {
            if (client.Count(a => a.EndedAt is null) > 1)
            {
                yield return $"{client.Key} has several open attributions";
            }

            if (client.Zip(client.Skip(1)).Any(p => p.First.EndedAt is not { } end || end > p.Second.StartedAt))
            {
                yield return $"{client.Key} had two partners at once";
            }
        }

        foreach (var problem in Accounts.Keys.Where(InLoop).Select(id => $"{id} is its own sponsor, directly or round about"))
        {
            yield return problem;
        }

        foreach (var problem in Attributions.SelectMany(OfAttribution).Concat(Consents.SelectMany(OfConsent)).Concat(Lines.SelectMany(OfLine)))
        {
            yield return problem;
        }

        foreach (var open in Attributions.Where(a => a.EndedAt is null && !Lines.Any(l => l.PartnerId == a.PartnerId && l.ClientId == a.ClientId)))
        {
            yield return $"client {open.ClientId} is missing in the list of {open.PartnerId}";
        }
    }

    private bool InLoop(long id)
    {
        var steps = 0;
        for (var at = Accounts[id].Sponsor; at is { } now && steps <= Accounts.Count; at = Accounts.GetValueOrDefault(now).Sponsor, steps++)
        {
            if (now == id)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> OfAttribution(Attribution a)
    {
        if (a.ClientId == a.PartnerId)
        {
            yield return $"{a.ClientId} is its own partner";
        }

        if (a.Receipt is not { } receipt)
        {
            yield return $"attribution {a.Id} has no receipt";
            yield break;
        }

        var byStaff = receipt is { Rule: AttributionRule.Staff, Reason.Length: > 0, WordingVersion: null };
        var byClient = receipt is { Rule: not AttributionRule.Staff, Reason: null, WordingVersion: not null, ActorUserId: not null };
        // Who goes back has what it had agreed to before.
        var byReturn = a.CameBy is CameBy.Returned && receipt is { Rule: AttributionRule.Address, Reason: null, WordingVersion: null, ActorUserId: not null };
        if (!byStaff && !byClient && !byReturn)
        {
            yield return $"attribution {a.Id} came neither by a Yes nor by staff with a reason";
        }

        if (receipt.Contenders is not [{ Outcome: ContenderOutcome.Won } won, ..] || won.PartnerId != a.PartnerId)
        {
            yield return $"the receipt of attribution {a.Id} names another winner";
        }
    }

    private IEnumerable<string> OfConsent(Consent consent)
    {
        if (consent.WithdrawnAt is null && PartnerOf(consent.ClientId) != consent.PartnerId)
        {
            yield return $"{consent.ClientId} still consents to {consent.PartnerId}, which is not its partner";
        }
    }

    private IEnumerable<string> OfLine(ClientRecord line)
    {
        if (line.ClientId is not { } client)
        {
            yield break;
        }

        var isOpen = PartnerOf(client) == line.PartnerId;
        var consents = Consents.Any(c => c.ClientId == client && c.PartnerId == line.PartnerId && c is { Kind: ConsentKind.Data, WithdrawnAt: null });
        if (isOpen != (line.Status is ClientStatus.Active or ClientStatus.NeverSignedIn))
        {
            yield return $"the line of {client} at {line.PartnerId} says {line.Status}";
        }

        if (line.IsShared != (isOpen && consents))
        {
            yield return $"the line of {client} at {line.PartnerId} is {(line.IsShared ? "" : "not ")}shared, against the consent";
        }

        var name = Accounts.GetValueOrDefault(client).Name ?? "";
        if (!line.IsShared && (line.Email is not null || line.Phone is not null || line.Name != Initials.Of(name)))
        {
            yield return $"the line of {client} at {line.PartnerId} shows \"{line.Name}\" without consent";
        }
    }
}
