using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Features.Orders;

public sealed class PlanConfiguration : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> builder)
    {
        builder.ToTable("Plans");
        builder.Ignore(p => p.Prices);
        builder.Ignore(p => p.IsOnSale);
        builder.Property(p => p.Code).HasMaxLength(Plan.CodeLength);
        builder.Property(p => p.Name).HasMaxLength(Plan.NameLength);
        builder.Property(p => p.Description).HasMaxLength(Plan.DescriptionLength);
        builder.HasIndex(p => p.Code).IsUnique();
    }
}

public sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("Orders", t => t.HasCheckConstraint("CK_Orders_Amounts", "\"Price\" > 0 AND \"Discount\" >= 0 AND \"Discount\" <= \"Price\" AND \"Tax\" >= 0"));
        builder.Ignore(o => o.Sum);
        builder.Property(o => o.FormKey).HasMaxLength(Order.FormKeyLength);
        builder.Property(o => o.PlanCode).HasMaxLength(Plan.CodeLength);
        builder.Property(o => o.PlanName).HasMaxLength(Plan.NameLength);
        builder.Property(o => o.Currency).HasMaxLength(3);
        builder.Property(o => o.PaymentReference).HasMaxLength(Order.ReferenceLength);
        builder.HasIndex(o => new { o.ClientId, o.FormKey }).IsUnique();
        // The discount is for one purchase, whoever orders at the same moment.
        builder.HasIndex(o => o.ClientId).IsUnique().HasFilter("\"HoldsDiscount\"").HasDatabaseName("IX_Orders_HoldsDiscount");
        builder.HasIndex(o => new { o.State, o.ExpiresAt });
        builder.HasIndex(o => o.PaidAt).HasFilter("\"State\" = 'Paid' AND \"PurchaseId\" IS NULL").HasDatabaseName("IX_Orders_NotRecorded");
        builder.HasOne<Account>().WithMany().HasForeignKey(o => o.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(o => o.PartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Purchase>().WithMany().HasForeignKey(o => o.PurchaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class InvoiceConfiguration : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.ToTable("Invoices");
        builder.Property(i => i.Series).HasMaxLength(16);
        builder.Property(i => i.Number).HasMaxLength(Invoice.NumberLength);
        builder.Property(i => i.SellerName).HasMaxLength(Invoice.NameLength);
        builder.Property(i => i.SellerAddress).HasMaxLength(Invoice.AddressLength);
        builder.Property(i => i.SellerTaxId).HasMaxLength(Invoice.TaxIdLength);
        builder.Property(i => i.BuyerName).HasMaxLength(Invoice.NameLength);
        builder.Property(i => i.BuyerAddress).HasMaxLength(Invoice.AddressLength);
        builder.Property(i => i.BuyerTaxId).HasMaxLength(Invoice.TaxIdLength);
        builder.Property(i => i.PaymentDetails).HasMaxLength(Invoice.AddressLength);
        builder.Property(i => i.Language).HasMaxLength(16);
        builder.HasIndex(i => new { i.Series, i.Sequence }).IsUnique();
        builder.HasIndex(i => i.Number).IsUnique();
        builder.HasIndex(i => i.OrderId).IsUnique();
        builder.HasOne<Order>().WithMany().HasForeignKey(i => i.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class InvoiceSeriesConfiguration : IEntityTypeConfiguration<InvoiceSeries>
{
    public void Configure(EntityTypeBuilder<InvoiceSeries> builder)
    {
        builder.ToTable("InvoiceSeries");
        builder.HasKey(s => s.Name);
        builder.Property(s => s.Name).HasMaxLength(16);
    }
}
