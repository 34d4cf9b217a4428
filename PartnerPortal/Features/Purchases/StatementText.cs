namespace PartnerPortal.Features.Purchases;

/// <summary>Names the strings of a wallet's statement.</summary>
public sealed class StatementText;
