namespace PartnerPortal.Features.Support;

/// <summary>Names the strings of support's start page and its search.</summary>
public sealed class SupportSearchText;
