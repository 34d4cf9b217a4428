using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace PartnerPortal.Startup;

/// <summary>
/// Since .NET 10 <c>blazor.web.js</c> comes in a package of its own that not every feed serves. Version 9.0's script, which works with a .NET 10 server,
/// is an embedded resource of the 9.0 runtime package; it is read from that file's bytes, since loading the assembly would tie the build to Linux.
/// This file, the PackageDownload in the project and RequiresAspNetWebAssets can go when the package is on the feed.
/// </summary>
internal sealed class BlazorClientScript
{
    private readonly byte[] _plain;
    private readonly byte[] _brotli;
    private readonly byte[] _gzip;

    private BlazorClientScript(byte[] script)
    {
        _plain = script;
        _brotli = Compress(script, s => new BrotliStream(s, CompressionLevel.SmallestSize));
        _gzip = Compress(script, s => new GZipStream(s, CompressionLevel.SmallestSize));
        Version = Convert.ToHexStringLower(SHA256.HashData(script))[..12];
    }

    private static readonly Lazy<BlazorClientScript> Loaded = new(() =>
        new BlazorClientScript(Read(Path.Combine(AppContext.BaseDirectory, "blazor-script", "Endpoints9.bin"), "_framework/blazor.web.js")));

    public static BlazorClientScript Current => Loaded.Value;

    public string Version { get; }

    public static string Url => "/_framework/blazor.web.js?v=" + Current.Version;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/_framework/blazor.web.js", Serve).AllowAnonymous().WithMetadata(new ExcludeFromWalk("asset"));

    private static IResult Serve(HttpContext context)
    {
        var script = Current;
        var accepts = context.Request.Headers.AcceptEncoding.ToString();
        var (bytes, encoding) = accepts.Contains("br", StringComparison.OrdinalIgnoreCase) ? (script._brotli, "br")
            : accepts.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? (script._gzip, "gzip")
            : (script._plain, null);
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }

        return Results.Bytes(bytes, "text/javascript", entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{script.Version}-{encoding ?? "id"}\""));
    }

    private static byte[] Read(string file, string resource)
    {
        using var pe = new PEReader(File.OpenRead(file));
        var metadata = pe.GetMetadataReader();
        var found = metadata.ManifestResources.Select(metadata.GetManifestResource).First(r => metadata.StringComparer.Equals(r.Name, resource));
        var directory = pe.PEHeaders.CorHeader!.ResourcesDirectory;
        var data = pe.GetSectionData(directory.RelativeVirtualAddress).GetReader((int)found.Offset, directory.Size - (int)found.Offset);
        return data.ReadBytes(data.ReadInt32());
    }

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> open)
    {
        using var target = new MemoryStream();
        using (var packer = open(target))
        {
            packer.Write(bytes);
        }

        return target.ToArray();
    }
}

/// <summary>Marks an endpoint that serves a file to anybody, so that the walk over all endpoints knows why it asks for nobody's rights.</summary>
/// <param name="Reason">Why it needs no authorization.</param>
public sealed record ExcludeFromWalk(string Reason);
