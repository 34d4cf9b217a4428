using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class PhoneCountriesTests
{
    [Fact]
    public void All_Countries_AreTheWholeOfIso3166()
    {
        Assert.Equal(249 + 3, PhoneCountries.All.Count);
        Assert.Equal(PhoneCountries.All.Count, PhoneCountries.All.Select(country => country.Alpha2).Distinct().Count());
        Assert.All(PhoneCountries.All, country =>
        {
            Assert.Matches("^[A-Z]{2}$", country.Alpha2);
            Assert.Matches("^[1-9][0-9]{0,2}$", country.CallingCode);
            Assert.InRange(country.MinDigits, 4, country.MaxDigits);
            Assert.InRange(country.CallingCode.Length + country.MaxDigits, 6, 15);
        });
    }

    [Fact]
    public void All_CountriesThatThisMachineKnows_AreThere()
    {
        var known = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(culture => new RegionInfo(culture.Name).TwoLetterISORegionName)
            .Where(name => name.Length == 2 && char.IsLetter(name[0]))
            .Except(["DG", "EA", "IC", "EU", "UN", "EZ", "CQ", "CP", "QO", "XA", "XB"], StringComparer.Ordinal).Distinct();

        Assert.All(known, name => Assert.NotNull(PhoneCountries.Find(name)));
    }

    [Fact]
    public void All_CallingCodes_ArePrefixFreeAndHaveAtMostOneMainCountry()
    {
        var codes = PhoneCountries.All.Select(country => country.CallingCode).Distinct().ToList();

        Assert.DoesNotContain(codes, code => codes.Any(other => other != code && other.StartsWith(code, StringComparison.Ordinal)));
        Assert.All(codes, code => Assert.True(PhoneCountries.ForCallingCode(code).Count(country => country.IsMain) <= 1, code));
    }

    [Theory]
    [InlineData("DE", "49", "0")]
    [InlineData("es", "34", "")]
    [InlineData("IT", "39", "")]
    [InlineData("US", "1", "1")]
    [InlineData("RU", "7", "8")]
    [InlineData("HU", "36", "06")]
    [InlineData("MX", "52", "")]
    public void Find_Country_HasItsPrefixes(string alpha2, string code, string trunk)
    {
        var country = PhoneCountries.Find(alpha2);

        Assert.Equal((code, trunk), (country?.CallingCode, country?.TrunkPrefix));
    }

    [Fact]
    public void ForCallingCode_SharedCode_GivesTheMainCountryFirst()
    {
        Assert.Equal("US", PhoneCountries.ForCallingCode("1")[0].Alpha2);
        Assert.Equal(["GB", "GG", "IM", "JE"], PhoneCountries.ForCallingCode("44").Select(country => country.Alpha2));
        Assert.Empty(PhoneCountries.ForCallingCode("999"));
    }

    [Theory]
    [InlineData("DE", "en", "Germany")]
    [InlineData("DE", "en-GB", "Germany")]
    [InlineData("DE", "es", "Alemania")]
    [InlineData("DE", "es-MX", "Alemania")]
    [InlineData("ae", "es", "Emiratos Árabes Unidos")]
    [InlineData("XK", "en", "Kosovo")]
    [InlineData("JP", "de", "Japan")]
    [InlineData("JP", "", "Japan")]
    [InlineData("EG", "ar", "مصر")]
    [InlineData("ZZ", "en", "ZZ")]
    public void NameOf_Country_IsInTheReadersLanguage(string alpha2, string culture, string expected) =>
        Assert.Equal(expected, PhoneCountries.NameOf(alpha2, CultureInfo.GetCultureInfo(culture)));

    [Fact]
    public void NameOf_EveryCountry_HasAName() =>
        Assert.All(PhoneCountries.All, country => Assert.NotEqual(country.Alpha2, PhoneCountries.NameOf(country.Alpha2, CultureInfo.GetCultureInfo("es"))));
}
