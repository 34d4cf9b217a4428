namespace PartnerPortal.Features.Partners;

/// <summary>Names the strings of applying as a partner, of staff's partner pages, and of their mails.</summary>
public sealed class PartnersText;
