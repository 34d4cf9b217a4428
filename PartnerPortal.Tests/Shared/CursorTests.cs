using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class CursorTests
{
    [Fact]
    public void TryDecode_EncodedKeys_GivesThemBack()
    {
        var key = ArbMap.Default.GeneratorFor<string>().Where(IsText);

        Prop.ForAll(Arb.From(key.ArrayOf(4)), keys =>
        {
            var cursor = Cursor.Encode(keys);
            return Cursor.TryDecode(cursor, keys.Length, out var read) && read.SequenceEqual(keys) && Uri.EscapeDataString(cursor) == cursor;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Encode_SomeKeys_MayBeNullOrMissing()
    {
        Assert.True(Cursor.TryDecode(Cursor.Encode("2025-01-01T00:00:00Z", null, "42"), out var keys));
        Assert.Equal(new List<string?> { "2025-01-01T00:00:00Z", null, "42" }, keys);
        Assert.True(Cursor.TryDecode(Cursor.Encode(), 0, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("####")]
    [InlineData("bnVsbA")] // null
    [InlineData("e30")] // {}
    [InlineData("WzFd")] // [1]
    [InlineData("W1tdXQ")] // [[]]
    [InlineData("Wy8qKi9d")] // [/**/]
    public void TryDecode_Garbage_IsRefused(string? cursor)
    {
        Assert.False(Cursor.TryDecode(cursor, out var keys));
        Assert.Null(keys);
    }

    [Fact]
    public void TryDecode_OtherNumberOfKeys_IsRefused()
    {
        Assert.False(Cursor.TryDecode(Cursor.Encode("a", "b"), 3, out var keys));
        Assert.Null(keys);
    }

    [Fact]
    public void TryDecode_AnyText_NeverThrows()
    {
        Prop.ForAll<string>(text => Cursor.TryDecode(text, out var keys) == (keys is not null)).QuickCheckThrowOnFailure();
        Prop.ForAll<byte[]>(bytes => Cursor.TryDecode(System.Buffers.Text.Base64Url.EncodeToString(bytes), out var keys) == (keys is not null)).QuickCheckThrowOnFailure();
        Assert.False(Cursor.TryDecode(new string('A', 100_000), out _));
    }

    /// <summary>JSON has no lone halves of surrogate pairs.</summary>
    private static bool IsText(string? text) => text is null || text.EnumerateRunes().All(rune => rune.Value != 0xFFFD);
}
