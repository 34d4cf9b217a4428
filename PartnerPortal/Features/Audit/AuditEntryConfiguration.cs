using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PartnerPortal.Features.Audit;

public sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(e => e.ActorName).HasMaxLength(200);
        builder.Property(e => e.Action).HasMaxLength(64);
        builder.Property(e => e.SubjectKind).HasMaxLength(40);
        builder.HasIndex(e => new { e.AccountId, e.Id });
        builder.HasIndex(e => new { e.Action, e.Id });
        builder.HasIndex(e => new { e.ActorUserId, e.Id });
        builder.HasIndex(e => new { e.SubjectKind, e.SubjectId });
        builder.HasIndex(e => new { e.AccountId, e.Id }, "IX_AuditEntries_Diary").HasFilter("\"GrantId\" IS NOT NULL");
        builder.HasIndex(e => new { e.GrantId, e.Id }).HasFilter("\"GrantId\" IS NOT NULL");
    }
}
