namespace PartnerPortal.Features.Commissions;

/// <summary>Names the strings of the owner's commission plans.</summary>
public sealed class CommissionsText;
