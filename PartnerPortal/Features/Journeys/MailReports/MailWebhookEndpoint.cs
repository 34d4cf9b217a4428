using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Journeys.MailReports;

/// <summary>
/// <c>POST /webhooks/mail</c>, for the mail provider: see <see cref="MailReportReader"/>. It shows <c>Mail:WebhookSecret</c> as a bearer token or as the password of basic authentication, or signs with
/// it as Mailgun does. Without the setting there is nothing here.
/// </summary>
internal static class MailWebhookEndpoint
{
    /// <summary>Bytes; a provider's batch of some thousand events.</summary>
    private const int BodyLimit = 4 * 1024 * 1024;

    private const int Most = 10_000;

    public static async Task<IResult> Take(HttpContext context, IOptions<MailOptions> options, TakeMailReports take, TimeProvider clock)
    {
        if (options.Value.WebhookSecret is not { Length: > 0 } secret)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = BodyLimit;
        }

        var isKnown = ShowsSecret(context.Request.Headers.Authorization.ToString(), secret);
        if (!isKnown && context.Request.Headers.Authorization.Count > 0)
        {
            return Results.Unauthorized();
        }

        JsonDocument body;
        try
        {
            body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException)
        {
            return isKnown ? Problem(400, "The body is not JSON") : Results.Unauthorized();
        }

        using (body)
        {
            if (!isKnown && MailReportReader.IsSigned(body.RootElement, secret, clock.GetUtcNow()) is not true)
            {
                return Results.Unauthorized();
            }

            return MailReportReader.Read(body.RootElement) switch
            {
                null => Problem(422, "The body is no report that is known here"),
                { Count: > Most } => Problem(413, "The body holds too many reports"),
                var reports => Results.Json(new { received = reports.Count, changed = await take.ExecuteAsync(reports, context.RequestAborted) }),
            };
        }
    }

    private static IResult Problem(int status, string title) => Results.Problem(statusCode: status, title: title);

    private static bool ShowsSecret(string header, string secret)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var given) || given.Parameter is not { Length: > 0 } parameter)
        {
            return false;
        }

        if (string.Equals(given.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return Equal(parameter, secret);
        }

        var bytes = new byte[parameter.Length];
        if (!string.Equals(given.Scheme, "Basic", StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(parameter, bytes, out var length))
        {
            return false;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && Equal(pair[(colon + 1)..], secret);
    }

    private static bool Equal(string given, string secret) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
