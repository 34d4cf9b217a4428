using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>
/// How much memory a server holds when it has tidied up. The runtime's own diagnostic port is asked for a full, blocking collection, as dotnet-gcdump does; then its resident memory is
/// read until it stands still, since freed regions go back to the system little by little.
/// </summary>
internal static class ServerMemory
{
    /// <summary>GCHeapCollect of Microsoft-Windows-DotNETRuntime.</summary>
    private const ulong Collect = 0x800000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private const int Collections = 2;
    private const int Steady = 6;
    private const int Longest = 40;

    /// <returns>Resident bytes.</returns>
    public static async Task<long> SettleAsync(ServerProcess server, CancellationToken ct)
    {
        for (var i = 0; i < Collections; i++)
        {
            await CollectAsync(server.Id, ct);
        }

        var (resident, steady) = (server.ResidentBytes, 0);
        for (var i = 0; i < Longest && steady < Steady; i++)
        {
            await Task.Delay(Interval, ct);
            var now = server.ResidentBytes;
            steady = Math.Abs(now - resident) < resident / 1000 ? steady + 1 : 0;
            resident = now;
        }

        return resident;
    }

    /// <summary>Removes what a killed process could not.</summary>
    public static void Forget(int process)
    {
        foreach (var port in Ports(process))
        {
            File.Delete(port);
        }
    }

    private static IEnumerable<string> Ports(int process) => Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process}-*-socket");

    private static async Task CollectAsync(int process, CancellationToken ct)
    {
        // A process that was killed leaves its port behind, and its number may come again.
        var port = Ports(process).MaxBy(File.GetLastWriteTimeUtc) ?? throw new InvalidOperationException("The runtime has no diagnostic port.");
        using var session = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await session.ConnectAsync(new UnixDomainSocketEndPoint(port), ct);
        await session.SendAsync(CollectTracing(), ct);
        var answer = new byte[28];
        await ExactlyAsync(session, answer, ct);
        if (answer[16] != 0xff || answer[17] != 0)
        {
            throw new InvalidOperationException("The runtime refused a collection.");
        }

        // The collection has run before the session is stopped: the provider is enabled within the command that was answered.
        using var stop = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await stop.ConnectAsync(new UnixDomainSocketEndPoint(port), ct);
        await stop.SendAsync(Command(0x01, answer.AsSpan(20, 8)), ct);
        var trace = new byte[64 * 1024];
        while (await session.ReceiveAsync(trace, ct) > 0)
        {
            // What the session recorded is of no interest.
        }
    }

    private static async Task ExactlyAsync(Socket socket, Memory<byte> into, CancellationToken ct)
    {
        while (into.Length > 0)
        {
            var count = await socket.ReceiveAsync(into, ct);
            into = count > 0 ? into[count..] : throw new InvalidOperationException("The runtime closed its diagnostic port.");
        }
    }

    /// <summary>CollectTracing2 of the diagnostic port's EventPipe commands, without a rundown.</summary>
    private static byte[] CollectTracing()
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload);
        writer.Write(1u); // Megabytes of buffer.
        writer.Write(1u); // The nettrace format.
        writer.Write(false);
        writer.Write(1u); // One provider.
        writer.Write(Collect);
        writer.Write(4u); // Informational.
        Text(writer, "Microsoft-Windows-DotNETRuntime");
        Text(writer, "");
        writer.Flush();
        return Command(0x03, payload.ToArray());
    }

    private static void Text(BinaryWriter writer, string text)
    {
        writer.Write(text.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(text + "\0"));
    }

    private static byte[] Command(byte command, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[20 + payload.Length];
        "DOTNET_IPC_V1\0"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(14), (ushort)bytes.Length);
        (bytes[16], bytes[17]) = (0x02, command);
        payload.CopyTo(bytes.AsSpan(20));
        return bytes;
    }
}
