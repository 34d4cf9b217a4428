using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PartnerPortal.Features.Automations.Templates;

public sealed class MailTemplateConfiguration : IEntityTypeConfiguration<MailTemplate>
{
    public void Configure(EntityTypeBuilder<MailTemplate> builder)
    {
        builder.ToTable("MailTemplates");
        builder.Property(t => t.Name).HasMaxLength(MailTemplate.NameLength);
        builder.HasIndex(t => t.Name).IsUnique();
        builder.HasMany(t => t.Texts).WithOne().HasForeignKey(t => t.TemplateId).OnDelete(DeleteBehavior.Cascade);
        builder.Navigation(t => t.Texts).HasField("_texts").UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

public sealed class MailTemplateTextConfiguration : IEntityTypeConfiguration<MailTemplateText>
{
    public void Configure(EntityTypeBuilder<MailTemplateText> builder)
    {
        builder.ToTable("MailTemplateTexts");
        builder.HasKey(t => new { t.TemplateId, t.Language });
        builder.Property(t => t.Language).HasMaxLength(16);
        builder.Property(t => t.Subject).HasMaxLength(MailTemplateText.SubjectLength);
        builder.Property(t => t.Body).HasMaxLength(MailTemplateText.BodyLength);
    }
}
