using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Tasks;

public sealed class TodoTaskConfiguration : IEntityTypeConfiguration<TodoTask>
{
    public void Configure(EntityTypeBuilder<TodoTask> builder)
    {
        builder.ToTable("TodoTasks");
        builder.Property(t => t.Title).HasMaxLength(TodoTask.TitleLength);
        builder.Property(t => t.Key).HasMaxLength(TodoTask.KeyLength);
        builder.HasIndex(t => t.Key).IsUnique();
        builder.HasIndex(t => new { t.ForAccountId, t.DoneAt, t.DueAt });
        builder.HasIndex(t => t.ClientId);
        builder.HasOne<Account>().WithMany().HasForeignKey(t => t.ForAccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(t => t.ClientId).OnDelete(DeleteBehavior.Restrict);
    }
}
