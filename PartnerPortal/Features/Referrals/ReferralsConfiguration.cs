using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Referrals;

public sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.Property(i => i.Email).HasMaxLength(254);
        builder.Property(i => i.NormalizedEmail).HasMaxLength(254);
        builder.Property(i => i.Name).HasMaxLength(200);
        builder.Property(i => i.Language).HasMaxLength(16);
        builder.Property(i => i.Token).HasMaxLength(64);
        builder.HasIndex(i => i.Token).IsUnique();
        builder.HasIndex(i => new { i.PartnerId, i.Id });
        builder.HasIndex(i => new { i.State, i.ExpiresAt });
        builder.HasIndex(i => i.NormalizedEmail);
        builder.HasIndex(i => i.ClientId);
        builder.HasOne<Account>().WithMany().HasForeignKey(i => i.PartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(i => i.ClientId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class InvitationOptOutConfiguration : IEntityTypeConfiguration<InvitationOptOut>
{
    public void Configure(EntityTypeBuilder<InvitationOptOut> builder)
    {
        builder.ToTable("InvitationOptOuts");
        builder.HasKey(o => new { o.PartnerId, o.AddressHash });
        builder.Property(o => o.AddressHash).HasMaxLength(64);
        builder.HasOne<Account>().WithMany().HasForeignKey(o => o.PartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class InvitationDayConfiguration : IEntityTypeConfiguration<InvitationDay>
{
    public void Configure(EntityTypeBuilder<InvitationDay> builder)
    {
        builder.ToTable("InvitationDays");
        builder.HasKey(d => new { d.PartnerId, d.Day });
        builder.HasOne<Account>().WithMany().HasForeignKey(d => d.PartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class PendingReferralConfiguration : IEntityTypeConfiguration<PendingReferral>
{
    public void Configure(EntityTypeBuilder<PendingReferral> builder)
    {
        builder.ToTable("PendingReferrals");
        builder.HasKey(p => p.UserId);
        builder.Property(p => p.UserId).ValueGeneratedNever();
        builder.Property(p => p.Language).HasMaxLength(16);
        builder.Ignore(p => p.Contenders);
        builder.HasOne<Identity.PortalUser>().WithOne().HasForeignKey<PendingReferral>(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.PartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class VisitCountConfiguration : IEntityTypeConfiguration<VisitCount>
{
    public void Configure(EntityTypeBuilder<VisitCount> builder)
    {
        builder.ToTable("VisitCounts");
        builder.HasKey(v => new { v.AccountId, v.Day, v.Source });
        builder.Property(v => v.Source).HasMaxLength(40);
        builder.HasOne<Account>().WithMany().HasForeignKey(v => v.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
