using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Notifications;

public sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("Notifications");
        builder.Property(n => n.Detail).HasMaxLength(Notification.DetailLength);
        builder.Property(n => n.Words).HasMaxLength(Notification.WordsLength);
        builder.Property(n => n.Href).HasMaxLength(Notification.HrefLength);
        // Whose user goes, what it was told goes with it.
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(n => n.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(n => new { n.UserId, n.Id });
        // The count in the bell: the few that are new, whatever was before.
        builder.HasIndex(n => new { n.UserId, n.AccountId, n.Kind }).HasFilter("\"ReadAt\" IS NULL AND \"IsInPortal\"").HasDatabaseName("IX_Notifications_New");
        builder.HasIndex(n => n.UserId).HasFilter("\"DigestedAt\" IS NULL AND \"IsForDigest\"").HasDatabaseName("IX_Notifications_Undigested");
        builder.HasIndex(n => n.At);
    }
}

public sealed class NotificationDigestConfiguration : IEntityTypeConfiguration<NotificationDigest>
{
    public void Configure(EntityTypeBuilder<NotificationDigest> builder)
    {
        builder.ToTable("NotificationDigests");
        builder.HasKey(d => new { d.UserId, d.Day });
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(d => d.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
