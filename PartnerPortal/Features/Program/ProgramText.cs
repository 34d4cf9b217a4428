namespace PartnerPortal.Features.Program;

/// <summary>Names the string resources of the owner's pages: program, staff, first start.</summary>
public sealed class ProgramText;
