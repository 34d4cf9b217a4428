using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Claims;

public sealed class ClientClaimConfiguration : IEntityTypeConfiguration<ClientClaim>
{
    private const string IsOpen = "\"State\" IN ('Filed', 'UnderReview')";

    public void Configure(EntityTypeBuilder<ClientClaim> builder)
    {
        builder.ToTable("ClientClaims", t => t.HasCheckConstraint("CK_ClientClaims_OtherIsAnother", "\"ClaimantId\" <> \"OtherId\""));
        builder.Property(c => c.Named).HasMaxLength(254);
        builder.Property(c => c.Words).HasMaxLength(ClientClaim.WordsLength);
        builder.Property(c => c.Answer).HasMaxLength(ClientClaim.WordsLength);
        builder.Property(c => c.Reason).HasMaxLength(ClientClaim.ReasonLength);
        // Closing an account withdraws its claims without their locks.
        builder.Property(c => c.State).IsConcurrencyToken();
        builder.HasIndex(c => new { c.ClaimantId, c.Id });
        builder.HasIndex(c => new { c.OtherId, c.Id });
        builder.HasIndex(c => new { c.State, c.Id });
        // One open claim for a claimant and a name, and for a claimant and a client, also under concurrency.
        builder.HasIndex(c => new { c.ClaimantId, c.Named }).IsUnique().HasFilter(IsOpen).HasDatabaseName("UX_ClientClaims_OpenName");
        builder.HasIndex(c => new { c.ClaimantId, c.ClientId }).IsUnique().HasFilter(IsOpen).HasDatabaseName("UX_ClientClaims_OpenClient");
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.ClaimantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.OtherId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class ClaimFileConfiguration : IEntityTypeConfiguration<ClaimFile>
{
    public void Configure(EntityTypeBuilder<ClaimFile> builder)
    {
        builder.ToTable("ClaimFiles");
        builder.Property(f => f.Name).HasMaxLength(EvidenceFile.NameLength);
        builder.Property(f => f.ContentType).HasMaxLength(40);
        builder.HasOne<ClientClaim>().WithMany().HasForeignKey(f => f.ClaimId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(f => f.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
