namespace PartnerPortal.Features.Journeys.LinkTesting;

/// <summary>Names the strings of the link tester.</summary>
public sealed class LinkTestText;
