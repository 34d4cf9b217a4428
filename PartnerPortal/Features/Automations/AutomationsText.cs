namespace PartnerPortal.Features.Automations;

/// <summary>Names the texts of automations that their pages share.</summary>
public sealed class AutomationsText;
