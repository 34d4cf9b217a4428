using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>Writes one message to a circuit: MessagePack as "blazorpack" has it, with its length before it.</summary>
internal sealed class PackWriter
{
    private const int Invocation = 1;
    private readonly ArrayBufferWriter<byte> _body = new(256);

    /// <summary>A message that wants no answer has no id.</summary>
    public static byte[] Invoke(string? id, string target, params ReadOnlySpan<object?> arguments)
    {
        var writer = new PackWriter();
        writer.Byte(0x96); // An array of six: type, headers, id, target, arguments, streams.
        writer.Byte(Invocation);
        writer.Byte(0x80);
        writer.Value(id);
        writer.Value(target);
        writer.Byte((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments)
        {
            writer.Value(argument);
        }

        writer.Byte(0x90);
        return Framed(writer._body.WrittenSpan);
    }

    public static byte[] Ping { get; } = Framed([0x91, 6]);

    private static byte[] Framed(ReadOnlySpan<byte> body)
    {
        Span<byte> length = stackalloc byte[5];
        var digits = 0;
        for (var left = body.Length; ;)
        {
            var more = left > 0x7f;
            length[digits++] = (byte)((left & 0x7f) | (more ? 0x80 : 0));
            left >>= 7;
            if (!more)
            {
                break;
            }
        }

        return [.. length[..digits], .. body];
    }

    private void Byte(byte value)
    {
        _body.GetSpan(1)[0] = value;
        _body.Advance(1);
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case null:
                Byte(0xc0);
                break;
            case bool yes:
                Byte(yes ? (byte)0xc3 : (byte)0xc2);
                break;
            case string text:
                Text(text);
                break;
            case long or int:
                Byte(0xd3);
                BinaryPrimitives.WriteInt64BigEndian(_body.GetSpan(8), Convert.ToInt64(value));
                _body.Advance(8);
                break;
            default:
                throw new ArgumentException($"A circuit is not sent a {value.GetType()}.", nameof(value));
        }
    }

    private void Text(string text)
    {
        Byte(0xdb);
        var bytes = Encoding.UTF8.GetByteCount(text);
        var span = _body.GetSpan(4 + bytes);
        BinaryPrimitives.WriteInt32BigEndian(span, bytes);
        _body.Advance(4 + Encoding.UTF8.GetBytes(text, span[4..]));
    }
}
