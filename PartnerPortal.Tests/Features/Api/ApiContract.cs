using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Api;
using PartnerPortal.Features.Program;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Api;

/// <summary>An operation of the published document.</summary>
public sealed record DescribedOperation(string Method, string Path, string Id, string Scope, JsonObject Json)
{
    /// <summary>Whose keys open it: of webhooks both kinds', each its own side's.</summary>
    public IReadOnlyList<KeyHolder> Holders => [.. Json["security"]!.AsArray().Select(s => s!["partnerKey"] is not null ? KeyHolder.Partner : KeyHolder.Program)];

    public bool Takes(string method, string path)
    {
        var (own, other) = (Path.Split('/'), path.Split('/'));
        return method == Method && own.Length == other.Length && own.Zip(other).All(p => p.First.StartsWith('{') || p.First == p.Second);
    }
}

/// <summary>Holds requests and answers against the published document. Here an answer may have no member that is not described, so that none is forgotten.</summary>
public sealed class ApiContract
{
    private const string ProblemPrefix = "urn:partner-portal:problem:";
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
    private readonly JsonObject _root;
    private readonly JsonObject _strict;
    private readonly Dictionary<string, JsonSchema> _schemas = [];

    private ApiContract(JsonObject root)
    {
        _root = root;
        _strict = JsonNode.Parse(root["components"]!["schemas"]!.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!.AsObject();
        foreach (var (_, schema) in _strict)
        {
            schema!["additionalProperties"] = false;
        }

        Operations =
        [
            .. from path in root["paths"]!.AsObject()
               from method in path.Value!.AsObject()
               let operation = method.Value!.AsObject()
               select new DescribedOperation(method.Key.ToUpperInvariant(), path.Key, (string)operation["operationId"]!, (string)operation["x-scope"]!, operation),
        ];
    }

    public IReadOnlyList<DescribedOperation> Operations { get; }

    /// <summary>Operations that were called and answered as they should.</summary>
    public HashSet<string> Done { get; } = new(StringComparer.Ordinal);

    public static ApiContract Of(TestPortal portal) => new(JsonNode.Parse(portal.Services.GetRequiredService<ApiDocument>().Served.Bytes)!.AsObject());

    /// <summary>A client of the portal, each of whose requests is held against the document.</summary>
    public HttpClient Client(TestPortal portal, string? key)
    {
        var client = portal.CreateDefaultClient(new Uri("http://localhost"), new Handler(this));
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }

        return client;
    }

    /// <summary>What the document's own examples get wrong.</summary>
    public IEnumerable<string> WrongExamples() =>
        from o in Operations
        from media in o.Json["responses"]!.AsObject().Select(r => Follow(r.Value!)["content"]?["application/json"]).Append(o.Json["requestBody"]?["content"]!["application/json"]).OfType<JsonNode>()
        let wrong = Wrong(media["schema"]!, media["example"]!.ToJsonString())
        where wrong.Count > 0
        select $"{o.Id}: {string.Join("; ", wrong)}";

    private void Check(HttpRequestMessage request, string? body, HttpResponseMessage response, string answer)
    {
        var operation = Operations.Where(o => o.Takes(request.Method.Method, request.RequestUri!.AbsolutePath)).MinBy(o => o.Path.Count(c => c == '{'));
        Assert.True(operation is not null, $"{request.Method} {request.RequestUri} is not described.");
        var what = $"{operation.Id} ({request.Method} {request.RequestUri!.PathAndQuery} {body}) answered {(int)response.StatusCode} {answer}";
        var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(operation.Json["responses"]![status] is not null, $"{what}: the status is not described.");
        var described = Follow(operation.Json["responses"]![status]!);
        foreach (var header in described["headers"]?.AsObject().Select(h => h.Key).Where(h => h != "Idempotent-Replayed") ?? [])
        {
            Assert.True(response.Headers.Contains(header), $"{what}: the header {header} is missing.");
        }

        if (response.Content.Headers.ContentType?.MediaType is { } media)
        {
            Assert.True(described["content"]?[media] is not null, $"{what}: {media} is not described.");
            Fits(described["content"]![media]!["schema"]!, answer, what);
        }

        if (response.IsSuccessStatusCode)
        {
            Done.Add(operation.Id);
            if (body is not null)
            {
                Fits(operation.Json["requestBody"]!["content"]!["application/json"]!["schema"]!, body, what + ": what was sent");
            }

            var known = (operation.Json["parameters"]?.AsArray() ?? []).Select(p => (string)Follow(p!)["name"]!).ToHashSet(StringComparer.Ordinal);
            Assert.All(System.Web.HttpUtility.ParseQueryString(request.RequestUri.Query).AllKeys, k => Assert.Contains(k!, known));
        }
        else if (answer.Length > 0)
        {
            var type = (string)JsonNode.Parse(answer)!["type"]!;
            Assert.StartsWith(ProblemPrefix, type, StringComparison.Ordinal);
            Assert.True(operation.Json["x-problems"]!.AsArray().Any(p => (string)p! == type[ProblemPrefix.Length..]), $"{what}: the problem is not described.");
        }
    }

    private void Fits(JsonNode schema, string json, string what)
    {
        var wrong = Wrong(schema, json);
        Assert.True(wrong.Count == 0, $"{what}\n{string.Join('\n', wrong)}");
    }

    private List<string> Wrong(JsonNode schema, string json)
    {
        var text = schema.ToJsonString();
        if (!_schemas.TryGetValue(text, out var read))
        {
            var whole = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$defs"] = _strict.DeepClone(), ["$ref"] = ((string)schema["$ref"]!).Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal) };
            _schemas[text] = read = JsonSchema.FromText(whole.ToJsonString());
        }

        using var parsed = JsonDocument.Parse(json);
        var result = read.Evaluate(parsed.RootElement, Options);
        return result.IsValid ? [] : [.. (result.Details ?? []).Where(d => d.Errors is { Count: > 0 }).Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Select(e => $"{e.Key} {e.Value}"))}")];
    }

    private JsonNode Follow(JsonNode node) =>
        node["$ref"] is { } pointer ? ((string)pointer!).Split('/').Skip(1).Aggregate((JsonNode)_root, (at, name) => at[name]!) : node;

    private sealed class Handler(ApiContract contract) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            contract.Check(request, body, response, await response.Content.ReadAsStringAsync(cancellationToken));
            return response;
        }
    }
}
