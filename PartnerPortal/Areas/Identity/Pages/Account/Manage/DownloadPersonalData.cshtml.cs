using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>What is kept about a person, as a file for machines or for people.</summary>
[Authorize]
public sealed class DownloadPersonalDataModel(PersonalDataQueries data, IStringLocalizer<SecurityText> words, TimeProvider clock, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    // Names stay readable: the file is not put into a page.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IActionResult OnGet() => RedirectToPage("./PersonalData");

    /// <param name="as">"html" for a page to read.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IActionResult> OnPostAsync(string? @as, CancellationToken ct)
    {
        Response.Headers.CacheControl = "no-store";
        var kept = await data.OfAsync(await ActorAsync(ct), ct);
        return @as is "html"
            ? File(Encoding.UTF8.GetBytes(PersonalDataHtml.Write(kept, words, clock.GetUtcNow().UtcDateTime)), "text/html; charset=utf-8", "personal-data.html")
            : File(JsonSerializer.SerializeToUtf8Bytes(kept, Readable), "application/json", "personal-data.json");
    }
}
