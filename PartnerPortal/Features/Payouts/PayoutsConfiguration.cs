using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Ledger;

namespace PartnerPortal.Features.Payouts;

public sealed class PayoutConfiguration : IEntityTypeConfiguration<Payout>
{
    public void Configure(EntityTypeBuilder<Payout> builder)
    {
        builder.ToTable("Payouts", t => t.HasCheckConstraint("CK_Payouts_Amount", "\"Amount\" > 0"));
        builder.Ignore(p => p.ChangedAt);
        builder.Property(p => p.Currency).HasMaxLength(3);
        builder.Property(p => p.Period).HasMaxLength(7);
        builder.Property(p => p.RequestedByName).HasMaxLength(200);
        builder.Property(p => p.ApprovedByName).HasMaxLength(200);
        builder.Property(p => p.ClosedByName).HasMaxLength(200);
        builder.Property(p => p.FailureReason).HasMaxLength(Payout.ReasonLength);
        builder.HasIndex(p => new { p.AccountId, p.Id });
        builder.HasIndex(p => new { p.State, p.Id });
        // One on its way for a wallet and currency, and one of a month, whoever asks at the same moment.
        builder.HasIndex(p => new { p.AccountId, p.Currency }).IsUnique().HasFilter("\"State\" IN ('Requested', 'Approved', 'Exported')").HasDatabaseName("IX_Payouts_Open");
        builder.HasIndex(p => new { p.AccountId, p.Currency, p.Period }).IsUnique().HasFilter("\"Period\" IS NOT NULL").HasDatabaseName("IX_Payouts_Month");
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PayoutBatch>().WithMany().HasForeignKey(p => p.BatchId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany<LedgerClaim>().WithOne().HasForeignKey(c => c.PayoutId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class PayoutBatchConfiguration : IEntityTypeConfiguration<PayoutBatch>
{
    public void Configure(EntityTypeBuilder<PayoutBatch> builder)
    {
        builder.ToTable("PayoutBatches");
        builder.Property(b => b.ByName).HasMaxLength(200);
    }
}

public sealed class PayeeConfiguration : IEntityTypeConfiguration<Payee>
{
    public void Configure(EntityTypeBuilder<Payee> builder)
    {
        builder.ToTable("Payees");
        builder.HasKey(p => p.AccountId);
        builder.Property(p => p.AccountId).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class PayoutSettingsConfiguration : IEntityTypeConfiguration<PayoutSettings>
{
    public void Configure(EntityTypeBuilder<PayoutSettings> builder)
    {
        builder.ToTable("PayoutSettings");
        builder.Ignore(s => s.Minimums);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Issuer).HasMaxLength(PayoutSettingsForm.IssuerLength);
        builder.Property(s => s.IssuerTaxId).HasMaxLength(PayoutSettingsForm.TaxIdLength);
    }
}
