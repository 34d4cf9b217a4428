namespace PartnerPortal.Features.Attributions;

/// <summary>Names the strings of receipts and consents.</summary>
public sealed class AttributionsText;
