namespace PartnerPortal.Features.Audit;

/// <summary>Names the sentences of the audit log: one for each of <see cref="AuditActions"/>.</summary>
public sealed class AuditText;
