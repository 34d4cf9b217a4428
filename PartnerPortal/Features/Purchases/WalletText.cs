namespace PartnerPortal.Features.Purchases;

/// <summary>Names the strings of the wallet.</summary>
public sealed class WalletText;
