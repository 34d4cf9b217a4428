using PartnerPortal.Email;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>The HTML of a template's mail, for a frame: of what is being typed, or filled for somebody. Drawn as the mail itself is.</summary>
internal static class TemplatePreviewEndpoints
{
    public static async Task<IResult> Draft(string key, HttpContext context, TemplateDrafts drafts, ActorSource actors, ProgramSettingsSource settings, PublicUrl urls, CancellationToken ct)
    {
        var actor = await actors.GetAsync(context.User, ct);
        return actor.IsOwner && drafts.Find(key, actor.UserId) is { } draft
            ? Show(context, draft.Content, draft.Language, (await settings.GetAsync(ct)).ToMailBrand(urls))
            : Results.NotFound();
    }

    public static async Task<IResult> Filled(
        long id, long account, long? partner, long? purchase, HttpContext context, TemplatePreviewQueries previews, ActorSource actors, CancellationToken ct) =>
        await previews.FindAsync(id, new TemplateSubject(account, partner, purchase), await actors.GetAsync(context.User, ct), ct) is { } found
            ? Show(context, found.Mail.Content, found.Mail.To.Language, found.Brand)
            : Results.NotFound();

    private static IResult Show(HttpContext context, MailContent content, string language, MailBrand brand)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(MailRenderer.Render(content, brand, language, maskSecrets: true).Html, "text/html; charset=utf-8");
    }
}
