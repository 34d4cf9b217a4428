using System.Resources;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Areas.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Areas.Identity;

public sealed class IdentityPagesTests
{
    [Fact]
    public async Task Pages_OfIdentityUi_AreAllOurs()
    {
        await using var portal = await TestPortal.StartAsync();
        var loader = portal.Services.GetRequiredService<PageLoader>();
        var pages = portal.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>().ToList();
        Assert.True(pages.Count > 30);

        foreach (var page in pages)
        {
            var loaded = await loader.LoadAsync(page, Microsoft.AspNetCore.Http.EndpointMetadataCollection.Empty);
            Assert.True(loaded.PageTypeInfo.Assembly == typeof(IdentityText).Assembly, $"{page.RelativePath} is a page of {loaded.PageTypeInfo.Assembly.GetName().Name}.");
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task Pages_InBothLanguages_ShowNoRawKey(string language)
    {
        await using var portal = await TestPortal.StartAsync();
        await new World(portal).PersonAsync("Nina Novak", "nina@novak.test", language);
        using var visitor = new FormClient(portal, language);
        var paths = portal.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>()
            .Where(p => p.ViewEnginePath is not ("/Error" or "/Account/ExternalLogin" or "/Account/Manage/ExternalLogins"))
            .Select(p => "/Identity" + p.ViewEnginePath).Distinct().ToList();
        var keys = KeysOf(typeof(IdentityText));

        // Once as a stranger, once signed in.
        foreach (var path in paths)
        {
            await CheckAsync(path);
        }

        await visitor.SignInAsync("nina@novak.test");
        foreach (var path in paths.Where(p => p.Contains("/Manage", StringComparison.Ordinal) || p.EndsWith("/Logout", StringComparison.Ordinal)))
        {
            await CheckAsync(path);
        }

        async Task CheckAsync(string path)
        {
            await visitor.OpenAsync(path);
            Assert.Equal(200, (int)visitor.Status);
            Assert.Equal(language, visitor.Page.DocumentElement.GetAttribute("lang"));
            Assert.False(string.IsNullOrWhiteSpace(visitor.Page.Title), path);
            var shown = visitor.Page.DocumentElement.OuterHtml.Split(['>', '<', '"']).Select(t => t.Trim()).ToHashSet(StringComparer.Ordinal);
            Assert.Empty(keys.Where(shown.Contains).Select(k => $"{path} shows {k}"));
        }
    }

    [Fact]
    public async Task ExternalLogin_WithoutProviders_IsNotThere()
    {
        await using var portal = await TestPortal.StartAsync();
        using var visitor = new FormClient(portal);

        await visitor.OpenAsync("/Identity/Account/ExternalLogin");

        Assert.Equal(404, (int)visitor.Status);
    }

    [Fact]
    public async Task Post_WithoutToken_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        using var visitor = new FormClient(portal);

        using var answer = await visitor.Http.PostAsync(PortalUrls.SignIn, new FormUrlEncodedContent([new("Input.Email", "nina@novak.test"), new("Input.Password", World.Password)]));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("This form is too old", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TooOften_IsRefusedInWords()
    {
        await using var portal = await TestPortal.StartAsync();
        using var visitor = new FormClient(portal);
        for (var i = 0; i < 21; i++)
        {
            await visitor.OpenAsync(PortalUrls.SignIn);
            await visitor.SendAsync(new() { ["Input.Email"] = "" });
        }

        Assert.Equal(429, (int)visitor.Status);
        Assert.Contains("Wait a minute", visitor.Text, StringComparison.Ordinal);
    }

    private static HashSet<string> KeysOf(Type text)
    {
        var set = new ResourceManager(text.FullName!, text.Assembly).GetResourceSet(System.Globalization.CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
        return [.. set.Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key)];
    }
}
