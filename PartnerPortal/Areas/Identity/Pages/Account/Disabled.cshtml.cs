using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>Where a disabled person ends who came with the right password, provider or mailed link. The page names nobody, so its address says nothing of anybody.</summary>
[AllowAnonymous]
public sealed class DisabledModel(IStringLocalizer<IdentityText> text) : IdentityPage(text);
