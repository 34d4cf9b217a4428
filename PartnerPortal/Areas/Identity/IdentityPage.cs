using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Areas.Identity;

/// <summary>What our pages of Identity share: words for what is wrong, beside the field at fault, and the notice after a redirect.</summary>
public abstract class IdentityPage(IStringLocalizer<IdentityText> text) : PageModel
{
    protected IStringLocalizer<IdentityText> L { get; } = text;

    /// <summary>The language the page is shown in, IETF tag.</summary>
    protected static string PageLanguage => Languages.Current;

    /// <summary>Says what is wrong beside the field; an empty name says it at the head of the form.</summary>
    protected void Wrong(string field, string sentence) => ModelState.AddModelError(field, sentence);

    /// <summary>What happened and what comes next, shown once on the page that follows.</summary>
    protected void Done(string title, string? next = null)
    {
        TempData["Done"] = title;
        TempData["Next"] = next;
    }

    /// <summary>The sentence for an expected failure that several pages share.</summary>
    protected string Sentence(Error error) => error switch
    {
        EmailWrong wrong => HttpContext.RequestServices.GetRequiredService<IStringLocalizer<SharedText>>().Describe(wrong.Problem),
        PasswordRefused refused => HttpContext.RequestServices.GetRequiredService<PasswordWords>().Describe(refused.Codes),
        NameMissing => L["Error.NameMissing"],
        NameTooLong => L["Error.NameTooLong"],
        WrongPassword => L["Error.WrongPassword"],
        SameEmail => L["Error.SameEmail"],
        EmailTaken => L["Error.EmailTaken"],
        ConfirmationInvalid => L["Error.Link"],
        SignInDisabled => L["Disabled.Title"],
        AuthenticatorCodeWrong => L["Error.Digits"],
        _ => L["Error.Default"],
    };

    /// <summary>Reads what must be an address, or says what is wrong with it.</summary>
    protected bool TryReadEmail(string? typed, string field, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out EmailAddress? email)
    {
        if (EmailAddress.TryParse(typed, out email, out var problem))
        {
            return true;
        }

        Wrong(field, Sentence(new EmailWrong(problem)));
        return false;
    }

    /// <summary>A password must be typed. With <paramref name="isNew"/> it says so in other words.</summary>
    protected bool IsTyped(string? password, string field, bool isNew = false)
    {
        if (!string.IsNullOrEmpty(password))
        {
            return true;
        }

        Wrong(field, isNew ? L["Error.NewPasswordMissing"] : L["Error.PasswordMissing"]);
        return false;
    }
}

/// <summary>A page for who is signed in.</summary>
public abstract class ManagePage(IStringLocalizer<IdentityText> text, ActorSource actors) : IdentityPage(text)
{
    protected Task<Actor> ActorAsync(CancellationToken ct) => actors.GetAsync(User, ct);
}

/// <summary>A page of Identity UI that this portal does not have.</summary>
public abstract class NoPage : PageModel
{
    public IActionResult OnGet() => NotFound();

    public IActionResult OnPost() => NotFound();
}
