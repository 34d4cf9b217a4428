using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Journeys.Reassigning;

public sealed class ReassignmentConfiguration : IEntityTypeConfiguration<Reassignment>
{
    public void Configure(EntityTypeBuilder<Reassignment> builder)
    {
        builder.ToTable("Reassignments");
        builder.Ignore(r => r.DecidedBy);
        builder.Ignore(r => r.UndoneBy);
        builder.Ignore(r => r.HeldUntil);
        builder.Property(r => r.Reason).HasMaxLength(Reassignment.ReasonLength);
        builder.Property(r => r.UndoReason).HasMaxLength(Reassignment.ReasonLength);
        builder.Property(r => r.CreatedByName).HasMaxLength(200);
        builder.Property(r => r.DecidedByName).HasMaxLength(200);
        builder.Property(r => r.UndoneByName).HasMaxLength(200);
        builder.HasIndex(r => r.State);
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.PartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.ClosesPartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class ReassignedClientConfiguration : IEntityTypeConfiguration<ReassignedClient>
{
    public void Configure(EntityTypeBuilder<ReassignedClient> builder)
    {
        builder.ToTable("ReassignedClients");
        builder.HasIndex(c => new { c.ReassignmentId, c.ClientId }).IsUnique();
        builder.HasIndex(c => new { c.ReassignmentId, c.State, c.Id });
        builder.HasOne<Reassignment>().WithMany().HasForeignKey(c => c.ReassignmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.FromPartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Attribution>().WithMany().HasForeignKey(c => c.FromAttributionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Attribution>().WithMany().HasForeignKey(c => c.AttributionId).OnDelete(DeleteBehavior.Restrict);
    }
}
