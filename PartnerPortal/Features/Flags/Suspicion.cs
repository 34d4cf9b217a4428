using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Features.Flags;

/// <summary>What looks wrong as things stand, whether or not it was looked at before.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="PartnerId">The partner's account.</param>
/// <param name="Clients">Whom it is about; empty where no client is.</param>
/// <param name="Count">Of what makes it.</param>
/// <param name="Least">So many that were not looked at yet make a flag.</param>
internal sealed record Suspicion(FlagKind Kind, long PartnerId, IReadOnlyList<Suspect> Clients, int Count, int Least);

/// <param name="ClientId">The client's account.</param>
/// <param name="Matches">In what it is like its partner.</param>
/// <param name="NewestAt">UTC; of the newest thing that speaks against it, where a decision covers what was before it only. Null where it covers all.</param>
internal sealed record Suspect(long ClientId, FlagMatches Matches = FlagMatches.None, DateTime? NewestAt = null);
