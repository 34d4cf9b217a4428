using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PartnerPortal.Features.Automations;

public sealed class AutomationConfiguration : IEntityTypeConfiguration<Automation>
{
    public void Configure(EntityTypeBuilder<Automation> builder)
    {
        builder.ToTable("Automations");
        builder.Property(a => a.Name).HasMaxLength(Automation.NameLength);
        builder.Property(a => a.Currency).HasMaxLength(3);
    }
}

public sealed class AutomationVersionConfiguration : IEntityTypeConfiguration<AutomationVersion>
{
    public void Configure(EntityTypeBuilder<AutomationVersion> builder)
    {
        builder.ToTable("AutomationVersions");
        builder.HasKey(v => new { v.AutomationId, v.Number });
        builder.HasOne(v => v.Automation).WithMany().HasForeignKey(v => v.AutomationId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class AutomationRunConfiguration : IEntityTypeConfiguration<AutomationRun>
{
    public void Configure(EntityTypeBuilder<AutomationRun> builder)
    {
        builder.ToTable("AutomationRuns");
        builder.Property(r => r.How).HasMaxLength(32);
        builder.Property(r => r.Currency).HasMaxLength(3);
        builder.Ignore(r => r.Subject);
        builder.HasOne<AutomationVersion>().WithMany().HasForeignKey(r => new { r.AutomationId, r.Version }).OnDelete(DeleteBehavior.Restrict);
        // However often something is told or a silence is found, an automation runs once for it.
        builder.HasIndex(r => new { r.AutomationId, r.EventId }).IsUnique().HasFilter("\"EventId\" IS NOT NULL").HasDatabaseName("UX_AutomationRuns_Event");
        builder.HasIndex(r => new { r.AutomationId, r.ClientId, r.Since }).IsUnique().HasFilter("\"Since\" IS NOT NULL AND \"ClientId\" IS NOT NULL").HasDatabaseName("UX_AutomationRuns_Silence");
        builder.HasIndex(r => new { r.AutomationId, r.InvitationId }).IsUnique().HasFilter("\"Since\" IS NOT NULL AND \"ClientId\" IS NULL").HasDatabaseName("UX_AutomationRuns_Invitation");
        // What is due: the few that are open, whatever is in the log.
        builder.HasIndex(r => new { r.DueAt, r.Id }).HasFilter("\"State\" IN ('Running', 'Waiting')").HasDatabaseName("IX_AutomationRuns_Due");
        builder.HasIndex(r => new { r.AutomationId, r.State, r.Id });
        builder.HasIndex(r => new { r.State, r.Id });
        builder.HasIndex(r => new { r.ClientId, r.Id });
    }
}

public sealed class AutomationRunStepConfiguration : IEntityTypeConfiguration<AutomationRunStep>
{
    public void Configure(EntityTypeBuilder<AutomationRunStep> builder)
    {
        builder.ToTable("AutomationRunSteps");
        builder.HasOne<AutomationRun>().WithMany().HasForeignKey(s => s.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => new { s.RunId, s.Id });
        builder.HasIndex(s => new { s.RunId, s.Position }).IsUnique().HasFilter("\"Outcome\" IN ('Done', 'Skipped')").HasDatabaseName("UX_AutomationRunSteps_Once");
    }
}
