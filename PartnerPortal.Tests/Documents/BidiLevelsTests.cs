using PartnerPortal.Documents.Text;

namespace PartnerPortal.Tests.Documents;

/// <summary>Directions by UAX #9, on the kinds of lines that documents have. Letters in Latin capitals stand for Arabic ones, as in the annex's own examples.</summary>
public sealed class BidiLevelsTests
{
    [Theory]
    [InlineData("car", false, "000")]
    [InlineData("CAR", false, "111")]
    [InlineData("car CAR car", false, "00001110000")]
    [InlineData("CAR abc CAR", true, "11112221111")]
    [InlineData("CAR 12.50 CAR", true, "1111222221111")]
    [InlineData("he said CAR 12", false, "00000000111122")]
    [InlineData("CAR 50% CAR", true, "11112211111")]
    [InlineData("€50 CAR", true, "2221111")]
    [InlineData("-12,50 €", true, "12222211")]
    [InlineData("12,50 €", false, "0000000")]
    [InlineData("CAR (abc) CAR", true, "1111122211111")]
    [InlineData("a (CAR) b", false, "000111000")]
    [InlineData("CAR abc (de) CAR", true, "1111222222221111")]
    public void Of_Line_IsOrdered(string line, bool rightToLeft, string levels) => Assert.Equal(levels, Levels(line, rightToLeft));

    [Theory]
    [InlineData("CAR <-12,50 €> CAR", true, "111112222222211111")]
    [InlineData("abc <CAR!> de", false, "0000011110000")]
    [InlineData("CAR <A. b.> CAR", true, "111113334311111")]
    [InlineData("CAR <a. b.> CAR", true, "111112222211111")]
    [InlineData("CAR <abc", true, "11111222")]
    public void Of_Isolate_IsOrderedByItself(string line, bool rightToLeft, string levels) => Assert.Equal(levels, Levels(line, rightToLeft));

    [Theory]
    [InlineData("12 abc", false)]
    [InlineData("12 CAR abc", true)]
    [InlineData("<CAR> abc", false)]
    [InlineData("12.50", false)]
    public void IsRightToLeft_FirstStrongCharacter_Decides(string line, bool expected) => Assert.Equal(expected, BidiLevels.IsRightToLeft(Arabic(line)));

    private static string Levels(string line, bool rightToLeft) => string.Concat(BidiLevels.Of(Arabic(line), rightToLeft));

    private static string Arabic(string line) => string.Concat(line.Select(c => c switch
    {
        >= 'A' and <= 'Z' => (char)('\u0627' + (c - 'A')),
        '<' => BidiClasses.FirstStrongIsolate,
        '>' => BidiClasses.PopIsolate,
        _ => c,
    }));
}
