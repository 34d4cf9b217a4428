namespace PartnerPortal.Features.Orders;

/// <summary>Names the strings of plans: the owner's page and the public one.</summary>
public sealed class PlansText;
