using System.Net.WebSockets;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>Cuts what comes over a circuit's socket into messages.</summary>
internal sealed class CircuitStream(WebSocket socket)
{
    private byte[] _buffer = new byte[4096];
    private int _filled;
    private int _taken;

    /// <returns>A message, valid until the next is asked for; null when the server ended the connection.</returns>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            ReadOnlyMemory<byte> rest = _buffer.AsMemory(_taken, _filled - _taken);
            if (PackReader.TryFrame(ref rest, out var message))
            {
                _taken = _filled - rest.Length;
                return message;
            }

            Tidy();
            var received = await socket.ReceiveAsync(_buffer.AsMemory(_filled), ct);
            if (received.MessageType is WebSocketMessageType.Close)
            {
                return null;
            }

            _filled += received.Count;
        }
    }

    /// <summary>Moves what is left to the front and makes room behind it.</summary>
    private void Tidy()
    {
        _buffer.AsSpan(_taken, _filled - _taken).CopyTo(_buffer);
        (_filled, _taken) = (_filled - _taken, 0);
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
