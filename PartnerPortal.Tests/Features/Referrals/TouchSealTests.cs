using Microsoft.AspNetCore.DataProtection;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Referrals;

public sealed class TouchSealTests
{
    private readonly TestClock _clock = new();
    private readonly TouchSeal _seal;

    public TouchSealTests() => _seal = new TouchSeal(new EphemeralDataProtectionProvider(), _clock);

    [Fact]
    public void Open_WhatAddMade_GivesTheTouches()
    {
        var touch = Touch("ACDEFHJK", "qr");

        Assert.Equal([touch], _seal.Open(_seal.Add([], touch), 90));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[{\"code\":\"ACDEFHJK\",\"at\":\"2026-11-20T10:00:00Z\"}]")]
    public void Open_Forged_GivesNone(string? cookie) => Assert.Empty(_seal.Open(cookie, 90));

    [Fact]
    public void Open_OneLetterChanged_GivesNone()
    {
        var cookie = _seal.Add([], Touch("ACDEFHJK"));
        var changed = (cookie[20] == 'A' ? 'B' : 'A') + cookie[21..];

        Assert.Empty(_seal.Open(cookie[..20] + changed, 90));
    }

    [Fact]
    public void Open_SealedWithOtherKeys_GivesNone() =>
        Assert.Empty(_seal.Open(new TouchSeal(new EphemeralDataProtectionProvider(), _clock).Add([], Touch("ACDEFHJK")), 90));

    [Fact]
    public void Open_OlderThanTheWindow_IsForgotten()
    {
        var cookie = _seal.Add([], Touch("ACDEFHJK"));
        _clock.Advance(TimeSpan.FromDays(30));
        cookie = _seal.Add(_seal.Open(cookie, 90), Touch("CDEFHJKM"));
        _clock.Advance(TimeSpan.FromDays(61));

        Assert.Equal(["CDEFHJKM"], _seal.Open(cookie, 90).Select(t => t.Code));
    }

    [Fact]
    public void Add_ManyTouches_KeepsFiveWithTheFirstAndTheNewest()
    {
        string? cookie = null;
        foreach (var sign in "ACDEFHJK")
        {
            cookie = _seal.Add(_seal.Open(cookie, 90), Touch(new string(sign, 8)));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["KKKKKKKK", "JJJJJJJJ", "HHHHHHHH", "FFFFFFFF", "AAAAAAAA"], _seal.Open(cookie, 90).Select(t => t.Code));
    }

    [Fact]
    public void Add_SameLinkAgain_TakesTheEarlierOnesPlaceButNotTheFirst()
    {
        string? cookie = null;
        foreach (var code in new[] { "AAAAAAAA", "CCCCCCCC", "CCCCCCCC", "AAAAAAAA" })
        {
            cookie = _seal.Add(_seal.Open(cookie, 90), Touch(code));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["AAAAAAAA", "CCCCCCCC", "AAAAAAAA"], _seal.Open(cookie, 90).Select(t => t.Code));
    }

    private Touch Touch(string code, string? source = null) => new(code, _clock.Now, source, null);
}
