using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("030 231 25 00", "DE", "+49302312500")]
    [InlineData("(030) 231-2500", "de", "+49302312500")]
    [InlineData("+49 (0)30 231 2500", "FR", "+49302312500")]
    [InlineData("+49 030 231 2500", null, "+49302312500")]
    [InlineData("0049 30 2312500", "ES", "+49302312500")]
    [InlineData("(+49) 30/2312500", "ES", "+49302312500")]
    [InlineData("tel:+49-30-2312500", "ES", "+49302312500")]
    [InlineData("\u202A+49 30 2312500\u202C", "ES", "+49302312500")]
    [InlineData("\uFF0B\uFF14\uFF19 30 2312500", "ES", "+49302312500")]
    [InlineData("01 42 68 53 00", "FR", "+33142685300")]
    [InlineData("020 7946 0958", "GB", "+442079460958")]
    [InlineData("+44 (0)7911 123456", "US", "+447911123456")]
    [InlineData("612 34 56 78", "ES", "+34612345678")]
    [InlineData("34 612 345 678", "ES", "+34612345678")]
    [InlineData("+34 (0)612 345 678", "ES", "+34612345678")]
    [InlineData("06 6982 1234", "IT", "+390669821234")]
    [InlineData("+39 (0)6 6982 1234", "IT", "+390669821234")]
    [InlineData("(212) 555-0142", "US", "+12125550142")]
    [InlineData("1-212-555-0142", "CA", "+12125550142")]
    [InlineData("011 49 30 2312500", "US", "+49302312500")]
    [InlineData("0011 49 30 2312500", "AU", "+49302312500")]
    [InlineData("8 (495) 123-45-67", "RU", "+74951234567")]
    [InlineData("8 10 49 30 2312500", "RU", "+49302312500")]
    [InlineData("06 1 234 5678", "HU", "+3612345678")]
    [InlineData("+36 (06) 1 234 5678", "HU", "+3612345678")]
    [InlineData("55 1234 5678", "MX", "+525512345678")]
    [InlineData("+52 1 55 1234 5678", "MX", "+525512345678")]
    [InlineData("044 55 1234 5678", "MX", "+525512345678")]
    [InlineData("011 15 2345-6789", "AR", "+5491123456789")]
    [InlineData("+54 9 11 2345 6789", "AR", "+5491123456789")]
    [InlineData("(11) 91234-5678", "BR", "+5511912345678")]
    [InlineData("٠٥٠ ١٢٣ ٤٥٦٧", "AE", "+971501234567")]
    [InlineData("091234 56789", "IN", "+919123456789")]
    [InlineData("912 345 678", "PT", "+351912345678")]
    [InlineData("8 029 123 45 67", "BY", "+375291234567")]
    [InlineData("+800 1234 5678", "DE", "+80012345678")]
    public void TryParse_HumanSpelling_GivesE164(string input, string? country, string expected)
    {
        Assert.True(PhoneNumber.TryParse(input, country, out var number, out var problem), problem.ToString());
        Assert.Equal(expected, number.E164);
        Assert.Equal(PhoneProblem.None, problem);
        Assert.Equal(expected[1..], number.Digits);
    }

    [Theory]
    [InlineData(null, "DE", PhoneProblem.Empty)]
    [InlineData("  ", "DE", PhoneProblem.Empty)]
    [InlineData("1-800-FLOWERS", "US", PhoneProblem.Letters)]
    [InlineData("call me", "US", PhoneProblem.Letters)]
    [InlineData("030 231_25", "DE", PhoneProblem.BadCharacter)]
    [InlineData("+49 +30 231", "DE", PhoneProblem.BadCharacter)]
    [InlineData("030 2312500 ext. 12", "DE", PhoneProblem.Extension)]
    [InlineData("030 2312500 x12", "DE", PhoneProblem.Extension)]
    [InlineData("030 2312500 #12", "DE", PhoneProblem.Extension)]
    [InlineData("030 2312500;ext=12", "DE", PhoneProblem.Extension)]
    [InlineData("030 2312500 (Durchwahl 12)", "DE", PhoneProblem.Extension)]
    [InlineData("030", "DE", PhoneProblem.TooShort)]
    [InlineData("+", "DE", PhoneProblem.TooShort)]
    [InlineData("612 34 56", "ES", PhoneProblem.TooShort)]
    [InlineData("+49", "DE", PhoneProblem.TooShort)]
    [InlineData("0612 34 56 78 90", "FR", PhoneProblem.TooLong)]
    [InlineData("+49 1234 5678 9012 34", "DE", PhoneProblem.TooLong)]
    [InlineData("+210 123 456", "DE", PhoneProblem.UnknownCountryCode)]
    [InlineData("+999 123 456", "DE", PhoneProblem.UnknownCountryCode)]
    [InlineData("030 2312500", null, PhoneProblem.NoCountry)]
    [InlineData("030 2312500", "ZZ", PhoneProblem.NoCountry)]
    [InlineData("112 555 0142", "US", PhoneProblem.ImpossibleStart)]
    [InlineData("+49 0030 231", "US", PhoneProblem.ImpossibleStart)]
    public void TryParse_NotANumber_SaysWhy(string? input, string? country, PhoneProblem expected)
    {
        Assert.False(PhoneNumber.TryParse(input, country, out var number, out var problem));
        Assert.Null(number);
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void TryParse_PastedLetter_IsTooLong()
    {
        Assert.False(PhoneNumber.TryParse(new string('1', 100_000), "DE", out _, out var problem));
        Assert.Equal(PhoneProblem.TooLong, problem);
    }

    [Theory]
    [InlineData("+12125550142", "US")]
    [InlineData("+14165550142", "CA")]
    [InlineData("+18095550142", "DO")]
    [InlineData("+18005550142", null)]
    [InlineData("+447911123456", "GG")]
    [InlineData("+447400123456", "GB")]
    [InlineData("+77012345678", "KZ")]
    [InlineData("+74951234567", "RU")]
    [InlineData("+390669812345", "VA")]
    [InlineData("+590690001234", null)]
    [InlineData("+80012345678", null)]
    [InlineData("+49302312500", "DE")]
    public void Country_Number_IsWhoseItIs(string e164, string? expected) => Assert.Equal(expected, PhoneNumber.FromE164(e164).Country);

    [Theory]
    [InlineData("+12125550142", "+1 212 555 0142")]
    [InlineData("+442079460958", "+44 20 7946 0958")]
    [InlineData("+447400123456", "+44 7400 123456")]
    [InlineData("+441632960123", "+44 1632 960123")]
    [InlineData("+49302312500", "+49 30 231 2500")]
    [InlineData("+4915112345678", "+49 1511 234 5678")]
    [InlineData("+4917112345678", "+49 171 1234 5678")]
    [InlineData("+4922112345678", "+49 221 1234 5678")]
    [InlineData("+33142685300", "+33 1 42 68 53 00")]
    [InlineData("+34612345678", "+34 612 345 678")]
    [InlineData("+351912345678", "+351 912 345 678")]
    [InlineData("+5511912345678", "+55 11 91234 5678")]
    [InlineData("+393471234567", "+39 347 123 4567")]
    [InlineData("+390669821234", "+39 06 6982 1234")]
    [InlineData("+31612345678", "+31 6 1234 5678")]
    [InlineData("+31201234567", "+31 20 123 4567")]
    [InlineData("+46701234567", "+46 70 123 45 67")]
    [InlineData("+4740612345", "+47 406 12 345")]
    [InlineData("+4532123456", "+45 32 12 34 56")]
    [InlineData("+48512345678", "+48 512 345 678")]
    [InlineData("+48221234567", "+48 22 123 45 67")]
    [InlineData("+971501234567", "+971 50 123 4567")]
    [InlineData("+966501234567", "+966 50 123 4567")]
    [InlineData("+201001234567", "+20 100 123 4567")]
    [InlineData("+20234567890", "+20 2 3456 7890")]
    [InlineData("+525512345678", "+52 55 1234 5678")]
    [InlineData("+5491123456789", "+54 9 11 2345 6789")]
    [InlineData("+573211234567", "+57 321 123 4567")]
    [InlineData("+919876543210", "+91 98765 43210")]
    [InlineData("+2348021234567", "+234 802 123 4567")]
    [InlineData("+59894231234", "+598 94 231 234")]
    [InlineData("+22670123456", "+226 70 12 34 56")]
    [InlineData("+6834002", "+683 4002")]
    public void Display_Number_IsGroupedAsAtHome(string e164, string expected) =>
        Assert.Equal(expected, PhoneNumber.FromE164(e164).Display);

    [Theory]
    [InlineData("030 231")]
    [InlineData("+49 30 231")]
    [InlineData("0049 30231")]
    [InlineData("+49 (0)30 231")]
    [InlineData("30-231")]
    [InlineData("2312500")]
    public void SearchForms_PartsOfANumber_FindIt(string query)
    {
        var stored = PhoneNumber.FromE164("+49302312500").Digits;

        Assert.Contains(PhoneNumber.SearchForms(query), form => stored.Contains(form, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("8 495 123", "RU", "74951234567")]
    [InlineData("06 1 234", "HU", "3612345678")]
    [InlineData("06 6982", "IT", "390669821234")]
    [InlineData("+39 06 6982", null, "390669821234")]
    public void SearchForms_OtherTrunkPrefixes_FindIt(string query, string? country, string stored) =>
        Assert.Contains(PhoneNumber.SearchForms(query, country), form => stored.Contains(form, StringComparison.Ordinal));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("012")]
    [InlineData("José 030")]
    [InlineData("a@b.de")]
    public void SearchForms_NoPartOfANumber_IsEmptyOrLongEnough(string? query) =>
        Assert.All(PhoneNumber.SearchForms(query), form => Assert.True(form.Length >= 3 && query == "012"));

    [Fact]
    public void FromE164_AnotherSpelling_Throws() => Assert.Throws<FormatException>(() => PhoneNumber.FromE164("+49 30 2312500"));

    /// <summary>Any country, with a national number of an allowed length: the E.164 form is a fixed point of parsing, and so is what is displayed.</summary>
    [Fact]
    public void TryParse_AnyNumber_IsIdempotentAndDisplayReadsBack()
    {
        var typed =
            from country in Gen.Elements(PhoneCountries.All.ToArray())
            from length in Gen.Choose(country.MinDigits - 2, country.MaxDigits + 3)
            from digits in Gen.Choose(0, 9).ArrayOf(Math.Max(1, length))
            from international in Gen.Elements("", "+" + country.CallingCode, "00" + country.CallingCode)
            select (country.Alpha2, Text: international + string.Concat(digits));

        Prop.ForAll(Arb.From(typed), input =>
        {
            if (!PhoneNumber.TryParse(input.Text, input.Alpha2, out var number, out _))
            {
                return true;
            }

            return number.E164.Length <= 16
                && PhoneNumber.FromE164(number.E164) == number
                && PhoneNumber.TryParse(number.Display, null, out var shown, out _) && shown == number
                && PhoneNumber.TryParse(number.Display, input.Alpha2, out var shownThere, out _) && shownThere == number;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Prop.ForAll<string, string>((text, country) => PhoneNumber.TryParse(text, country, out var number, out var problem) == (number is not null)
            && (problem == PhoneProblem.None) == (number is not null)).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
