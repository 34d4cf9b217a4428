using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class PluralsTests
{
    // The samples that CLDR gives beside each rule, and the numbers around the borders.
    [Theory]
    [InlineData("en", PluralForm.One, 1)]
    [InlineData("en", PluralForm.Other, 0, 2, 11, 21, 1_000_000)]
    [InlineData("es", PluralForm.One, 1)]
    [InlineData("es", PluralForm.Other, 0, 2, 16, 100, 1_000)]
    [InlineData("pt-BR", PluralForm.One, 0, 1)]
    [InlineData("pt-BR", PluralForm.Other, 2, 17, 100, 1_000)]
    [InlineData("ar", PluralForm.Zero, 0)]
    [InlineData("ar", PluralForm.One, 1)]
    [InlineData("ar", PluralForm.Two, 2)]
    [InlineData("ar", PluralForm.Few, 3, 10, 103, 110, 1_003)]
    [InlineData("ar", PluralForm.Many, 11, 26, 99, 111, 1_011, 1_099)]
    [InlineData("ar", PluralForm.Other, 100, 102, 200, 202, 500, 1_000, 1_000_000)]
    public void Of_Number_IsTheFormOfCldr(string language, PluralForm form, params int[] counts) =>
        Assert.All(counts, c => Assert.Equal(form, Plurals.Of(language, c)));

    [Fact]
    public void Of_AnyNumber_IsAFormThatTheLanguageHas() =>
        Assert.All(Languages.All, l => Assert.All(Enumerable.Range(0, 1_200), n => Assert.Contains(Plurals.Of(l, n), Plurals.FormsOf(l))));
}
