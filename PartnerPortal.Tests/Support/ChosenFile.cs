using Microsoft.AspNetCore.Components.Forms;

namespace PartnerPortal.Tests.Support;

/// <summary>A file that a person chose on a page under test.</summary>
internal sealed class ChosenFile(string name, byte[] bytes) : IBrowserFile
{
    public string Name => name;

    public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

    public long Size => bytes.Length;

    public string ContentType => "text/csv";

    public Stream OpenReadStream(long maxAllowedSize = 512_000, CancellationToken cancellationToken = default) => new MemoryStream(bytes);
}
