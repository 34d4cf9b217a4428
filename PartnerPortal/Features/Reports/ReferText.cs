namespace PartnerPortal.Features.Reports;

/// <summary>Names the strings of the page "Recommend".</summary>
public sealed class ReferText;
