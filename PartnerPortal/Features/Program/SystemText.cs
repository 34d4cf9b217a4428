namespace PartnerPortal.Features.Program;

/// <summary>Names the strings of the page of other systems' keys.</summary>
public sealed class SystemText;
