namespace PartnerPortal.Features.Journeys;

/// <summary>Names the string resources of what spans slices: its mails and the join form.</summary>
public sealed class JourneysText;
