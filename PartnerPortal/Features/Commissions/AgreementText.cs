namespace PartnerPortal.Features.Commissions;

/// <summary>Names the strings of partners' agreements.</summary>
public sealed class AgreementText;
