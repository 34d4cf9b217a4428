using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PartnerPortal.Features.Program;

public sealed class ProgramKeyConfiguration : IEntityTypeConfiguration<ProgramKey>
{
    public void Configure(EntityTypeBuilder<ProgramKey> builder)
    {
        builder.ToTable("ProgramKeys");
        builder.Property(k => k.Name).HasMaxLength(ProgramKey.NameLength);
        builder.Property(k => k.Scope).HasMaxLength(40);
        builder.Property(k => k.Start).HasMaxLength(16);
        builder.Property(k => k.Hash).HasMaxLength(64);
        builder.HasIndex(k => k.Hash).IsUnique();
    }
}
