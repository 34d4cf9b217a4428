using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>The account was deleted and the person signed out.</summary>
[AllowAnonymous]
public sealed class ClosedModel(IStringLocalizer<IdentityText> text) : IdentityPage(text);
