namespace PartnerPortal.Features.Automations;

/// <summary>What can be done with an automation on its page.</summary>
public sealed record AutomationActs(SaveAutomation Save, PauseAutomation Pause, ResumeAutomation Resume, DeleteAutomation Delete);
