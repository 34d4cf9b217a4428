using System.Buffers.Binary;
using System.Text;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>Reads MessagePack from the front, as much of it as SignalR sends.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Takes one framed message off the front.</summary>
    /// <returns>False while it is not all there.</returns>
    public static bool TryFrame(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> message)
    {
        var span = bytes.Span;
        int length = 0, digits = 0;
        message = default;
        do
        {
            if (digits == span.Length)
            {
                return false;
            }

            length |= (span[digits] & 0x7f) << (7 * digits);
        }
        while ((span[digits++] & 0x80) != 0);

        if (span.Length < digits + length)
        {
            return false;
        }

        message = bytes.Slice(digits, length);
        bytes = bytes[(digits + length)..];
        return true;
    }

    public int ArrayLength() => Next() switch
    {
        >= 0x90 and <= 0x9f and var few => few & 0x0f,
        0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xdd => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        var other => throw Unexpected(other),
    };

    public long Number() => Next() switch
    {
        <= 0x7f and var small => small,
        >= 0xe0 and var negative => (sbyte)negative,
        0xcc => Next(),
        0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        0xcf => checked((long)BinaryPrimitives.ReadUInt64BigEndian(Take(8))),
        0xd0 => (sbyte)Next(),
        0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        var other => throw Unexpected(other),
    };

    public bool Flag() => Next() switch
    {
        0xc2 => false,
        0xc3 => true,
        var other => throw Unexpected(other),
    };

    public string? Text() => _rest[0] == 0xc0 ? Nothing() : Encoding.UTF8.GetString(Chunk());

    /// <summary>The bytes of a string or of binary data.</summary>
    public ReadOnlySpan<byte> Chunk() => Next() switch
    {
        >= 0xa0 and <= 0xbf and var few => Take(few & 0x1f),
        0xd9 or 0xc4 => Take(Next()),
        0xda or 0xc5 => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
        0xdb or 0xc6 => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
        var other => throw Unexpected(other),
    };

    /// <summary>Headers, which the server leaves empty.</summary>
    public void EmptyMap()
    {
        if (Next() is not 0x80 and var other)
        {
            throw Unexpected(other);
        }
    }

    private static InvalidDataException Unexpected(byte first) => new($"The circuit was sent 0x{first:x2} where something else belongs.");

    private string? Nothing()
    {
        Next();
        return null;
    }

    private byte Next() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
