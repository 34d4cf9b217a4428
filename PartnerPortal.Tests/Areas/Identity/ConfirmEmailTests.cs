using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Areas.Identity;

/// <summary>Somebody registers with another's address: the owner's click must not let him in.</summary>
public sealed class ConfirmEmailTests
{
    private const string Address = "victim@example.test";
    private const string Chosen = "a password of my own";

    [Fact]
    public async Task Open_InAnotherBrowser_ConfirmsNothingAndAsks()
    {
        await using var portal = await TestPortal.StartAsync();
        var link = await RegisterAsync(portal, "attackers password");

        var owner = new FormClient(portal);
        await owner.OpenAsync(link);

        Assert.Contains("Type the password that you chose", owner.Text, StringComparison.Ordinal);
        Assert.False(await IsConfirmedAsync(portal));
        await owner.SendAsync(new() { ["Password"] = "not that one at all" });
        Assert.False(await IsConfirmedAsync(portal));
        await owner.SendAsync(new() { ["Password"] = "attackers password" });
        Assert.True(await IsConfirmedAsync(portal));
        Assert.True(await owner.IsSignedInAsync());
    }

    [Fact]
    public async Task Open_ChoosesAnew_ReplacesThePasswordOfWhoRegistered()
    {
        await using var portal = await TestPortal.StartAsync();
        var link = await RegisterAsync(portal, "attackers password");

        var owner = new FormClient(portal);
        await owner.OpenAsync(link + "&anew=true");
        await owner.SendAsync(new() { ["Password"] = Chosen });

        Assert.True(await owner.IsSignedInAsync());
        var attacker = new FormClient(portal);
        await attacker.SignInAsync(Address, "attackers password");
        Assert.False(await attacker.IsSignedInAsync());
    }

    private static async Task<string> RegisterAsync(TestPortal portal, string password)
    {
        var stranger = new FormClient(portal);
        await stranger.OpenAsync(PortalUrls.RegisterAccount);
        await stranger.SendAsync(new() { ["Input.FullName"] = "Victor Victim", ["Input.Email"] = Address, ["Input.Password"] = password });
        return await portal.MailedPathAsync(Address, MailKinds.ConfirmEmail, PortalUrls.ConfirmEmail);
    }

    private static Task<bool> IsConfirmedAsync(TestPortal portal) => portal.ReadAsync(db => db.Users.Where(u => u.Email == Address).Select(u => u.EmailConfirmed).SingleAsync());
}
