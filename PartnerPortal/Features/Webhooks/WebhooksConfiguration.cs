using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PartnerPortal.Features.Webhooks;

public sealed class WebhookEndpointConfiguration : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.ToTable("WebhookEndpoints");
        builder.Property(e => e.Url).HasMaxLength(WebhookEndpoint.UrlLength);
        builder.Property(e => e.Description).HasMaxLength(WebhookEndpoint.DescriptionLength);
        builder.Property(e => e.Kinds).HasMaxLength(1000);
        builder.Ignore(e => e.Chosen);
        builder.HasIndex(e => e.AccountId);
    }
}

public sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("WebhookDeliveries");
        builder.Property(d => d.MessageId).HasMaxLength(40);
        builder.Property(d => d.Kind).HasMaxLength(40);
        builder.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(d => d.EndpointId).OnDelete(DeleteBehavior.Cascade);
        // The log of one endpoint, whole and by state.
        builder.HasIndex(d => new { d.EndpointId, d.Id });
        builder.HasIndex(d => new { d.EndpointId, d.State, d.Id });
        builder.HasIndex(d => d.CreatedAt);
        // What is due, and whether something earlier of the same client waits: the few that wait, whatever is in the log.
        builder.HasIndex(d => d.NextAttemptAt).HasFilter("\"State\" = 'Waiting'").HasDatabaseName("IX_WebhookDeliveries_Due");
        builder.HasIndex(d => new { d.EndpointId, d.ClientId, d.Id }).HasFilter("\"State\" = 'Waiting'").HasDatabaseName("IX_WebhookDeliveries_WaitingClient");
        builder.HasIndex(d => new { d.EndpointId, d.RecordId, d.Id }).HasFilter("\"State\" = 'Waiting'").HasDatabaseName("IX_WebhookDeliveries_WaitingRecord");
        // However often a batch of events is read, each event is queued once for an endpoint.
        builder.HasIndex(d => new { d.EndpointId, d.EventId }).IsUnique().HasFilter("\"IsOrdered\"").HasDatabaseName("UX_WebhookDeliveries_Event");
    }
}

public sealed class WebhookAttemptConfiguration : IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<WebhookAttempt> builder)
    {
        builder.ToTable("WebhookAttempts");
        builder.Property(a => a.Answer).HasMaxLength(WebhookAnswer.TextLength);
        builder.HasOne<WebhookDelivery>().WithMany().HasForeignKey(a => a.DeliveryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(a => new { a.DeliveryId, a.Id });
    }
}
