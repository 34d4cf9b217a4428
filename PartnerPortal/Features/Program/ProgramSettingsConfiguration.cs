using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PartnerPortal.Features.Program;

public sealed class ProgramSettingsConfiguration : IEntityTypeConfiguration<ProgramSettings>
{
    public void Configure(EntityTypeBuilder<ProgramSettings> builder)
    {
        builder.ToTable("ProgramSettings", t => t.HasCheckConstraint("CK_ProgramSettings_Single", "\"Id\" = 1"));
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Name).HasMaxLength(60);
        builder.Property(p => p.About).HasMaxLength(300);
        builder.Property(p => p.Footer).HasMaxLength(200);
        builder.Property(p => p.SenderName).HasMaxLength(60);
        builder.Property(p => p.SenderAddress).HasMaxLength(254);
        builder.Property(p => p.LogoContentType).HasMaxLength(40);
        builder.Property(p => p.Accent).HasMaxLength(7);
        builder.Property(p => p.DefaultLanguage).HasMaxLength(16);
        builder.Property(p => p.DefaultCountry).HasMaxLength(2);
        builder.Property(p => p.SellerName).HasMaxLength(120);
        builder.Property(p => p.SellerAddress).HasMaxLength(300);
        builder.Property(p => p.SellerTaxId).HasMaxLength(60);
        builder.Property(p => p.PaymentDetails).HasMaxLength(300);
        // All names with commas between.
        builder.Property(p => p.HiddenSections).HasMaxLength(120);
        builder.Property(p => p.Version).IsConcurrencyToken();
    }
}
