using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PartnerPortal.Tests.Support;

/// <summary>Whom the provider has before it.</summary>
/// <param name="Sub">OpenID Connect's id of the person.</param>
/// <param name="Email">Null when it names none.</param>
/// <param name="EmailVerified">Null when it does not say, as Microsoft.</param>
/// <param name="Name">The whole name.</param>
public sealed record OAuthPerson(string Sub, string? Email, bool? EmailVerified, string Name);

/// <summary>
/// An OAuth 2 authorization server with OpenID Connect's userinfo, on a port of this machine (RFC 6749, section 4.1; RFC 7636). It holds clients to the protocol: a code works once, for the
/// client, redirect address and verifier it was made for. Nobody types a password there: the person is who the test says.
/// </summary>
public sealed class OAuthTestServer : IAsyncDisposable
{
    public const string ClientId = "portal-client";
    public const string ClientSecret = "portal-secret";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string RedirectUri, string Challenge, OAuthPerson Person)> _codes = new();
    private readonly ConcurrentDictionary<string, OAuthPerson> _tokens = new();

    private OAuthTestServer(WebApplication app)
    {
        _app = app;
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", TokenAsync);
        app.MapGet("/userinfo", UserInfo);
    }

    public OAuthPerson Person { get; set; } = new("1001", "nina@novak.test", true, "Nina Novak");

    /// <summary>The person presses "Cancel" there.</summary>
    public bool Refuses { get; set; }

    /// <summary>The token endpoint answers that it is broken.</summary>
    public bool IsBroken { get; set; }

    public string Root => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<OAuthTestServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new OAuthTestServer(builder.Build());
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Settings that make it the portal's provider of that name.</summary>
    public Dictionary<string, string> SettingsFor(params string[] providers) => providers.SelectMany(p => new (string Key, string Value)[]
    {
        ($"SignIn:{p}:ClientId", ClientId), ($"SignIn:{p}:ClientSecret", ClientSecret), ($"SignIn:{p}:AuthorizationEndpoint", Root + "/authorize"),
        ($"SignIn:{p}:TokenEndpoint", Root + "/token"), ($"SignIn:{p}:UserInformationEndpoint", Root + "/userinfo"),
    }).ToDictionary(s => s.Key, s => s.Value);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256" || string.IsNullOrEmpty(query["code_challenge"])
            || string.IsNullOrEmpty(query["state"]) || !query["scope"].ToString().Split(' ').Contains("openid"))
        {
            return Results.BadRequest("invalid_request");
        }

        var redirect = query["redirect_uri"].ToString();
        if (Refuses)
        {
            return Results.Redirect(QueryHelpers.AddQueryString(redirect, new Dictionary<string, string?> { ["error"] = "access_denied", ["state"] = query["state"] }));
        }

        var code = RandomNumberGenerator.GetHexString(32);
        _codes[code] = (redirect, query["code_challenge"].ToString(), Person);
        return Results.Redirect(QueryHelpers.AddQueryString(redirect, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (IsBroken)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret)
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        }

        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["grant_type"] != "authorization_code" || !_codes.TryRemove(form["code"].ToString(), out var issued)
            || issued.RedirectUri != form["redirect_uri"] || issued.Challenge != challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        }

        var token = RandomNumberGenerator.GetHexString(32);
        _tokens[token] = issued.Person;
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 300 });
    }

    private IResult UserInfo(HttpRequest request)
    {
        if (!_tokens.TryGetValue(request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal), out var person))
        {
            return Results.Unauthorized();
        }

        var claims = new Dictionary<string, object> { ["sub"] = person.Sub, ["name"] = person.Name };
        if (person.Email is { } email)
        {
            claims["email"] = email;
        }

        if (person.EmailVerified is { } verified)
        {
            claims["email_verified"] = verified;
        }

        return Results.Json(claims);
    }
}
