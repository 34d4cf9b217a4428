using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Support;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Support;

public sealed class ImportPurchasesTests
{
    [Fact]
    public async Task Page_FileChosen_SaysWhatItWouldDoAndThenDoesIt()
    {
        await using var portal = await TestPortal.StartAsync();
        var staff = await new World(portal).SupportAsync();
        var client = AccountNumber.Offset + (await new MoneyWorld(portal).PartnersAsync(1))[0];
        await using var pages = new ClientPages(portal, staff);
        var page = pages.Render<ImportPurchases>();

        var input = page.FindComponent<InputFile>();
        await page.InvokeAsync(() => input.Instance.OnChange.InvokeAsync(new InputFileChangeEventArgs([new TypedFile(
            $"external_id,client,product,currency,amount,occurred_at\nf-1,{client},team,EUR,80,2026-11-20\nf-2,{client},team,EUR,x,2026-11-20\n")])));

        Assert.Contains("One purchase would be recorded. 0 lines were recorded before. One line cannot be recorded.", Tidy(page.Find(".notice").TextContent), StringComparison.Ordinal);
        Assert.Contains("This is no amount", page.Find("tbody").TextContent, StringComparison.Ordinal);
        var wrong = pages.JSInterop.SetupModule("/js/portal.js").SetupVoid("download", _ => true);
        wrong.SetVoidResult();
        await page.ActAsync("#problems + button", b => b.ClickAsync());
        Assert.Equal("wrong-lines.csv", wrong.Invocations.Single().Arguments[0]);
        Assert.Equal(0, await portal.ReadAsync(db => db.Purchases.CountAsync()));
        await page.ActAsync(".btn.primary", b => b.ClickAsync());

        Assert.Contains("One purchase was recorded.", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await portal.ReadAsync(db => db.Purchases.CountAsync()));
    }

    private static string Tidy(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private sealed class TypedFile(string text) : IBrowserFile
    {
        private readonly byte[] _bytes = System.Text.Encoding.UTF8.GetBytes(text);

        public string Name => "purchases.csv";

        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

        public long Size => _bytes.Length;

        public string ContentType => "text/csv";

        public Stream OpenReadStream(long maxAllowedSize = 512_000, CancellationToken cancellationToken = default) => new MemoryStream(_bytes);
    }
}
