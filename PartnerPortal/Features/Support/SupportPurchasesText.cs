namespace PartnerPortal.Features.Support;

/// <summary>Names the strings of support's pages about purchases.</summary>
public sealed class SupportPurchasesText;
