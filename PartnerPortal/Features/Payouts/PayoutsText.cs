namespace PartnerPortal.Features.Payouts;

/// <summary>Names the strings of payouts.</summary>
public sealed class PayoutsText;
