using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("klaus@brandt.de", "klaus@brandt.de")]
    [InlineData(" Klaus.Brandt+shop@Brandt.DE\t", "klaus.brandt+shop@brandt.de")]
    [InlineData("\uFEFFa@b.co\u200B", "a@b.co")]
    [InlineData("o'brien@example.ie", "o'brien@example.ie")]
    [InlineData("post@münchen.de", "post@xn--mnchen-3ya.de")]
    [InlineData("post@MU\u0308NCHEN.de", "post@xn--mnchen-3ya.de")]
    [InlineData("post@例え。テスト", "post@xn--r8jz45g.xn--zckzah")]
    [InlineData("a@xn--mnchen-3ya.de", "a@xn--mnchen-3ya.de")]
    [InlineData("a@sub-domain.b4.museum", "a@sub-domain.b4.museum")]
    public void TryParse_Address_IsNormalised(string input, string expected)
    {
        Assert.True(EmailAddress.TryParse(input, out var address, out var problem), problem.ToString());
        Assert.Equal(expected, address.Normalized);
        Assert.Equal(expected[(expected.IndexOf('@') + 1)..], address.Domain);
    }

    [Theory]
    [InlineData(null, EmailProblemKind.Empty, "")]
    [InlineData(" \t", EmailProblemKind.Empty, "")]
    [InlineData("klaus", EmailProblemKind.NoAt, "")]
    [InlineData("a@b@c.de", EmailProblemKind.ManyAt, "")]
    [InlineData("@brandt.de", EmailProblemKind.NoLocal, "")]
    [InlineData("klaus@", EmailProblemKind.NoDomain, "")]
    [InlineData("klaus@brandt", EmailProblemKind.NoEnding, "brandt")]
    [InlineData("klaus@Brandt.d", EmailProblemKind.NoEnding, "Brandt.d")]
    [InlineData("klaus@192.168.0.1", EmailProblemKind.NoEnding, "192.168.0.1")]
    [InlineData("klaus brandt@brandt.de", EmailProblemKind.BadCharacter, " ")]
    [InlineData("kläus@brandt.de", EmailProblemKind.BadCharacter, "ä")]
    [InlineData("klaus,x@brandt.de", EmailProblemKind.BadCharacter, ",")]
    [InlineData("\"k\"@brandt.de", EmailProblemKind.BadCharacter, "\"")]
    [InlineData("klaus@bra_ndt.de", EmailProblemKind.BadCharacter, "_")]
    [InlineData("klaus@[1.2.3.4]", EmailProblemKind.BadCharacter, "[")]
    [InlineData("klaus@-brandt.de", EmailProblemKind.BadCharacter, "-")]
    [InlineData("klaus@brandt.de\r\nBcc: x@y.de", EmailProblemKind.BadCharacter, "\r")]
    [InlineData("klaus@brandt.de\nx", EmailProblemKind.BadCharacter, "\n")]
    [InlineData("kl\0aus@brandt.de", EmailProblemKind.BadCharacter, "\0")]
    [InlineData(".klaus@brandt.de", EmailProblemKind.DotMisplaced, "")]
    [InlineData("klaus.@brandt.de", EmailProblemKind.DotMisplaced, "")]
    [InlineData("kl..aus@brandt.de", EmailProblemKind.DotMisplaced, "")]
    [InlineData("klaus@brandt..de", EmailProblemKind.DotMisplaced, "")]
    [InlineData("klaus@brandt.de.", EmailProblemKind.DotMisplaced, "")]
    public void TryParse_NoAddress_SaysWhy(string? input, EmailProblemKind kind, string detail)
    {
        Assert.False(EmailAddress.TryParse(input, out var address, out var problem));
        Assert.Null(address);
        Assert.Equal(new EmailProblem(kind, detail), problem with { Detail = problem.Detail ?? "" });
    }

    [Fact]
    public void TryParse_Lengths_AreThoseOfTheStandard()
    {
        var labels = string.Join('.', Enumerable.Repeat(new string('d', 46), 4));

        Assert.True(EmailAddress.TryParse(new string('a', 64) + "@b.de", out _, out _));
        Assert.Equal(EmailProblemKind.TooLong, ProblemOf(new string('a', 65) + "@b.de"));
        Assert.Equal(EmailProblemKind.TooLong, ProblemOf("a@" + new string('b', 64) + ".de"));
        Assert.True(EmailAddress.TryParse(new string('a', 63) + "@" + labels + ".de", out var longest, out _));
        Assert.Equal(254, longest.Normalized.Length);
        Assert.Equal(EmailProblemKind.TooLong, ProblemOf(new string('a', 64) + "@" + labels + ".de"));
        Assert.Equal(EmailProblemKind.TooLong, ProblemOf("a@" + new string('ü', 60) + ".de"));
    }

    [Fact]
    public void Equals_OtherCaseAndSpelling_IsTheSameAddress()
    {
        Assert.True(EmailAddress.TryParse("A@München.de", out var typed, out _));
        Assert.True(EmailAddress.TryParse("a@xn--mnchen-3ya.de", out var stored, out _));

        Assert.Equal(stored, typed);
        Assert.Equal("A@München.de", typed.Value);
        Assert.Equal(stored.GetHashCode(), typed.GetHashCode());
    }

    [Fact]
    public void TryParse_AnyText_NeverThrowsAndNormalizedIsAFixedPoint() =>
        Prop.ForAll<string, string>((local, domain) =>
        {
            var parsed = EmailAddress.TryParse($"{local}@{domain}.com", out var address, out var problem);
            return parsed == (problem.Kind == EmailProblemKind.None)
                && (!parsed || (EmailAddress.TryParse(address!.Normalized, out var again, out _) && again.Normalized == address.Normalized
                    && address.Normalized.All(sign => sign is > ' ' and < '\u007F')));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void TryParse_AnySign_NeverThrows()
    {
        for (var value = 0; value <= 0xFFFF; value++)
        {
            foreach (var typed in new[] { $"a{(char)value}b@c.de", $"a@b{(char)value}c.de" })
            {
                // Some signs are canonically equal to an ASCII one (the Kelvin sign to K), and become it.
                Assert.True(!EmailAddress.TryParse(typed, out var address, out _) || address.Normalized.All(sign => sign is > ' ' and < '\u007F'), $"U+{value:X4}");
            }
        }
    }

    [Fact]
    public void Split_PastedText_GivesTheAddresses()
    {
        const string Pasted = "Klaus Brandt <klaus@brandt.de>, \"Núñez, Ana\" <ANA@b.es>; c@d.com\r\ne@f.org ana@b.es\n<g@h.io>\tmailto:i@j.de, broken";

        Assert.Equal(["klaus@brandt.de", "ANA@b.es", "c@d.com", "e@f.org", "g@h.io", "i@j.de", "broken"], EmailList.Split(Pasted));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ,;\r\n <> \"\" ")]
    public void Split_Nothing_IsEmpty(string? text) => Assert.Empty(EmailList.Split(text));

    [Fact]
    public void Split_AddressBeforeANamedOne_IsKept() =>
        Assert.Equal(["a@b.de", "c@d.de"], EmailList.Split("a@b.de Klaus Brandt <c@d.de>"));

    [Fact]
    public void Split_UnclosedQuote_EndsWithItsLine() =>
        Assert.Equal(["a@b.de", "c@d.de"], EmailList.Split("\"Klaus a@b.de\nc@d.de").Where(entry => entry.Contains('@')));

    private static EmailProblemKind ProblemOf(string input)
    {
        Assert.False(EmailAddress.TryParse(input, out _, out var problem));
        return problem.Kind;
    }
}
