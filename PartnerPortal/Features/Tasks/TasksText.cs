namespace PartnerPortal.Features.Tasks;

/// <summary>Marks the texts of tasks.</summary>
public sealed class TasksText;
