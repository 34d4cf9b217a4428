using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>"Check your mail": the same for a new address and for one that has an account.</summary>
[AllowAnonymous]
public sealed class RegisterConfirmationModel(IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>The mail was asked for once more.</summary>
    [BindProperty(SupportsGet = true, Name = "again")]
    public bool Again { get; set; }
}
