namespace PartnerPortal.Features.Automations.Templates;

/// <summary>Names the texts of mail templates.</summary>
public sealed class TemplatesText;
