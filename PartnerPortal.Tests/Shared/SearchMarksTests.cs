using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class SearchMarksTests
{
    [Theory]
    [InlineData("José Almeida", "jose", "[José] Almeida")]
    [InlineData("Almeida & Filhos", "filhos al", "[Al]meida & [Filhos]")]
    [InlineData("Weißmann", "iss", "We[iß]mann")]
    [InlineData("banana", "ana", "b[anana]")]
    [InlineData("Nobody", "zz", "Nobody")]
    [InlineData("Anybody", "", "Anybody")]
    [InlineData("", "a", "")]
    public void Of_FoldedSearch_MarksTheTextAsWritten(string text, string typed, string marked) =>
        Assert.Equal(marked, string.Concat(SearchMarks.Of(text, SearchQuery.Parse(typed)).Select(m => m.IsHit ? $"[{m.Text}]" : m.Text)));

    [Theory]
    [InlineData("example.com", "https://example.com")]
    [InlineData(" http://Example.com/a?b=c ", "http://example.com/a?b=c")]
    [InlineData("https://example.com/", "https://example.com")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("javascript://example.com/%0aalert(1)", null)]
    [InlineData("ftp://example.com", null)]
    [InlineData("https://user:secret@example.com", null)]
    [InlineData("not a site", null)]
    [InlineData("localhost", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Parse_Website_IsHttpOrNothing(string? typed, string? address) => Assert.Equal(address, WebAddress.Parse(typed));
}
