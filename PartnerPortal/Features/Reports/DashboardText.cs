namespace PartnerPortal.Features.Reports;

/// <summary>Names the string resources of the dashboard.</summary>
public sealed class DashboardText;
