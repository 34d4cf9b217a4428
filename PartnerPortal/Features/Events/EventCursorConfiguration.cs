using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PartnerPortal.Features.Events;

public sealed class EventCursorConfiguration : IEntityTypeConfiguration<EventCursor>
{
    public void Configure(EntityTypeBuilder<EventCursor> builder)
    {
        builder.ToTable("EventCursors");
        builder.HasKey(c => c.Reader);
        builder.Property(c => c.Reader).HasMaxLength(40);
    }
}
