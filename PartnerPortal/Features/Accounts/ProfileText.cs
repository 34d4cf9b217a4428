namespace PartnerPortal.Features.Accounts;

/// <summary>Names the string resources of the profile.</summary>
public sealed class ProfileText;
