namespace PartnerPortal.Features.Webhooks;

/// <summary>Names the texts of webhooks.</summary>
public sealed class WebhooksText;
