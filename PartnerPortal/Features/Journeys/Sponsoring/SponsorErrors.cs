using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Sponsoring;

/// <summary>There is no such account, or it is closed.</summary>
public sealed record NoSuchAccount : Error;

/// <summary>Who was the sponsor before is closed and cannot be it again.</summary>
public sealed record FormerSponsorClosed : Error;

/// <summary>It was undone already, another change came after it, or the time to undo it is over.</summary>
public sealed record SponsorMovedOn : Error;
