using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Attributions;

public sealed class AttributionConfiguration : IEntityTypeConfiguration<Attribution>
{
    public void Configure(EntityTypeBuilder<Attribution> builder)
    {
        builder.ToTable("Attributions", t => t.HasCheckConstraint("CK_Attributions_PartnerIsAnother", "\"ClientId\" <> \"PartnerId\""));
        // Invariant 1: at most one open attribution for a client, also under concurrency.
        builder.HasIndex(a => a.ClientId).IsUnique().HasFilter("\"EndedAt\" IS NULL").HasDatabaseName("UX_Attributions_OpenClient");
        builder.Ignore(a => a.EarningPartnerId);
        builder.HasIndex(a => new { a.ClientId, a.StartedAt });
        builder.HasIndex(a => new { a.PartnerId, a.StartedAt });
        builder.HasOne<Account>().WithMany().HasForeignKey(a => a.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(a => a.PartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(a => a.Receipt).WithOne().HasForeignKey<Receipt>(r => r.AttributionId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class ReceiptConfiguration : IEntityTypeConfiguration<Receipt>
{
    public void Configure(EntityTypeBuilder<Receipt> builder)
    {
        builder.ToTable("Receipts");
        builder.Ignore(r => r.Contenders);
        builder.Property(r => r.ActorName).HasMaxLength(200);
        builder.Property(r => r.Reason).HasMaxLength(1000);
        builder.Property(r => r.WordingLanguage).HasMaxLength(16);
        builder.HasOne(r => r.Facts).WithOne().HasForeignKey<ReceiptFacts>(f => f.ReceiptId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class ReceiptFactsConfiguration : IEntityTypeConfiguration<ReceiptFacts>
{
    public void Configure(EntityTypeBuilder<ReceiptFacts> builder) => builder.ToTable("ReceiptFacts");
}

public sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("Consents");
        builder.Property(c => c.Language).HasMaxLength(16);
        builder.HasIndex(c => new { c.ClientId, c.PartnerId, c.Kind }).IsUnique().HasFilter("\"WithdrawnAt\" IS NULL").HasDatabaseName("UX_Consents_Open");
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.PartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class JoinRefusalConfiguration : IEntityTypeConfiguration<JoinRefusal>
{
    public void Configure(EntityTypeBuilder<JoinRefusal> builder)
    {
        builder.ToTable("JoinRefusals");
        builder.HasIndex(r => new { r.ClientId, r.PartnerId }).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.PartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class SponsorChangeConfiguration : IEntityTypeConfiguration<SponsorChange>
{
    public void Configure(EntityTypeBuilder<SponsorChange> builder)
    {
        builder.ToTable("SponsorChanges", t => t.HasCheckConstraint("CK_SponsorChanges_SponsorIsAnother", "\"ToSponsorId\" <> \"AccountId\""));
        builder.Property(c => c.Reason).HasMaxLength(SponsorChange.ReasonLength);
        builder.HasIndex(c => new { c.AccountId, c.Id });
        builder.HasIndex(c => c.CountsFrom);
        builder.HasIndex(c => c.UndoesId).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.FromSponsorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.ToSponsorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SponsorChange>().WithMany().HasForeignKey(c => c.UndoesId).OnDelete(DeleteBehavior.Restrict);
    }
}
