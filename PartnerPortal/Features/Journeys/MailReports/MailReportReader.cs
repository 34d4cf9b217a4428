using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.MailReports;

/// <summary>
/// Reads what providers post: SendGrid's event webhook (a list with <c>event</c> and <c>smtp-id</c>), Mailgun's (<c>event-data</c>, with a signature of its own), and the plain form
/// <c>{ "messageId": "…", "event": "delivered" | "bounced" | "complained" }</c>, alone or in a list. Kinds of events that say nothing of these are passed over.
/// </summary>
internal static class MailReportReader
{
    /// <returns>Null when it is none of these.</returns>
    public static IReadOnlyList<MailReport>? Read(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Array => [.. body.EnumerateArray().Select(Of).OfType<MailReport>()],
        JsonValueKind.Object when body.TryGetProperty("event-data", out var data) => OfMailgun(data) is { } report ? [report] : [],
        JsonValueKind.Object when Text(body, "event") is not null => Of(body) is { } report ? [report] : [],
        _ => null,
    };

    /// <summary>Mailgun signs instead of sending a password: HMAC-SHA256 of time and token, in hexadecimal digits.</summary>
    /// <returns>Null when there is no such signature.</returns>
    public static bool? IsSigned(JsonElement body, string key, DateTimeOffset now)
    {
        if (body.ValueKind is not JsonValueKind.Object || !body.TryGetProperty("signature", out var signature) || signature.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        var (time, token, given) = (Text(signature, "timestamp"), Text(signature, "token"), Text(signature, "signature"));
        if (!long.TryParse(time, out var seconds) || token is null || given is null || Math.Abs(now.ToUnixTimeSeconds() - seconds) > 300)
        {
            return false;
        }

        var made = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(time + token)));
        return SpokenAlphabet.FixedTimeEquals(made, given);
    }

    private static MailReport? Of(JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object || (Text(item, "messageId") ?? Text(item, "smtp-id")) is not { Length: > 0 } id)
        {
            return null;
        }

        // A "blocked" bounce is a refusal for now: the provider tries again, and tells when it gave up.
        MailOutcome? outcome = (Text(item, "event"), Text(item, "type")) switch
        {
            ("delivered", _) => MailOutcome.Delivered,
            ("bounce", "blocked") => null,
            ("bounce" or "bounced" or "dropped", _) => MailOutcome.Bounced,
            ("spamreport" or "complained", _) => MailOutcome.Complained,
            _ => null,
        };
        return outcome is { } known ? new MailReport(id, known) : null;
    }

    private static MailReport? OfMailgun(JsonElement data)
    {
        if (data.ValueKind is not JsonValueKind.Object || !data.TryGetProperty("message", out var message) || message.ValueKind is not JsonValueKind.Object
            || !message.TryGetProperty("headers", out var headers) || headers.ValueKind is not JsonValueKind.Object || Text(headers, "message-id") is not { Length: > 0 } id)
        {
            return null;
        }

        MailOutcome? outcome = (Text(data, "event"), Text(data, "severity")) switch
        {
            ("delivered", _) => MailOutcome.Delivered,
            ("failed", "permanent") => MailOutcome.Bounced,
            ("complained", _) => MailOutcome.Complained,
            _ => null,
        };
        return outcome is { } known ? new MailReport(id, known) : null;
    }

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    } : null;
}
