using PartnerPortal.Email;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>Fills what is typed of a template with sample values, as it stands, without saving it.</summary>
public sealed class TemplatePreviews(TemplateComposer composer, MailStopSeal stops, TimeProvider clock)
{
    /// <param name="written">As typed.</param>
    /// <param name="occasion">What it is about.</param>
    /// <param name="isNeeded">It cannot be stopped, and so says no word about it.</param>
    /// <param name="language">IETF tag.</param>
    /// <param name="actor">The owner, whose name stands for the reader's.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<MailContent>> ComposeAsync(TypedText written, MailOccasion occasion, bool isNeeded, string language, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner || actor.UserId is not { } userId)
        {
            return new NotAllowed();
        }

        var text = TemplateTerms.Written(new Dictionary<string, TypedText> { [language] = written }).GetValueOrDefault(language, TypedText.Empty);
        if (TemplateTerms.Problems(language, text, occasion) is { Count: > 0 } problems)
        {
            return new TemplateTextsWrong(problems);
        }

        using (Languages.Speak(language))
        {
            var sample = composer.Sample(clock.GetUtcNow().UtcDateTime);
            return await composer.ComposeAsync(text, occasion, sample, actor.Name, isNeeded ? null : stops.UrlFor(userId).Page, ct);
        }
    }
}
