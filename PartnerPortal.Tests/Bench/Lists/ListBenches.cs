using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Bench.Data;

namespace PartnerPortal.Tests.Bench.Lists;

/// <summary>The list of a partner with a million clients, beside the same SQL written by hand on the same file.</summary>
internal static class ListBenches
{
    public static async Task PageAsync(BenchRun run, CancellationToken ct)
    {
        var million = await run.SharedAsync(() => MillionClients.MakeAsync(run, ct));
        using var hand = new HandMadeList(million.File);
        var queries = QueriesOf(million);
        var (ours, theirs) = await InTurn.MedianAsync(
            async () =>
            {
                await queries.OverviewAsync(null, million.Big, ct);
                Full(await PageOfAsync(queries, million.Big, new ClientFilter(), null, ct));
            },
            () => Expect(HandMadeList.Size, hand.FirstPage(million.Big.AccountId!.Value)),
            ct);
        run.Compare("first page of 1,000,000, with tabs and tags / the same SQL by hand", "ms", ours, theirs, Goal.AtMost(2));
        run.Figure("size of the file per client", "bytes", (double)new FileInfo(million.File).Length / MillionClients.Many);

        var last = await PageOfAsync(queries, million.Big, new ClientFilter(), null, ct, new ClientSorting(ClientSort.Since, true));
        // A step into the reversed list from its beginning is a step back from the end of the plain one.
        var deepest = await DeepestAsync(queries, million.Big, last, ct);
        var (deep, first) = await InTurn.MedianAsync(
            async () => Full(await PageOfAsync(queries, million.Big, new ClientFilter(), deepest, ct)),
            async () => Full(await PageOfAsync(queries, million.Big, new ClientFilter(), null, ct)),
            ct);
        run.Compare("the deepest page / the first", "ms", deep, first, Goal.AtMost(1.5));
    }

    public static async Task SearchAsync(BenchRun run, CancellationToken ct)
    {
        var million = await run.SharedAsync(() => MillionClients.MakeAsync(run, ct));
        using var hand = new HandMadeList(million.File);
        var queries = QueriesOf(million);
        var (big, small) = (million.Big.AccountId!.Value, million.Small.AccountId!.Value);
        await SearchedAsync("1 hit", million.InOne, million.Big, 1, text => hand.Rare(big, text));
        await SearchedAsync("1,000 hits", MillionClients.InThousand, million.Big, 50, text => hand.RareCounted(big, text));
        await SearchedAsync("300,000 hits", MillionClients.InThreeHundredThousand, million.Big, 50, text => hand.Frequent(big, text));
        await SearchedAsync("one character", "a", million.Big, 50, text => hand.Frequent(big, text));
        await SearchedAsync("one character, rare", "q", million.Big, 21, text => hand.Frequent(big, text));
        await SearchedAsync("two characters", "na", million.Big, 50, text => hand.Frequent(big, text));
        await SearchedAsync("two characters, rare", "qu", million.Big, 20, text => hand.Frequent(big, text));
        await SearchedAsync("in 1,000 of 1,001,000", MillionClients.InThreeHundredThousand, million.Small, 50, text => hand.Frequent(small, text));

        async Task SearchedAsync(string what, string text, Actor actor, int found, Func<string, int> byHand)
        {
            var (ours, theirs) = await InTurn.MedianAsync(
                async () => await Expect(found, (await PageOfAsync(queries, actor, new ClientFilter(Search: text), null, ct)).Page.Items.Count),
                () => Expect(found, byHand(text)),
                ct);
            run.Compare($"search by any part in 1,000,000, {what} / by hand", "ms", ours, theirs, Goal.AtMost(3));
        }
    }

    private static ClientQueries QueriesOf(MillionClients million) =>
        new(million.Portal.Services.GetRequiredService<PortalDb>(), million.Portal.Services.GetRequiredService<PreparedStatements>());

    private static Task<ClientPage> PageOfAsync(ClientQueries queries, Actor actor, ClientFilter filter, string? at, CancellationToken ct, ClientSorting? sorting = null) =>
        queries.PageAsync(filter, sorting ?? ClientSorting.Newest, at, ClientQueries.PageSize, actor, ct);

    /// <summary>The cursor of the last page: the one that ends before the oldest line but fifty.</summary>
    private static async Task<string> DeepestAsync(ClientQueries queries, Actor actor, ClientPage oldestFirst, CancellationToken ct)
    {
        var start = oldestFirst.Page.Items[^1];
        var cursor = new ClientCursor(false, new ClientPlace(ClientPlace.KeyOf(start.Since), start.Id), MillionClients.Many - ClientQueries.PageSize + 1).Encode(ClientSort.Since);
        var page = await PageOfAsync(queries, actor, new ClientFilter(), cursor, ct);
        return page.Page.Items[^1].Id == oldestFirst.Page.Items[0].Id ? cursor : throw new InvalidOperationException("That is not the last page.");
    }

    private static void Full(ClientPage page)
    {
        if (page.Page.Items.Count < ClientQueries.PageSize - 1)
        {
            throw new InvalidOperationException($"The page holds {page.Page.Items.Count} lines.");
        }
    }

    private static Task Expect(int expected, int found) => found == expected ? Task.CompletedTask : throw new InvalidOperationException($"{found} lines were found, not {expected}.");
}
