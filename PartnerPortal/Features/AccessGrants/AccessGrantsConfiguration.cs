using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.AccessGrants;

public sealed class AccessGrantConfiguration : IEntityTypeConfiguration<AccessGrant>
{
    /// <summary>All names with commas between.</summary>
    private const int ScopesLength = 80;

    public void Configure(EntityTypeBuilder<AccessGrant> builder)
    {
        builder.ToTable("AccessGrants", t => t.HasCheckConstraint("CK_AccessGrants_PartnerIsAnother", "\"ClientId\" <> \"PartnerId\""));
        builder.Property(g => g.AskedScopes).HasMaxLength(ScopesLength);
        builder.Property(g => g.Scopes).HasMaxLength(ScopesLength);
        builder.Property(g => g.Reason).HasMaxLength(AccessGrant.ReasonLength);
        builder.Property(g => g.Answer).HasMaxLength(AccessGrant.AnswerLength);
        builder.HasIndex(g => new { g.ClientId, g.Id });
        builder.HasIndex(g => g.State);
        // At most one of each with a partner, also under concurrency.
        builder.HasIndex(g => new { g.ClientId, g.PartnerId, g.State }).IsUnique().HasFilter("\"State\" IN ('Asked', 'Running')").HasDatabaseName("UX_AccessGrants_Open");
        builder.HasOne<Account>().WithMany().HasForeignKey(g => g.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(g => g.PartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class AccessSessionConfiguration : IEntityTypeConfiguration<AccessSession>
{
    public void Configure(EntityTypeBuilder<AccessSession> builder)
    {
        builder.ToTable("AccessSessions");
        builder.HasIndex(s => s.UserId);
        builder.HasOne<AccessGrant>().WithMany().HasForeignKey(s => s.GrantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
