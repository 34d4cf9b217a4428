using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PartnerPortal.Identity;

public sealed class PortalUserConfiguration : IEntityTypeConfiguration<PortalUser>
{
    public void Configure(EntityTypeBuilder<PortalUser> builder)
    {
        builder.Property(u => u.FullName).HasMaxLength(200);
        builder.Property(u => u.Language).HasMaxLength(16);
        builder.Property(u => u.DisabledReason).HasMaxLength(PortalUser.DisabledReasonLength);
    }
}

public sealed class OneTimeCredentialConfiguration : IEntityTypeConfiguration<OneTimeCredential>
{
    public void Configure(EntityTypeBuilder<OneTimeCredential> builder)
    {
        builder.ToTable("OneTimeCredentials");
        builder.Property(c => c.SecretHash).HasMaxLength(64);
        builder.Property(c => c.TokenHash).HasMaxLength(64);
        // Two requests that use the same credential at once: the second finds the row changed and fails.
        builder.Property(c => c.UsedAt).IsConcurrencyToken();
        builder.Property(c => c.VoidedAt).IsConcurrencyToken();
        builder.HasIndex(c => c.TokenHash).IsUnique();
        builder.HasIndex(c => c.UserId);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

public sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("UserSessions");
        builder.Property(s => s.Key).HasMaxLength(64);
        builder.Property(s => s.UserAgent).HasMaxLength(UserSession.UserAgentLength);
        builder.HasIndex(s => s.Key).IsUnique();
        builder.HasIndex(s => s.UserId);
        builder.Property(s => s.Source).HasMaxLength(SourceSeal.Length);
        builder.HasIndex(s => s.LastSeenAt);
        builder.HasIndex(s => s.CreatedAt);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

public sealed class SourceKeyConfiguration : IEntityTypeConfiguration<SourceKey>
{
    public void Configure(EntityTypeBuilder<SourceKey> builder)
    {
        builder.ToTable("SourceKeys");
        builder.Property(k => k.Id).ValueGeneratedNever();
    }
}

public sealed class SetupTokenConfiguration : IEntityTypeConfiguration<SetupToken>
{
    public void Configure(EntityTypeBuilder<SetupToken> builder)
    {
        builder.ToTable("SetupTokens");
        builder.Property(t => t.TokenHash).HasMaxLength(64);
        builder.HasIndex(t => t.TokenHash).IsUnique();
    }
}

public sealed class UserPreferenceConfiguration : IEntityTypeConfiguration<UserPreference>
{
    public void Configure(EntityTypeBuilder<UserPreference> builder)
    {
        builder.ToTable("UserPreferences");
        builder.HasKey(p => new { p.UserId, p.Key });
        builder.Property(p => p.Key).HasMaxLength(64);
        builder.Property(p => p.Value).HasMaxLength(4000);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
