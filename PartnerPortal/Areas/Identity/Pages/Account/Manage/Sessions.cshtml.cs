using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>Where the person is signed in; each can be ended, and all others at once.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Forms)]
public sealed class SessionsModel(SessionQueries sessions, EndSessions end, ReaderTime time, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    public IReadOnlyList<SessionRow> Rows { get; private set; } = [];

    private string? Own => User.FindFirstValue(SessionCheck.SessionClaim);

    public async Task OnGetAsync(CancellationToken ct)
    {
        time.UseZone(Request.Cookies["tz"]);
        Rows = await sessions.OfAsync(Own, await ActorAsync(ct), ct);
    }

    public async Task<IActionResult> OnPostEndAsync(long id, CancellationToken ct)
    {
        await end.ExecuteAsync(id, Own, await ActorAsync(ct), ct);
        Done(L["Sessions.Ended"], L["Sessions.EndedNext"]);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndOthersAsync(CancellationToken ct)
    {
        await end.ExecuteAsync(null, Own, await ActorAsync(ct), ct);
        Done(L["Sessions.OthersEnded"], L["Sessions.EndedNext"]);
        return RedirectToPage();
    }

    /// <summary>"Firefox, Windows".</summary>
    public string Device(SessionRow row) => DeviceName.Of(row.UserAgent) switch
    {
        ({ } browser, { } system) => L["Sessions.Device", browser, system],
        ({ } only, null) => only,
        (null, { } only) => only,
        _ => L["Sessions.Unknown"],
    };

    public string Since(SessionRow row) => L["Sessions.Since", time.Full(row.CreatedAt), time.Brief(row.LastSeenAt)];
}
