using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser;

/// <summary>The product of <c>docs/product-example</c> with the few lines that its server needs: it asks the portal with the key, and tells of who signs up.</summary>
public sealed class ExampleProduct : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _api;
    private readonly string _portal;
    private int _customers;

    private ExampleProduct(WebApplication app, string portal, string key)
    {
        (_app, _portal, _api) = (app, portal, new HttpClient { BaseAddress = new Uri(portal) });
        _api.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public string Root => _app.Urls.First();

    public static async Task<ExampleProduct> StartAsync(string portal, string key)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var product = new ExampleProduct(builder.Build(), portal, key);
        product._app.MapGet("/", () => product.Page("landing"));
        product._app.MapGet("/signup", () => product.Page("signup"));
        product._app.MapGet("/partner", product.PartnerAsync);
        product._app.MapPost("/signup", product.SignUpAsync);
        await product._app.StartAsync();
        return product;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _app.DisposeAsync();
    }

    private IResult Page(string name) => Results.Content(Sources.Read($"docs/product-example/{name}.html").Replace("PORTAL", _portal, StringComparison.Ordinal), "text/html; charset=utf-8");

    private async Task<IResult> PartnerAsync(HttpRequest request)
    {
        using var found = await _api.GetAsync(new Uri("/api/v1/lookup" + request.QueryString, UriKind.Relative));
        return Results.Content(await found.Content.ReadAsStringAsync(), "application/json", statusCode: (int)found.StatusCode);
    }

    private async Task<IResult> SignUpAsync(HttpRequest request)
    {
        var form = (await request.ReadFormAsync()).Where(f => f.Value.ToString().Length > 0).ToDictionary(f => f.Key, f => f.Value.ToString());
        var body = new Dictionary<string, object?> { ["externalId"] = $"cust_{Interlocked.Increment(ref _customers)}", ["emailVerified"] = true, ["language"] = "en" };
        foreach (var (name, value) in form)
        {
            body[name] = name switch
            {
                "visits" => JsonSerializer.Deserialize<JsonElement>(value),
                "wording" => int.Parse(value, CultureInfo.InvariantCulture),
                "withoutPartner" => true,
                _ => value,
            };
        }

        using var told = await _api.PostAsJsonAsync(new Uri("/api/v1/registrations", UriKind.Relative), body);
        return Results.Content($"<!doctype html><title>Welcome</title><pre>{System.Net.WebUtility.HtmlEncode(await told.Content.ReadAsStringAsync())}</pre>", "text/html; charset=utf-8", statusCode: told.IsSuccessStatusCode ? 200 : 500);
    }
}
