using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("José", "jose")]
    [InlineData("  María  José\tÁlvarez ", "maria jose alvarez")]
    [InlineData("GROẞE Straße", "grosse strasse")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Sørensen Æble Đorđe", "sorensen aeble dorde")]
    [InlineData("İstanbul ıI", "istanbul ii")]
    [InlineData("ﬁnance ＡＢＣ ™", "finance abc tm")]
    [InlineData("ΟΔΥΣΣΕΎΣ", "οδυσσευσ")]
    [InlineData("Ёлка", "елка")]
    [InlineData("O’Brien", "o'brien")]
    [InlineData("٠١٢٣", "0123")]
    [InlineData("Zero\u200BWidth", "zerowidth")]
    [InlineData(null, "")]
    [InlineData(" \n", "")]
    public void Fold_Text_IsFolded(string? text, string expected) => Assert.Equal(expected, SearchText.Fold(text));

    [Theory]
    [InlineData("أحمد", "احمد")]
    [InlineData("إبراهيم", "ابراهيم")]
    [InlineData("آمنة", "امنه")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("محـــمد", "محمد")]
    [InlineData("ليلى", "ليلي")]
    [InlineData("کریم", "كريم")]
    [InlineData("ﻣﺤﻤﺪ", "محمد")]
    [InlineData("رؤوف", "رووف")]
    public void Fold_ArabicSpellings_AreOne(string text, string expected) => Assert.Equal(SearchText.Fold(expected), SearchText.Fold(text));

    [Theory]
    [InlineData("हिन्दी")]
    [InlineData("ガ")]
    [InlineData("한국")]
    [InlineData("ไทยน้ำ")]
    public void Fold_MarksThatAreLetters_Stay(string text) => Assert.Equal(text.Normalize(System.Text.NormalizationForm.FormKC), SearchText.Fold(text));

    [Fact]
    public void Fold_AnyText_IsIdempotent()
    {
        Prop.ForAll<string>(text => SearchText.Fold(SearchText.Fold(text)) == SearchText.Fold(text)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

        for (var value = 0; value <= 0xFFFF; value++)
        {
            var once = SearchText.Fold($"a{(char)value}b{(char)value}\u0301");
            Assert.True(once == SearchText.Fold(once), $"U+{value:X4}");
        }
    }

    [Fact]
    public void EscapeLike_Wildcards_AreEscaped()
    {
        Assert.Equal("100\\% \\_a\\\\b", SearchText.EscapeLike("100% _a\\b"));
        Assert.Equal("100!% \\ !!", SearchText.EscapeLike("100% \\ !", '!'));
    }

    [Theory]
    [InlineData("María José Álvarez", "M. Á.")]
    [InlineData("madonna", "M.")]
    [InlineData("  jean-luc   picard ", "J. P.")]
    [InlineData("A\u0301lvaro \"Nacho\" (García)", "A\u0301. G.")]
    [InlineData("محمد علي", "م. ع.")]
    [InlineData("王小明", "王")]
    [InlineData("山田 太郎", "山 太")]
    [InlineData("김 철수", "김 철")]
    [InlineData("\uD842\uDFB7野 家", "\uD842\uDFB7 家")]
    [InlineData("3M GmbH & Co. KG", "3. K.")]
    [InlineData("- ! -", "")]
    [InlineData(null, "")]
    public void Initials_Name_AreFirstAndLast(string? name, string expected) => Assert.Equal(expected, Initials.Of(name));

    [Fact]
    public void Initials_AnyText_NeverThrows() => Prop.ForAll<string>(text => Initials.Of(text) is not null).QuickCheckThrowOnFailure();
}
