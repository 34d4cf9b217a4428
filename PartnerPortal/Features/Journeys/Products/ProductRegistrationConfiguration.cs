using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Journeys.Products;

public sealed class ProductRegistrationConfiguration : IEntityTypeConfiguration<ProductRegistration>
{
    public void Configure(EntityTypeBuilder<ProductRegistration> builder)
    {
        builder.ToTable("ProductRegistrations");
        builder.Property(r => r.ExternalId).HasMaxLength(RegisterFromProduct.ExternalIdLength);
        builder.Property(r => r.BodyHash).HasMaxLength(64);
        builder.HasIndex(r => r.ExternalId).IsUnique();
        builder.HasIndex(r => r.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
