namespace PartnerPortal.Features.Support;

/// <summary>Names the strings of reassignments.</summary>
public sealed class ReassignText;
