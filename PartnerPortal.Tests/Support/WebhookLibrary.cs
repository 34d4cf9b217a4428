using System.Text.Json;

namespace PartnerPortal.Tests.Support;

/// <summary>The public <c>standardwebhooks</c> library, with which receivers check what came.</summary>
public static class WebhookLibrary
{
    /// <param name="told">What came, with the secret that it is held against.</param>
    /// <param name="now">When it is looked at; null for the real time.</param>
    /// <returns>"ok" for each that is genuine, else why not.</returns>
    public static async Task<IReadOnlyList<string>> VerifyAsync(IEnumerable<(ToldWebhook Told, string Secret)> told, DateTimeOffset? now)
    {
        var library = await NpmFolder.InstallAsync(".ci/standardwebhooks");
        var lines = told.Select(t => JsonSerializer.Serialize(new
        {
            secret = t.Secret,
            headers = new Dictionary<string, string> { ["webhook-id"] = t.Told.Id, ["webhook-timestamp"] = t.Told.Timestamp, ["webhook-signature"] = t.Told.Signature },
            body = t.Told.Body,
            now = now?.ToUnixTimeMilliseconds(),
        }));
        return (await library.RunAsync("node", ["verify.mjs"], string.Join('\n', lines))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
