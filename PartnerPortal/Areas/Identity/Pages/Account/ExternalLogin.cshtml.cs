using Microsoft.AspNetCore.Authorization;

namespace PartnerPortal.Areas.Identity.Pages.Account;

/// <summary>No outside sign-in is set up: the page that Identity UI brings is not there.</summary>
[AllowAnonymous]
public sealed class ExternalLoginModel : NoPage;
