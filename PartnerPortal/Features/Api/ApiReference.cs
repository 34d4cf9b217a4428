using System.Text.Json;
using System.Text.Json.Nodes;

namespace PartnerPortal.Features.Api;

/// <summary>Something that is named, such as a parameter or a member.</summary>
/// <param name="Kind">Where it stands or of what type it is.</param>
public sealed record ReferenceMember(string Name, string Kind, bool IsRequired, string Description);

/// <summary>An answer.</summary>
/// <param name="Example">As JSON; null where it has no body.</param>
public sealed record ReferenceAnswer(string Status, string Description, string? Example);

/// <summary>An operation as a person reads it.</summary>
/// <param name="Curl">A command that calls it, to be copied.</param>
public sealed record ReferenceOperation(
    string Id, string Method, string Path, string Summary, string Description, string Scope, IReadOnlyList<ReferenceMember> Parameters, IReadOnlyList<ReferenceMember> Body, ReferenceAnswer Answer,
    IReadOnlyList<string> Problems, string Curl);

public sealed record ReferenceGroup(string Name, string Description, IReadOnlyList<ReferenceOperation> Operations);

/// <summary>The description for machines, turned into what a page shows.</summary>
internal static class ApiReference
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<ReferenceGroup> Of(JsonObject root)
    {
        var operations = (
            from path in root["paths"]!.AsObject()
            from method in path.Value!.AsObject()
            select (Tag: (string)method.Value!["tags"]![0]!, Operation: Read(root, path.Key, method.Key, method.Value!.AsObject()))).ToLookup(o => o.Tag, o => o.Operation);
        return [.. root["tags"]!.AsArray().Select(t => new ReferenceGroup((string)t!["name"]!, (string)t["description"]!, [.. operations[(string)t["name"]!]]))];
    }

    private static ReferenceOperation Read(JsonObject root, string path, string method, JsonObject operation)
    {
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(p => Follow(root, p!)).ToList();
        var body = operation["requestBody"]?["content"]!["application/json"]!;
        var (status, answer) = operation["responses"]!.AsObject().Select(r => (r.Key, r.Value!)).First(r => r.Key.StartsWith('2'));
        return new ReferenceOperation(
            (string)operation["operationId"]!, method.ToUpperInvariant(), path, (string)operation["summary"]!, (string)operation["description"]!, (string)operation["x-scope"]!,
            parameters.ConvertAll(p => new ReferenceMember((string)p["name"]!, (string)p["in"]!, (bool?)p["required"] ?? false, (string?)p["description"] ?? "")),
            body is null ? [] : Members(root, Follow(root, body["schema"]!)),
            new ReferenceAnswer(status, (string)answer["description"]!, Text(answer["content"]?["application/json"]?["example"])),
            [.. operation["x-problems"]!.AsArray().Select(p => (string)p!)],
            Curl(root, path, method, parameters, body?["example"]));
    }

    private static List<ReferenceMember> Members(JsonObject root, JsonObject schema)
    {
        var required = (schema["required"]?.AsArray() ?? []).Select(r => (string)r!).ToHashSet(StringComparer.Ordinal);
        return [.. schema["properties"]!.AsObject().Select(p =>
        {
            var member = Follow(root, p.Value!);
            return new ReferenceMember(p.Key, TypeOf(member), required.Contains(p.Key), (string?)member["description"] ?? "");
        })];
    }

    private static string TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => string.Join(" | ", several.Select(t => (string)t!)),
        { } one => (string)one!,
        null => "object",
    };

    private static JsonObject Follow(JsonObject root, JsonNode node) =>
        node["$ref"] is { } pointer ? ((string)pointer!).Split('/').Skip(1).Aggregate((JsonNode)root, (at, name) => at[name]!).AsObject() : node.AsObject();

    private static string? Text(JsonNode? example) => example?.ToJsonString(Indented);

    private static string Curl(JsonObject root, string path, string method, List<JsonObject> parameters, JsonNode? body)
    {
        var address = parameters.Where(p => (string)p["in"]! == "path").Aggregate(path, (at, p) => at.Replace($"{{{p["name"]}}}", (string)p["example"]!, StringComparison.Ordinal));
        List<string> query = [.. parameters.Where(p => (string)p["in"]! == "query" && p["example"] is not null).Take(1).Select(p => $"{p["name"]}={Uri.EscapeDataString(p["example"]!.ToString())}")];
        var lines = new List<string> { $"curl{(method == "get" ? "" : $" -X {method.ToUpperInvariant()}")} '{root["servers"]![0]!["url"]}{address}{(query.Count > 0 ? "?" + query[0] : "")}'", "-H \"Authorization: Bearer $PORTAL_KEY\"" };
        lines.AddRange(parameters.Where(p => (string)p["in"]! == "header" && p["example"] is not null).Select(p => $"-H '{p["name"]}: {p["example"]}'"));
        if (body is not null)
        {
            lines.Add("-H 'Content-Type: application/json'");
            lines.Add($"-d '{body.ToJsonString(Indented)}'");
        }

        return string.Join(" \\\n  ", lines);
    }
}
