namespace PartnerPortal.Features.Flags;

/// <summary>Names the strings of support's page of flags, and of the mails about them.</summary>
public sealed class FlagsText;
