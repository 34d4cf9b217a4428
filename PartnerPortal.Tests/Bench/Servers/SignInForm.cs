using System.Net;
using System.Text.RegularExpressions;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>The sign-in form of a portal that runs as a process: opened once, it can be sent many times.</summary>
internal sealed partial class SignInForm(Uri address, string token, string cookie)
{
    private const string Session = "portal.session=";

    /// <param name="http">Follows no redirects and keeps no cookies.</param>
    /// <param name="root">The portal's address.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<SignInForm> OpenAsync(HttpMessageInvoker http, Uri root, CancellationToken ct)
    {
        var address = new Uri(root, PortalUrls.SignIn);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var answer = await http.SendAsync(request, ct);
        var page = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(ct);
        return new SignInForm(address, WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value), string.Join("; ", Cookies(answer)));
    }

    /// <returns>The session's cookie.</returns>
    public async Task<string> SendAsync(HttpMessageInvoker http, string email, string password, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Input.Email", email), new("Input.Password", password)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request, ct);
        return Cookies(answer).FirstOrDefault(c => c.StartsWith(Session, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"Signing in was answered with {(int)answer.StatusCode}.");
    }

    private static IEnumerable<string> Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : [];

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
