namespace PartnerPortal.Features.Journeys.Security;

/// <summary>Names the string resources of the mails about passwords, addresses and two-step sign-in.</summary>
public sealed class SecurityText;
