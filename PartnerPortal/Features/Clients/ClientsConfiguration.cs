using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Referrals;

namespace PartnerPortal.Features.Clients;

public sealed class ClientRecordConfiguration : IEntityTypeConfiguration<ClientRecord>
{
    public void Configure(EntityTypeBuilder<ClientRecord> builder)
    {
        builder.ToTable("ClientRecords");
        builder.Property(r => r.TypedName).HasMaxLength(200);
        builder.Property(r => r.TypedEmail).HasMaxLength(254);
        builder.Property(r => r.TypedNormalizedEmail).HasMaxLength(254);
        builder.Property(r => r.TypedPhone).HasMaxLength(16);
        builder.Property(r => r.Name).HasMaxLength(254);
        builder.Property(r => r.Email).HasMaxLength(254);
        builder.Property(r => r.NormalizedEmail).HasMaxLength(254);
        builder.Property(r => r.Phone).HasMaxLength(16);
        builder.Property(r => r.Language).HasMaxLength(16);
        builder.Property(r => r.Note).HasMaxLength(4000);
        builder.Property(r => r.SortName).HasMaxLength(300);
        builder.HasIndex(r => new { r.PartnerId, r.ClientId }).IsUnique();
        builder.HasIndex(r => new { r.PartnerId, r.TypedNormalizedEmail }).IsUnique();
        // Each sort order of the grid, with the id as tie-breaker of its keyset.
        builder.HasIndex(r => new { r.PartnerId, r.Since, r.Id });
        builder.HasIndex(r => new { r.PartnerId, r.SortName, r.Id });
        builder.HasIndex(r => new { r.PartnerId, r.Status, r.Id });
        builder.HasIndex(r => new { r.PartnerId, r.LastSeenAt, r.Id });
        builder.HasIndex(r => new { r.PartnerId, r.NormalizedEmail, r.Id });
        builder.HasIndex(r => new { r.PartnerId, r.PaidUntil, r.Id });
        builder.HasIndex(r => r.ClientId);
        builder.HasIndex(r => r.InvitationId);
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.PartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(r => r.Invitation).WithMany().HasForeignKey(r => r.InvitationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(r => r.Tags).WithOne().HasForeignKey(t => t.RecordId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(r => r.Events).WithOne().HasForeignKey(e => e.RecordId).OnDelete(DeleteBehavior.Cascade);
        builder.Navigation(r => r.Tags).HasField("_tags").UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.Navigation(r => r.Events).HasField("_events").UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

public sealed class ClientTagConfiguration : IEntityTypeConfiguration<ClientTag>
{
    public void Configure(EntityTypeBuilder<ClientTag> builder)
    {
        builder.ToTable("ClientTags");
        builder.Property(t => t.Name).HasMaxLength(40);
        builder.HasIndex(t => new { t.RecordId, t.Name }).IsUnique();
        builder.HasIndex(t => new { t.Name, t.RecordId });
    }
}

public sealed class ClientEventConfiguration : IEntityTypeConfiguration<ClientEvent>
{
    public void Configure(EntityTypeBuilder<ClientEvent> builder)
    {
        builder.ToTable("ClientEvents");
        builder.Property(e => e.Detail).HasMaxLength(300);
        builder.HasIndex(e => new { e.RecordId, e.Id });
    }
}

public sealed class ClientTallyConfiguration : IEntityTypeConfiguration<ClientTally>
{
    public void Configure(EntityTypeBuilder<ClientTally> builder)
    {
        builder.ToTable("ClientTallies");
        builder.HasKey(t => new { t.PartnerId, t.Status, t.Slot });
    }
}

public sealed class ClientMoneyTallyConfiguration : IEntityTypeConfiguration<ClientMoneyTally>
{
    public void Configure(EntityTypeBuilder<ClientMoneyTally> builder)
    {
        builder.ToTable("ClientMoneyTallies");
        builder.Property(t => t.Currency).HasMaxLength(3);
        builder.HasKey(t => new { t.PartnerId, t.ClientId, t.Currency });
    }
}

public sealed class ClientTagTallyConfiguration : IEntityTypeConfiguration<ClientTagTally>
{
    public void Configure(EntityTypeBuilder<ClientTagTally> builder)
    {
        builder.ToTable("ClientTagTallies");
        builder.Property(t => t.Name).HasMaxLength(40);
        builder.HasKey(t => new { t.PartnerId, t.Name, t.Slot });
    }
}
