using Microsoft.AspNetCore.Authorization;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>Nothing to connect: no outside sign-in is set up.</summary>
[Authorize]
public sealed class ExternalLoginsModel : NoPage;
