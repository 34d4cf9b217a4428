namespace PartnerPortal.Features.Support;

/// <summary>Names the strings of support's pages.</summary>
public sealed class SupportText;
