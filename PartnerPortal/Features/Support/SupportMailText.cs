namespace PartnerPortal.Features.Support;

/// <summary>Names the string resources of the mail pages of support.</summary>
public sealed class SupportMailText;
