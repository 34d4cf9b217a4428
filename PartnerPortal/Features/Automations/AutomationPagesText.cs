namespace PartnerPortal.Features.Automations;

/// <summary>Names the texts of the pages of automations.</summary>
public sealed class AutomationPagesText;
