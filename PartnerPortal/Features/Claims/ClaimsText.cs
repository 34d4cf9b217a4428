namespace PartnerPortal.Features.Claims;

/// <summary>Names the words of claims and their mails.</summary>
public sealed class ClaimsText;
