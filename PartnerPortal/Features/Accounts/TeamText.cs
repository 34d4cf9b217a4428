namespace PartnerPortal.Features.Accounts;

/// <summary>Names the string resources of the team: page, invitation, mail.</summary>
public sealed class TeamText;
