using System.Text;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+49302312500", "\"'+49302312500\"")]
    [InlineData("-cmd", "\"'-cmd\"")]
    [InlineData("-1+cmd|' /C calc'!A0", "\"'-1+cmd|' /C calc'!A0\"")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("-1,5", "\"'-1,5\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [InlineData("José €", "José €")]
    [InlineData(null, "")]
    public async Task WriteAsync_Field_IsQuotedAndHarmless(string? field, string expected)
    {
        using var stream = new MemoryStream();

        await CsvText.WriteAsync(stream, ["Name", "Value"], Rows(["x", field]));

        Assert.Equal($"\uFEFFName,Value\r\nx,{expected}\r\n", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.True(stream.CanWrite);
    }

    [Fact]
    public async Task WriteAsync_ManyRows_StreamsThemWithoutBlocking()
    {
        await using var stream = new AsyncOnlyStream();
        var lengthInTheMiddle = 0L;

        await CsvText.WriteAsync(stream, ["Number", "Text"], Numbers(), number => [$"{number}", new string('x', 100)]);

        Assert.True(lengthInTheMiddle > 100_000, "rows are written while others still come");
        Assert.Equal(20_001, Encoding.UTF8.GetString(stream.Written.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        async IAsyncEnumerable<int> Numbers()
        {
            for (var number = 0; number < 20_000; number++)
            {
                if (number == 10_000)
                {
                    await Task.Yield();
                    lengthInTheMiddle = stream.Written.Length;
                }

                yield return number;
            }
        }
    }

    [Fact]
    public async Task WriteAsync_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CsvText.WriteAsync(new MemoryStream(), ["A"], Endless(), source.Token));
    }

    private static async IAsyncEnumerable<string?[]> Rows(params string?[][] rows)
    {
        foreach (var row in rows)
        {
            await Task.Yield();
            yield return row;
        }
    }

    private static async IAsyncEnumerable<string?[]> Endless([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return ["x"];
        }
    }

    /// <summary>Like a response's body: throws on writing that blocks.</summary>
    private sealed class AsyncOnlyStream : Stream
    {
        public MemoryStream Written { get; } = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Written.WriteAsync(buffer, offset, count, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            Written.WriteAsync(buffer, cancellationToken);
    }
}
