using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Purchases;

public sealed class ReviewFlagConfiguration : IEntityTypeConfiguration<ReviewFlag>
{
    public void Configure(EntityTypeBuilder<ReviewFlag> builder)
    {
        builder.ToTable("ReviewFlags");
        builder.Property(f => f.Reason).HasMaxLength(ReviewFlag.ReasonLength);
        builder.HasIndex(f => new { f.State, f.Id });
        builder.HasIndex(f => new { f.PartnerId, f.Kind, f.State });
        // One open flag of what is gathered in one, also under concurrency.
        builder.HasIndex(f => new { f.PartnerId, f.Kind }).IsUnique().HasFilter("\"State\" = 'Open' AND \"Kind\" <> 'SelfReferral'").HasDatabaseName("UX_ReviewFlags_Open");
        builder.HasOne<Account>().WithMany().HasForeignKey(f => f.PartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class FlaggedClientConfiguration : IEntityTypeConfiguration<FlaggedClient>
{
    public void Configure(EntityTypeBuilder<FlaggedClient> builder)
    {
        builder.ToTable("FlaggedClients");
        builder.Property(c => c.Matches).HasMaxLength(64);
        builder.HasIndex(c => new { c.FlagId, c.ClientId }).IsUnique();
        // Asked for every line that could become available.
        builder.HasIndex(c => new { c.ClientId, c.PartnerId, c.State });
        builder.HasIndex(c => new { c.PartnerId, c.Kind });
        builder.HasIndex(c => c.State);
        builder.HasOne<ReviewFlag>().WithMany().HasForeignKey(c => c.FlagId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.PartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.ClientId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class VoidedPurchaseConfiguration : IEntityTypeConfiguration<VoidedPurchase>
{
    public void Configure(EntityTypeBuilder<VoidedPurchase> builder)
    {
        builder.ToTable("VoidedPurchases");
        builder.HasIndex(v => v.PurchaseId).IsUnique();
        builder.HasOne<Purchase>().WithMany().HasForeignKey(v => v.PurchaseId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ReviewFlag>().WithMany().HasForeignKey(v => v.FlagId).OnDelete(DeleteBehavior.Restrict);
    }
}
