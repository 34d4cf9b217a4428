using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>Too many wrong tries: said for an unknown address as well.</summary>
[AllowAnonymous]
public sealed class LockoutModel(IStringLocalizer<IdentityText> text) : IdentityPage(text);
