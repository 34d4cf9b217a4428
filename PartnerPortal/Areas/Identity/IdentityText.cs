namespace PartnerPortal.Areas.Identity;

/// <summary>Names the string resources of the pages for signing in, registering and looking after one's own sign-in.</summary>
public sealed class IdentityText;
