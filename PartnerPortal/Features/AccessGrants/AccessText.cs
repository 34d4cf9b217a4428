namespace PartnerPortal.Features.AccessGrants;

/// <summary>Names the words of access grants, their mails and the access diary.</summary>
public sealed class AccessText;
