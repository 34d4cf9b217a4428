using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>Says the same for every address.</summary>
[AllowAnonymous]
public sealed class ForgotPasswordConfirmationModel(IStringLocalizer<IdentityText> text) : IdentityPage(text);
