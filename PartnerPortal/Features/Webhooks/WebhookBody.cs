using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Clients;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>A body, and what it says of a person.</summary>
/// <param name="Json">As it is sent.</param>
/// <param name="Personal">Texts in it that say who the client is; an answer may repeat them.</param>
internal sealed record WrittenBody(string Json, IReadOnlyList<string> Personal);

/// <summary>
/// Writes the body of a delivery, anew for each attempt and each look into the log: a partner's says of the client what stands in the partner's list at that moment, which is initials while the
/// client does not share its details; the program's says what the account says.
/// </summary>
internal static class WebhookBody
{
    /// <summary>Letters of any language as they are; the body is no part of a page.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<WrittenBody> WriteAsync(PortalDbContext db, WebhookDelivery delivery, long? ownerId, CancellationToken ct)
    {
        var data = JsonNode.Parse(delivery.Facts)!.AsObject();
        var personal = new List<string>();
        if (ownerId is null)
        {
            await AddPartnerAsync(db, data, delivery.PartnerId, personal, ct);
        }

        if (IsAboutClient(delivery))
        {
            var client = ownerId is { } partner ? await ListedAsync(db, delivery, partner, ct) : await OfAccountAsync(db, delivery, ct);
            data["client"] = JsonSerializer.SerializeToNode(client, Json);
            personal.AddRange(new[] { client.Name, client.Email, client.Phone }.OfType<string>().Where(t => t.Length > 0));
        }

        var body = new JsonObject { ["type"] = delivery.Kind, ["timestamp"] = delivery.At, ["data"] = data };
        return new WrittenBody(body.ToJsonString(Json), personal);
    }

    /// <summary>What a receiver repeats of the client is not kept with its answer.</summary>
    public static string Without(string text, IReadOnlyList<string> personal)
    {
        foreach (var said in personal.OrderByDescending(p => p.Length))
        {
            text = text.Replace(said, "…", StringComparison.OrdinalIgnoreCase)
                .Replace(JsonEncodedText.Encode(said).Value, "…", StringComparison.OrdinalIgnoreCase).Replace(Uri.EscapeDataString(said), "…", StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    private static string Word(ClientStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    private static bool IsAboutClient(WebhookDelivery delivery) => delivery.RecordId is not null || (delivery.ClientId is not null && delivery.ClientId != delivery.PartnerId);

    private static async Task AddPartnerAsync(PortalDbContext db, JsonObject data, long? partnerId, List<string> personal, CancellationToken ct)
    {
        if (await db.Accounts.Where(a => a.Id == partnerId).Select(a => new { a.Number, a.Code, a.Name }).FirstOrDefaultAsync(ct) is { } partner)
        {
            data["partner"] = JsonSerializer.SerializeToNode(partner, Json);
            personal.Add(partner.Name);
        }
    }

    /// <summary>The client as the partner's list has it.</summary>
    private static async Task<BodyClient> ListedAsync(PortalDbContext db, WebhookDelivery delivery, long partnerId, CancellationToken ct)
    {
        var own = db.ClientRecords.Where(r => r.PartnerId == partnerId);
        var line = await own.Where(r => r.Id == delivery.RecordId || (delivery.ClientId != null && r.ClientId == delivery.ClientId)).OrderByDescending(r => r.ClientId == delivery.ClientId)
            .Select(r => new { r.Id, r.ClientId, r.Name, r.Email, r.Phone, r.IsShared, r.Status }).FirstOrDefaultAsync(ct);
        if (line is null)
        {
            // A client of a lower level, as the wallet shows it.
            var name = await db.Accounts.Where(a => a.Id == delivery.ClientId).Select(a => a.Name).FirstOrDefaultAsync(ct);
            return new BodyClient(null, null, name is { Length: > 0 } ? Initials.Of(name) : null, null, null, false, null);
        }

        return new BodyClient(line.Id, line.IsShared ? AccountNumber.Offset + line.ClientId : null, line.Name, line.Email, line.Phone, line.IsShared, Word(line.Status));
    }

    /// <summary>The client as the program knows it: its account, or what was typed while it has none.</summary>
    private static async Task<BodyClient> OfAccountAsync(PortalDbContext db, WebhookDelivery delivery, CancellationToken ct)
    {
        var account = await db.Accounts.Where(a => a.Id == delivery.ClientId)
            .Select(a => new { a.Number, a.Name, a.Email, a.Phone, a.ExternalId }).FirstOrDefaultAsync(ct);
        if (account is not null)
        {
            return new BodyClient(delivery.RecordId, account.Number, account.Name, account.Email, account.Phone, null, null) { ExternalId = account.ExternalId };
        }

        var typed = await db.ClientRecords.Where(r => r.Id == delivery.RecordId).Select(r => new { r.Id, r.Name, r.Email, r.Phone, r.Status }).FirstOrDefaultAsync(ct);
        return new BodyClient(typed?.Id, null, typed?.Name, typed?.Email, typed?.Phone, null, typed is null ? null : Word(typed.Status));
    }

    /// <param name="Id">Of the line in a partner's list; null when the client stands in none of it.</param>
    /// <param name="Number">The account's, where the reader may know it.</param>
    /// <param name="Name">Initials while the client does not share its details.</param>
    /// <param name="Phone">E.164.</param>
    /// <param name="Shared">Whether the client shares its details with the partner; null for the program.</param>
    /// <param name="Status">Of the line.</param>
    private sealed record BodyClient(long? Id, long? Number, string? Name, string? Email, string? Phone, bool? Shared, string? Status)
    {
        public string? ExternalId { get; init; }
    }
}
