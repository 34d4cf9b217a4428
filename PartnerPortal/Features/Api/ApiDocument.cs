using System.Reflection;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Api;

/// <summary>The API's description in OpenAPI 3.1. It is written by hand beside the operations; tests call each operation it describes and hold the answers against it.</summary>
public sealed class ApiDocument(PublicUrl urls)
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<JsonObject> _root = new(() => Read(urls.Root));
    private readonly Lock _lock = new();
    private (byte[] Bytes, string Version)? _served;

    /// <summary>Names this portal as its server. Not to be changed.</summary>
    public JsonObject Root => _root.Value;

    /// <summary>As it is served, with the version by which a reader asks whether it has changed.</summary>
    public (byte[] Bytes, string Version) Served
    {
        get
        {
            lock (_lock)
            {
                if (_served is null)
                {
                    var bytes = JsonSerializer.SerializeToUtf8Bytes(Root, Written);
                    _served = (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12)));
                }

                return _served.Value;
            }
        }
    }

    private static JsonObject Read(string server)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("openapi.v1.json") ?? throw new InvalidOperationException("The build left out openapi.v1.json.");
        var root = JsonNode.Parse(file)!.AsObject();
        root["servers"]![0]!["url"] = server;
        return root;
    }
}
