using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Program;

public sealed class ProgramKeyConfiguration : IEntityTypeConfiguration<ProgramKey>
{
    public void Configure(EntityTypeBuilder<ProgramKey> builder)
    {
        builder.ToTable("ProgramKeys");
        builder.Property(k => k.Name).HasMaxLength(ProgramKey.NameLength);
        builder.Property(k => k.Scope).HasMaxLength(ProgramKey.ScopeLength);
        builder.Property(k => k.Start).HasMaxLength(16);
        builder.Property(k => k.Hash).HasMaxLength(64);
        builder.HasIndex(k => k.Hash).IsUnique();
        builder.HasIndex(k => k.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(k => k.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
