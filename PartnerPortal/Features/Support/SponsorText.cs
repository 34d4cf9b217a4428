namespace PartnerPortal.Features.Support;

/// <summary>Names the strings of the page on which a sponsor is changed.</summary>
public sealed class SponsorText;
