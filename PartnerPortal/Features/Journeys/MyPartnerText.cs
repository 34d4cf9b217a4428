namespace PartnerPortal.Features.Journeys;

/// <summary>Names the strings of the page "My partner".</summary>
public sealed class MyPartnerText;
