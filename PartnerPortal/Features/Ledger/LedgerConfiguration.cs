using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Ledger;

public sealed class LedgerTransactionConfiguration : IEntityTypeConfiguration<LedgerTransaction>
{
    public void Configure(EntityTypeBuilder<LedgerTransaction> builder)
    {
        builder.ToTable("LedgerTransactions");
        builder.HasIndex(t => new { t.PurchaseId, t.Id });
        builder.HasIndex(t => t.At);
        builder.HasIndex(t => t.PayoutId);
        // Each is posted once.
        builder.HasIndex(t => t.CreditId).IsUnique();
        builder.HasOne<LedgerTransaction>().WithMany().HasForeignKey(t => t.ReversesId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(t => t.Entries).WithOne().HasForeignKey(e => e.TransactionId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("LedgerEntries", t =>
        {
            t.HasCheckConstraint("CK_LedgerEntries_Amount", "\"Amount\" <> 0");
            t.HasCheckConstraint("CK_LedgerEntries_Owner", "(\"Account\" = 'ProgramCost') = (\"OwnerId\" IS NULL)");
        });
        builder.Property(e => e.Currency).HasMaxLength(3);
        builder.HasIndex(e => e.TransactionId);
        // A wallet is the sum over this index alone; pages read its tally.
        builder.HasIndex(e => new { e.OwnerId, e.Currency, e.Account, e.Amount });
        // A wallet's movements in their order.
        builder.HasIndex(e => new { e.OwnerId, e.Currency, e.TransactionId });
        builder.HasOne<Account>().WithMany().HasForeignKey(e => e.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class CreditConfiguration : IEntityTypeConfiguration<Credit>
{
    public void Configure(EntityTypeBuilder<Credit> builder)
    {
        builder.ToTable("Credits", t => t.HasCheckConstraint("CK_Credits_Amount", "\"Amount\" > 0"));
        builder.Property(c => c.Currency).HasMaxLength(3);
        builder.Property(c => c.Reason).HasMaxLength(Credit.ReasonLength);
        builder.Property(c => c.Key).HasMaxLength(Credit.KeyLength);
        builder.Property(c => c.BudgetKey).HasMaxLength(Credit.BudgetKeyLength);
        builder.HasIndex(c => c.Key).IsUnique();
        builder.HasIndex(c => new { c.AccountId, c.Id });
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class CreditBudgetConfiguration : IEntityTypeConfiguration<CreditBudget>
{
    public void Configure(EntityTypeBuilder<CreditBudget> builder)
    {
        builder.ToTable("CreditBudgets");
        builder.Property(b => b.Key).HasMaxLength(Credit.BudgetKeyLength);
        builder.Property(b => b.Currency).HasMaxLength(3);
        builder.HasKey(b => new { b.Key, b.Currency });
    }
}

public sealed class WalletTallyConfiguration : IEntityTypeConfiguration<WalletTally>
{
    public void Configure(EntityTypeBuilder<WalletTally> builder)
    {
        builder.ToTable("WalletTallies");
        builder.Property(t => t.Currency).HasMaxLength(3);
        builder.HasKey(t => new { t.OwnerId, t.Currency, t.Account, t.Month, t.Slot });
    }
}

public sealed class LedgerClaimConfiguration : IEntityTypeConfiguration<LedgerClaim>
{
    public void Configure(EntityTypeBuilder<LedgerClaim> builder)
    {
        builder.ToTable("LedgerClaims");
        // The entry's own id: no entry is claimed twice, whoever tries at the same moment.
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => c.PayoutId);
        builder.HasOne<LedgerEntry>().WithMany().HasForeignKey(c => c.Id).OnDelete(DeleteBehavior.Restrict);
    }
}
