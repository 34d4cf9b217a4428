namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>Names the strings of moving in from another system.</summary>
public sealed class MovingText;
