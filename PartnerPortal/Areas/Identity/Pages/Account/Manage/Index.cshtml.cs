using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>Name and language.</summary>
[Authorize]
public sealed class IndexModel(ChangeProfile change, SignInManager<PortalUser> signIn, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>IETF tag.</summary>
    [BindProperty]
    public string? Language { get; set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var actor = await ActorAsync(ct);
        (Name, Language) = (actor.Name, actor.Language);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var actor = await ActorAsync(ct);
        var result = await change.ExecuteAsync(Name, Language, actor, ct);
        if (!result.Ok)
        {
            Wrong("Name", Sentence(result.Error!));
            return Page();
        }

        var language = Languages.Nearest(Language);
        CultureEndpoint.Remember(HttpContext, language);
        await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(User))!);
        using (Languages.Speak(language))
        {
            Done(L["Profile.Done"], L["Profile.DoneNext"]);
        }

        return RedirectToPage();
    }
}
