using Microsoft.AspNetCore.Localization;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup;

/// <summary>
/// The first language the browser asks for of which the portal speaks some variant: "pt-PT" is answered in Brazilian Portuguese, which the framework's own
/// provider, looking for parents only, would not.
/// </summary>
internal sealed class BrowserLanguageProvider : RequestCultureProvider
{
    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var asked = httpContext.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => Languages.Find(l.Value.Value));
        return Task.FromResult(asked.FirstOrDefault(l => l is not null) is { } language ? new ProviderCultureResult(language) : null);
    }
}
