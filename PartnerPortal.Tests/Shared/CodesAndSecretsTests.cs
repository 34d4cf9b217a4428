using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class CodesAndSecretsTests
{
    private const int Many = 2000;

    [Fact]
    public void ReferralCode_New_RoundTripsInEverySpelling()
    {
        for (var i = 0; i < Many; i++)
        {
            var code = ReferralCode.New();

            Assert.Equal(8, code.Value.Length);
            Assert.All(code.Value, symbol => Assert.Contains(symbol, ReferralCode.Alphabet));
            Assert.False(ReferralCodeWords.IsOffensive(code.Value));
            foreach (var spelling in new[] { code.Value, code.Spoken, code.Value.ToLowerInvariant(), $" {code.Spoken.Replace(' ', '-')} ", string.Join(' ', code.Value.ToCharArray()) })
            {
                Assert.True(ReferralCode.TryParse(spelling, out var read));
                Assert.Equal(code, read);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("KM7QX4W")]
    [InlineData("KM7QX4WTT")]
    [InlineData("KM7QX4WO")]
    [InlineData("KM7QX4W0")]
    [InlineData("KM7QX4W!")]
    [InlineData("\u212AM7QX4WT")]
    public void ReferralCode_TryParse_NoCode_IsRefused(string? input)
    {
        Assert.False(ReferralCode.TryParse(input, out var code));
        Assert.Null(code);
    }

    [Fact]
    public void ReferralCode_TryParse_TypedForm_HasValueAndSpoken()
    {
        Assert.True(ReferralCode.TryParse("km7q-x4wt", out var code));
        Assert.Equal(("KM7QX4WT", "KM7Q X4WT"), (code.Value, code.Spoken));
    }

    [Fact]
    public void ReferralCode_Alphabet_HasNoLookAlikes()
    {
        Assert.DoesNotContain(ReferralCode.Alphabet, symbol => "0O1IL2Z5S8BUV6G".Contains(symbol));
        Assert.Equal(ReferralCode.Alphabet.Length, ReferralCode.Alphabet.Distinct().Count());
    }

    [Theory]
    [InlineData("KMRAPEWT", true)]
    [InlineData("KMR4P3WT", true)]
    [InlineData("XF49KMWT", true)]
    [InlineData("M3RD4KXW", true)]
    [InlineData("KM7QX4WT", false)]
    public void ReferralCodeWords_Code_AreFoundInLeetToo(string code, bool offensive) =>
        Assert.Equal(offensive, ReferralCodeWords.IsOffensive(code));

    [Fact]
    public void ReferralCodeWords_Words_CanBeSpelledAndExcludeFewCodes()
    {
        Assert.All(ReferralCodeWords.Words, word => Assert.All(word, letter => Assert.Contains(letter, ReferralCode.Alphabet + "G")));
        Assert.Equal(ReferralCodeWords.Words.Count, ReferralCodeWords.Words.Distinct().Count());

        var random = new Random(7);
        var refused = Enumerable.Range(0, 20_000).Count(_ => ReferralCodeWords.IsOffensive(new string(random.GetItems<char>(ReferralCode.Alphabet, 8))));
        Assert.InRange(refused, 0, 20_000 / 30);
    }

    [Fact]
    public void OneTimeSecret_New_HasNinetyBitsAndRoundTrips()
    {
        Assert.Equal(32, SpokenAlphabet.Symbols.Distinct().Count());
        Assert.Equal(90, OneTimeSecret.Length * Math.Log2(SpokenAlphabet.Symbols.Length));
        Assert.DoesNotContain(SpokenAlphabet.Symbols, symbol => "0o1l".Contains(symbol) || char.IsUpper(symbol));

        for (var i = 0; i < Many; i++)
        {
            var secret = OneTimeSecret.New();

            Assert.Matches("^([a-km-np-z2-9]{3}-){5}[a-km-np-z2-9]{3}$", secret.Shown);
            foreach (var spelling in new[] { secret.Shown, secret.Shown.ToUpperInvariant(), secret.Shown.Replace("-", "", StringComparison.Ordinal), $" {secret.Shown.Replace('-', ' ')}\n" })
            {
                Assert.True(OneTimeSecret.TryParse(spelling, out var read));
                Assert.Equal(secret.Hash(), read.Hash());
            }
        }
    }

    [Fact]
    public void OneTimeSecret_ManyNew_UseEverySymbolAtEveryPlaceAndNeverRepeat()
    {
        var secrets = Enumerable.Range(0, Many).Select(_ => OneTimeSecret.New().Shown.Replace("-", "", StringComparison.Ordinal)).ToList();

        Assert.Equal(Many, secrets.Distinct().Count());
        for (var place = 0; place < OneTimeSecret.Length; place++)
        {
            Assert.Equal(32, secrets.Select(secret => secret[place]).Distinct().Count());
        }
    }

    [Fact]
    public void OneTimeSecret_Hash_IsStableSeparatedAndCompared()
    {
        Assert.True(OneTimeSecret.TryParse("k7q-m4x-wt9-hrd-3vn-b6c", out var secret));

        Assert.Matches("^[0-9a-f]{64}$", secret.Hash());
        Assert.NotEqual(LinkToken.Hash("k7qm4xwt9hrd3vnb6c"), secret.Hash());
        Assert.True(secret.Matches(secret.Hash()));
        Assert.False(secret.Matches(OneTimeSecret.New().Hash()));
        Assert.False(secret.Matches(""));
        Assert.DoesNotContain("k7q", secret.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("k7q-m4x-wt9-hrd-3vn-b6")]
    [InlineData("k7q-m4x-wt9-hrd-3vn-b6cc")]
    [InlineData("k7q-m4x-wt9-hrd-3vn-b6o")]
    [InlineData("k7q-m4x-wt9-hrd-3vn-b6l")]
    public void OneTimeSecret_TryParse_NoSecret_IsRefused(string? input) => Assert.False(OneTimeSecret.TryParse(input, out _));

    [Fact]
    public void LinkToken_New_HasOneHundredSixtyBitsAndIsSafeInAddresses()
    {
        var token = LinkToken.New();

        Assert.Equal(160, LinkToken.Length * Math.Log2(SpokenAlphabet.Symbols.Length));
        Assert.True(LinkToken.IsWellFormed(token));
        Assert.Equal(token, Uri.EscapeDataString(token));
        Assert.NotEqual(token, LinkToken.New());
        Assert.Equal(LinkToken.Hash(token), LinkToken.Hash(token));
        Assert.False(LinkToken.IsWellFormed(token.ToUpperInvariant()));
        Assert.False(LinkToken.IsWellFormed(null));
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Prop.ForAll<string>(text => ReferralCode.TryParse(text, out var code) == (code is not null)
            && OneTimeSecret.TryParse(text, out var secret) == (secret is not null)).QuickCheckThrowOnFailure();
}
