using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Purchases.Stripe;

public sealed class StripePaymentConfiguration : IEntityTypeConfiguration<StripePayment>
{
    public void Configure(EntityTypeBuilder<StripePayment> builder)
    {
        builder.ToTable("StripePayments");
        builder.Ignore(p => p.Paid);
        builder.Property(p => p.ExternalId).HasMaxLength(StripeLengths.Id);
        builder.Property(p => p.ExternalAccount).HasMaxLength(StripeLengths.Text);
        builder.Property(p => p.Customer).HasMaxLength(StripeLengths.Id);
        builder.Property(p => p.Email).HasMaxLength(StripeLengths.Text);
        builder.Property(p => p.Currency).HasMaxLength(3);
        builder.Property(p => p.Product).HasMaxLength(StripeLengths.Text);
        builder.HasIndex(p => p.ExternalId).IsUnique();
        builder.HasIndex(p => p.TriedAt).HasFilter("\"PurchaseId\" IS NULL").HasDatabaseName("IX_StripePayments_Waiting");
        builder.HasOne<Purchase>().WithMany().HasForeignKey(p => p.PurchaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class StripeInvoiceConfiguration : IEntityTypeConfiguration<StripeInvoice>
{
    public void Configure(EntityTypeBuilder<StripeInvoice> builder)
    {
        builder.ToTable("StripeInvoices");
        builder.Property(i => i.Invoice).HasMaxLength(StripeLengths.Id);
        builder.Property(i => i.PaymentIntent).HasMaxLength(StripeLengths.Id);
        builder.HasIndex(i => i.PaymentIntent).IsUnique();
        builder.HasIndex(i => i.Invoice);
    }
}

public sealed class StripeTakeBackConfiguration : IEntityTypeConfiguration<StripeTakeBack>
{
    public void Configure(EntityTypeBuilder<StripeTakeBack> builder)
    {
        builder.ToTable("StripeTakeBacks");
        builder.Property(t => t.ExternalId).HasMaxLength(StripeLengths.Id);
        builder.Property(t => t.PaymentIntent).HasMaxLength(StripeLengths.Id);
        builder.Property(t => t.Currency).HasMaxLength(3);
        builder.HasIndex(t => t.ExternalId).IsUnique();
        builder.HasIndex(t => t.PaymentIntent);
    }
}

public sealed class StripeCustomerConfiguration : IEntityTypeConfiguration<StripeCustomer>
{
    public void Configure(EntityTypeBuilder<StripeCustomer> builder)
    {
        builder.ToTable("StripeCustomers");
        builder.Property(c => c.Customer).HasMaxLength(StripeLengths.Id);
        builder.HasIndex(c => c.Customer).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>As long as Stripe's texts may be; PostgreSQL refuses longer ones.</summary>
internal static class StripeLengths
{
    /// <summary>"Object IDs can be up to 255 characters" (docs.stripe.com/upgrades).</summary>
    public const int Id = 255;

    /// <summary>A value of metadata has at most 500, an e-mail 512.</summary>
    public const int Text = 512;
}
