using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;

namespace PartnerPortal.Areas.Identity.Pages.Account.Manage;

/// <summary>What is kept about a person, as a JSON file.</summary>
[Authorize]
public sealed class DownloadPersonalDataModel(PersonalDataQueries data, ActorSource actors, IStringLocalizer<IdentityText> text) : ManagePage(text, actors)
{
    // Names stay readable: the file is not put into a page.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IActionResult OnGet() => RedirectToPage("./PersonalData");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Response.Headers.CacheControl = "no-store";
        return File(JsonSerializer.SerializeToUtf8Bytes(await data.OfAsync(await ActorAsync(ct), ct), Readable), "application/json", "personal-data.json");
    }
}
