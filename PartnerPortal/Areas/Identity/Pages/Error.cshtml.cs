using Microsoft.AspNetCore.Authorization;

namespace PartnerPortal.Areas.Identity.Pages;

/// <summary>Errors have a page of the portal's own, at /error.</summary>
[AllowAnonymous]
public sealed class ErrorModel : NoPage;
