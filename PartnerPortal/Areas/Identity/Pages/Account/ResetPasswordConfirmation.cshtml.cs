using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>The password is set; signing in is next.</summary>
[AllowAnonymous]
public sealed class ResetPasswordConfirmationModel(IStringLocalizer<IdentityText> text) : IdentityPage(text);
