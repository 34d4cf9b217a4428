using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Program;

public sealed class ChangeProgramTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ValidForm_IsInForceAtOnceAndAudited(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var owner = await new World(portal).OwnerAsync();
        var form = await FormAsync(portal);
        form.Name = "  Fernhill ";
        form.CookieWindowDays = "30";
        form.Accent = " FF6600";
        form.LogoInQr = true;
        form.ShowsEarnings = true;
        form.NewLogo = Svg("<rect width=\"4\" height=\"4\"/>");

        var result = await ChangeAsync(portal, form, owner);

        Assert.Equal(2, result.Value);
        var now = await portal.Services.GetRequiredService<ProgramSettingsSource>().GetAsync();
        Assert.Equal(("Fernhill", 30, "#ff6600", "image/svg+xml"), (now.Name, now.CookieWindowDays, now.Accent, now.LogoContentType));
        Assert.True(now.LogoInQr);
        Assert.True(now.ShowsEarnings);
        var entry = await portal.ReadAsync(db => db.AuditEntries.OrderBy(e => e.Id).LastAsync(e => e.Action == AuditActions.ProgramChanged));
        Assert.Contains("[\"PartnerPortal\",\"Fernhill\"]", entry.Details, StringComparison.Ordinal);
        Assert.Contains("\"LogoInQr\":[\"No\",\"Yes\"]", entry.Details, StringComparison.Ordinal);
        Assert.Contains("\"Accent\":[\"\",\"#ff6600\"]", entry.Details, StringComparison.Ordinal);
        Assert.Contains("[\"\",\"image/svg\\u002Bxml\"]", entry.Details, StringComparison.Ordinal);
        using var client = portal.CreateClient();
        using var logo = await client.GetAsync(new Uri(PortalUrls.Logo, UriKind.Relative));
        Assert.Contains("sandbox", logo.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_OlderVersion_IsRefusedAndNothingLost(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var owner = await new World(portal).OwnerAsync();
        var (mine, theirs) = (await FormAsync(portal), await FormAsync(portal));
        theirs.Footer = "Aarhus";
        mine.Name = "Mine";
        Assert.True((await ChangeAsync(portal, theirs, owner)).Ok);

        var result = await ChangeAsync(portal, mine, owner);

        Assert.IsType<ProgramChangedMeanwhile>(result.Error);
        var now = await portal.ReadAsync(db => db.ProgramSettings.SingleAsync());
        Assert.Equal(("PartnerPortal", "Aarhus"), (now.Name, now.Footer));
    }

    [Fact]
    public async Task ExecuteAsync_NotOwner_IsNotAllowed()
    {
        await using var portal = await TestPortal.StartAsync();
        var support = await new World(portal).SupportAsync();

        Assert.IsType<NotAllowed>((await ChangeAsync(portal, await FormAsync(portal), support)).Error);
    }

    [Fact]
    public void Check_WrongValues_NamesEachField()
    {
        var form = ProgramForm.Of(new ProgramSettings());
        form.Name = " ";
        form.Accent = "orange";
        form.SenderName = "a\nb";
        form.SenderAddress = "hello@fernhill";
        form.CookieWindowDays = "366";
        form.LapseAfterDays = "a month";
        form.RetentionDays = "29";
        form.AccessMaxDays = "366";
        form.ReassignUndoDays = "91";
        form.Switching = SwitchingRule.LockedForDays;
        form.SwitchingLockDays = "0";
        form.CoolingOffDays = "91";
        form.DefaultLanguage = "xx";
        form.DefaultCountry = "ZZ";
        form.NewLogo = "GIF89a"u8.ToArray();

        var fields = ProgramRules.Check(form).Select(e => e.Field).Order(StringComparer.Ordinal);

        Assert.Equal(["Accent", "AccessMaxDays", "CookieWindowDays", "CoolingOffDays", "DefaultCountry", "DefaultLanguage", "LapseAfterDays", "Logo", "Name", "ReassignUndoDays", "RetentionDays", "SenderAddress", "SenderName", "SwitchingLockDays"], fields);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", LogoProblem.ActiveSvg)]
    [InlineData("<rect onclick=\"alert(1)\"/>", LogoProblem.ActiveSvg)]
    [InlineData("<image href=\"https://elsewhere.test/x.png\"/>", LogoProblem.ActiveSvg)]
    [InlineData("<rect", LogoProblem.OtherKind)]
    [InlineData("<use href=\"#a\"/>", null)]
    public void Check_Svg_LooksInside(string content, LogoProblem? expected) => Assert.Equal(expected, LogoFile.Check(Svg(content), out _));

    [Fact]
    public void Check_Png_FollowsItsChunks()
    {
        byte[] png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        Assert.Null(LogoFile.Check(png, out var type));
        Assert.Equal("image/png", type);
        Assert.Equal(LogoProblem.OtherKind, LogoFile.Check(png.AsSpan(0, png.Length - 14), out _));
        Assert.Equal(LogoProblem.TooBig, LogoFile.Check(new byte[LogoFile.MaxBytes + 1], out _));
        Assert.Equal(LogoProblem.OtherKind, LogoFile.Check(Encoding.UTF8.GetBytes("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>"), out _));
    }

    [Fact]
    public void Of_ChangedForm_TellsEffects()
    {
        var (before, after) = (ProgramForm.Of(new ProgramSettings()), ProgramForm.Of(new ProgramSettings()));
        after.CookieWindowDays = "30";
        after.Leaving = SwitchingRule.LockedForDays;
        after.Switching = SwitchingRule.BySupport;
        after.CoolingOffDays = "0";
        after.RemoveLogo = true;
        before.Accent = "#ff6600";
        after.LogoInQr = true;
        after.ShowsEarnings = true;

        var effects = ProgramEffects.Of(before, after, hasLogo: true).Select(e => e.Name);

        Assert.Equal(["LogoInQr.Yes", "Accent.Own", "CookieWindowDays.Shorter", "Leaving.LockedForDays", "Switching.BySupport", "CoolingOffDays.None", "ShowsEarnings.Yes", "Logo.Removed"], effects);
    }

    private static byte[] Svg(string content) => Encoding.UTF8.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\">{content}</svg>");

    private static async Task<ProgramForm> FormAsync(TestPortal portal) => ProgramForm.Of(await portal.Services.GetRequiredService<ProgramSettingsSource>().GetAsync());

    private static Task<Result<int>> ChangeAsync(TestPortal portal, ProgramForm form, Actor actor) =>
        portal.CallAsync<ChangeProgram, Result<int>>(c => c.ExecuteAsync(form, actor, default));
}
