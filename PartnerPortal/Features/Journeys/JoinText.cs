namespace PartnerPortal.Features.Journeys;

/// <summary>Names the strings of the join page and of the start page.</summary>
public sealed class JoinText;
