using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>What is typed of one language.</summary>
public sealed class TypedTemplateText
{
    public string Subject { get; set; } = "";

    public string Body { get; set; } = "";

    public TypedText Text => new(Subject, Body);

    public bool IsEmpty => Text.IsEmpty;
}

/// <summary>A template while it is typed: every language has its fields, written or not.</summary>
public sealed class TypedTemplate
{
    public string Name { get; set; } = "";

    public MailOccasion Occasion { get; set; }

    public bool IsNeeded { get; set; }

    /// <summary>By language.</summary>
    public IReadOnlyDictionary<string, TypedTemplateText> Texts { get; private init; } = Languages.All.ToDictionary(l => l, _ => new TypedTemplateText());

    public int Version { get; set; }

    public TemplateForm Form => new(Name, Occasion, IsNeeded, Texts.ToDictionary(t => t.Key, t => t.Value.Text), Version);

    public static TypedTemplate Of(TemplateForm form) => new()
    {
        Name = form.Name,
        Occasion = form.Occasion,
        IsNeeded = form.IsNeeded,
        Version = form.Version,
        Texts = Languages.All.ToDictionary(l => l, l => form.Texts.GetValueOrDefault(l, TypedText.Empty) is var text ? new TypedTemplateText { Subject = text.Subject, Body = text.Body } : new()),
    };
}

/// <summary>What can be done with a template on its page.</summary>
public sealed record TemplateActs(AddMailTemplate Add, ChangeMailTemplate Change, DeleteMailTemplate Delete, SendTestMail Test, TemplatePreviews Previews);
