using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Commissions;

namespace PartnerPortal.Features.Purchases;

public sealed class PurchaseConfiguration : IEntityTypeConfiguration<Purchase>
{
    public void Configure(EntityTypeBuilder<Purchase> builder)
    {
        builder.ToTable("Purchases", t => t.HasCheckConstraint("CK_Purchases_Amounts", "\"Amount\" > 0 AND \"Discount\" >= 0 AND \"Discount\" <= \"Amount\" AND \"Tax\" >= 0"));
        builder.Ignore(p => p.Base);
        builder.Property(p => p.Source).HasMaxLength(PurchaseSources.Length);
        builder.Property(p => p.ExternalId).HasMaxLength(Purchase.ExternalIdLength);
        builder.Property(p => p.Currency).HasMaxLength(3);
        builder.Property(p => p.Product).HasMaxLength(Purchase.ProductLength);
        builder.Property(p => p.BodyHash).HasMaxLength(64);
        // Invariant 6, whoever writes at the same moment.
        builder.HasIndex(p => new { p.Source, p.ExternalId }).IsUnique();
        builder.HasIndex(p => new { p.ClientId, p.OccurredAt });
        // Until when a partner's client paid is the last of these that counts; see Data/ClientMoneyTriggers.cs.
        builder.HasIndex(p => new { p.PartnerId, p.ClientId, p.PaidUntil });
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.PartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PlanVersion>().WithMany().HasForeignKey(p => p.PlanVersionId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class RefundConfiguration : IEntityTypeConfiguration<Refund>
{
    public void Configure(EntityTypeBuilder<Refund> builder)
    {
        builder.ToTable("Refunds", t => t.HasCheckConstraint("CK_Refunds_Amounts", "(\"Amount\" IS NULL OR \"Amount\" > 0) AND \"Applied\" >= 0"));
        builder.Property(r => r.Source).HasMaxLength(PurchaseSources.Length);
        builder.Property(r => r.ExternalId).HasMaxLength(Purchase.ExternalIdLength);
        builder.Property(r => r.PurchaseExternalId).HasMaxLength(Purchase.ExternalIdLength);
        builder.Property(r => r.Currency).HasMaxLength(3);
        builder.Property(r => r.BodyHash).HasMaxLength(64);
        builder.HasIndex(r => new { r.Source, r.ExternalId }).IsUnique();
        builder.HasIndex(r => new { r.Source, r.PurchaseExternalId });
        builder.HasOne<Purchase>().WithMany().HasForeignKey(r => r.PurchaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class CommissionLineConfiguration : IEntityTypeConfiguration<CommissionLine>
{
    public void Configure(EntityTypeBuilder<CommissionLine> builder)
    {
        builder.ToTable("CommissionLines", t => t.HasCheckConstraint("CK_CommissionLines_Amounts", "\"Granted\" >= 0 AND \"Reversed\" >= 0 AND \"Reversed\" <= \"Granted\""));
        builder.Ignore(l => l.Net);
        builder.Property(l => l.Currency).HasMaxLength(3);
        builder.HasIndex(l => new { l.PurchaseId, l.PartnerId }).IsUnique();
        // Each way in which a wallet is looked through, with the id as key of its pages; of the states, a line stands in the index of its own alone.
        builder.HasIndex(l => new { l.PartnerId, l.Currency, l.Id });
        builder.HasIndex(l => new { l.PartnerId, l.Currency, l.Month, l.Id });
        builder.HasIndex(l => new { l.PartnerId, l.Currency, l.Level, l.Id });
        builder.HasIndex(l => new { l.PartnerId, l.ClientId, l.Id });
        InState(builder, "Nothing", "\"Granted\" = 0");
        InState(builder, "TakenBack", "\"Granted\" > 0 AND \"Granted\" = \"Reversed\"");
        InState(builder, "Held", "\"Granted\" > \"Reversed\" AND \"ReleasedAt\" IS NULL");
        InState(builder, "Available", "\"Granted\" > \"Reversed\" AND \"ReleasedAt\" IS NOT NULL AND \"Paid\" < \"Granted\" - \"Reversed\"");
        InState(builder, "Paid", "\"Granted\" > \"Reversed\" AND \"ReleasedAt\" IS NOT NULL AND \"Paid\" >= \"Granted\" - \"Reversed\"");
        builder.HasIndex(l => new { l.PartnerId, l.Currency, l.HeldUntil }).HasFilter("\"Granted\" > \"Reversed\" AND \"ReleasedAt\" IS NULL").HasDatabaseName("IX_CommissionLines_NextRelease");
        builder.HasIndex(l => l.HeldUntil).HasFilter("\"ReleasedAt\" IS NULL AND \"Granted\" > 0").HasDatabaseName("IX_CommissionLines_Held");
        builder.HasOne<Purchase>().WithMany().HasForeignKey(l => l.PurchaseId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.PartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PlanVersion>().WithMany().HasForeignKey(l => l.PlanVersionId).OnDelete(DeleteBehavior.Restrict);
    }

    /// <summary>Of indexes alike in their columns SQLite takes the one made last: these are made after the plain one, as their names are later (a test looks at it).</summary>
    private static void InState(EntityTypeBuilder<CommissionLine> builder, string state, string filter) =>
        builder.HasIndex(["PartnerId", "Currency", "Id"], "IX_CommissionLines_State" + state).HasFilter(filter);
}

public sealed class CommissionMoveConfiguration : IEntityTypeConfiguration<CommissionMove>
{
    public void Configure(EntityTypeBuilder<CommissionMove> builder)
    {
        builder.ToTable("CommissionMoves", t => t.HasCheckConstraint("CK_CommissionMoves_PartnerIsAnother", "\"FromPartnerId\" <> \"ToPartnerId\""));
        builder.HasIndex(m => new { m.PurchaseId, m.Id });
        builder.HasIndex(m => new { m.ReassignmentId, m.ClientId });
        builder.HasOne<Purchase>().WithMany().HasForeignKey(m => m.PurchaseId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(m => m.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(m => m.FromPartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(m => m.ToPartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class EarningTallyConfiguration : IEntityTypeConfiguration<EarningTally>
{
    public void Configure(EntityTypeBuilder<EarningTally> builder)
    {
        builder.ToTable("EarningTallies");
        builder.Property(t => t.Currency).HasMaxLength(3);
        builder.HasKey(t => new { t.PartnerId, t.Currency, t.Month, t.State, t.Slot });
    }
}

public sealed class IdempotentRequestConfiguration : IEntityTypeConfiguration<IdempotentRequest>
{
    public void Configure(EntityTypeBuilder<IdempotentRequest> builder)
    {
        builder.ToTable("IdempotentRequests");
        builder.Property(r => r.Source).HasMaxLength(PurchaseSources.Length);
        builder.Property(r => r.Key).HasMaxLength(IdempotentRequest.KeyLength);
        builder.Property(r => r.BodyHash).HasMaxLength(64);
        builder.HasIndex(r => new { r.Source, r.Key }).IsUnique();
    }
}
