using Microsoft.Extensions.Localization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>A mail to begin with.</summary>
public enum TemplateExample
{
    /// <summary>To who has just come, with its own link.</summary>
    Welcome,

    /// <summary>To who never signed in.</summary>
    Reminder,

    /// <summary>To an integrator who was granted a bonus.</summary>
    Bonus,
}

/// <summary>Templates that are written already, in every language; the owner changes what it likes.</summary>
public sealed class TemplateExamples(IStringLocalizer<TemplatesText> text)
{
    public TemplateForm Write(TemplateExample example)
    {
        var texts = new Dictionary<string, TypedText>();
        foreach (var language in Languages.All)
        {
            using (Languages.Speak(language))
            {
                texts[language] = new TypedText(text[$"Example.{example}.Subject"], text[$"Example.{example}.Body"]);
            }
        }

        return new TemplateForm(text[$"Example.{example}.Name"], example is TemplateExample.Bonus ? MailOccasion.Partner : MailOccasion.Client, false, texts);
    }
}
