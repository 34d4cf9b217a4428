namespace PartnerPortal.Features.Automations.Templates;

/// <summary>A mail that automations send, as the owner wrote it. What is saved is whole: each field in it is known, and stands where it may.</summary>
public sealed class MailTemplate
{
    public const int NameLength = 100;

    private readonly List<MailTemplateText> _texts = [];

    private MailTemplate()
    {
    }

    internal MailTemplate(TemplateTerms terms, DateTime now) => Change(terms, now);

    public long Id { get; private set; }

    /// <summary>For the owner; no reader sees it.</summary>
    public string Name { get; private set; } = "";

    public MailOccasion Occasion { get; private set; }

    /// <summary>Readers must get it and cannot stop it: it belongs to what they signed up for. Any other can be stopped with one click.</summary>
    public bool IsNeeded { get; private set; }

    /// <summary>One for each language it is written in.</summary>
    public IReadOnlyList<MailTemplateText> Texts => _texts;

    /// <summary>UTC.</summary>
    public DateTime ChangedAt { get; private set; }

    /// <summary>Counts changes; a form that was opened before another's change is refused.</summary>
    public int Version { get; private set; }

    internal void Change(TemplateTerms terms, DateTime now)
    {
        (Name, Occasion, IsNeeded, ChangedAt) = (terms.Name, terms.Occasion, terms.IsNeeded, now);
        Version++;
        _texts.RemoveAll(t => !terms.Texts.ContainsKey(t.Language));
        foreach (var (language, text) in terms.Texts)
        {
            if (_texts.Find(t => t.Language == language) is { } written)
            {
                written.Change(text);
            }
            else
            {
                _texts.Add(new MailTemplateText(language, text));
            }
        }
    }
}

/// <summary>A template in one language.</summary>
public sealed class MailTemplateText
{
    public const int SubjectLength = 200;
    public const int BodyLength = 10_000;

    private MailTemplateText()
    {
    }

    internal MailTemplateText(string language, TypedText text)
    {
        Language = language;
        Change(text);
    }

    public long TemplateId { get; private set; }

    /// <summary>IETF tag.</summary>
    public string Language { get; private set; } = "";

    public string Subject { get; private set; } = "";

    /// <summary>Lines; an empty one parts paragraphs.</summary>
    public string Body { get; private set; } = "";

    internal void Change(TypedText text) => (Subject, Body) = (text.Subject, text.Body);
}
