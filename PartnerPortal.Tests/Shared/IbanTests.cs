using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class IbanTests
{
    /// <summary>Examples from the registry of IBAN formats, which belong to nobody.</summary>
    [Theory]
    [InlineData("DE89 3704 0044 0532 0130 00", "DE89370400440532013000")]
    [InlineData("gb29 nwbk 6016 1331 9268 19", "GB29NWBK60161331926819")]
    [InlineData("FR14-2004-1010-0505-0001-3M02-606", "FR1420041010050500013M02606")]
    [InlineData("NO93 8601 1117 947", "NO9386011117947")]
    [InlineData("MT84 MALT 0110 0001 2345 MTLC AST0 01S", "MT84MALT011000012345MTLCAST001S")]
    [InlineData("AE07 0331 2345 6789 0123 456", "AE070331234567890123456")]
    public void TryRead_Example_IsRead(string typed, string expected)
    {
        Assert.True(Iban.TryRead(typed, out var iban));
        Assert.Equal(expected, iban);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("DE89 3704 0044 0532 0130 01")]
    [InlineData("DE89 3704 0044 0532 0130")]
    [InlineData("DE89 3704 0044 0532 0130 000")]
    [InlineData("DE893704004405320130００")]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("8937 0400 4405 3201 3000 DE")]
    public void TryRead_WrongOne_IsRefused(string? typed) => Assert.False(Iban.TryRead(typed, out _));

    /// <summary>What the check digits are for: one digit wrong, or two neighbours changed places.</summary>
    [Fact]
    public void TryRead_AnySlipOfTheHand_IsRefused()
    {
        const string Right = "DE89370400440532013000";
        for (var i = 4; i < Right.Length; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                Assert.Equal(Right[i] == digit, Iban.TryRead(Right[..i] + digit + Right[(i + 1)..], out _));
            }

            if (i + 1 < Right.Length && Right[i] != Right[i + 1])
            {
                Assert.False(Iban.TryRead(Right[..i] + Right[i + 1] + Right[i] + Right[(i + 2)..], out _));
            }
        }
    }
}
