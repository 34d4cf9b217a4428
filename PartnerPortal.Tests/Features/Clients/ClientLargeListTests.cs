using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Clients;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

/// <summary>From some thousands of lines on, the list is found by other ways than a short one; what is found must be the same.</summary>
public sealed class ClientLargeListTests
{
    private const int Lines = 5_400;
    private static readonly DateTime Day = new(2026, 12, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory, OnSqlite, OnPostgres]
    public async Task PageAsync_ThousandsOfLines_FindsAndSortsAsInMemory(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var other = await world.IntegratorAsync("Other Partner");
        await portal.AddAsync([.. Enumerable.Range(0, Lines).Select(i => Line(partner, i)), .. Enumerable.Range(0, 60).Select(i => Line(other, i))]);
        // By a trigger, usually; here there are no purchases. Two groups are about to lapse, one is not.
        foreach (var (rest, days) in new[] { (0, 10), (1, 20), (2, -29) })
        {
            await portal.ReadAsync(db => db.ClientRecords.Where(r => r.Id % 40 == rest).ExecuteUpdateAsync(s => s.SetProperty(r => r.PaidUntil, Day.AddDays(days)).SetProperty(r => r.Status, ClientStatus.Active)));
        }

        var all = new List<ClientRow>();
        await portal.CallAsync<ClientQueries, int>(async q =>
        {
            await foreach (var row in q.AllAsync(new ClientFilter(), ClientSorting.Newest, partner, default))
            {
                all.Add(row);
            }

            return 0;
        });
        Assert.Equal(Lines, all.Count);

        // One line, some, more than are sorted, more than are counted; short ones; a number in two spellings; a tag with other words.
        foreach (var filter in new ClientFilter[]
        {
            new("person04321"), new("quinn"), new("person0"), new("example.test"), new("q"), new("n"), new("qu"), new("zz"), new("quinn 00"), new("q person"),
            new("030 000 0432 1", Country: "DE"), new("person012", Tag: "vip"), new(Tag: "vip"), new(Statuses: [ClientStatus.Lapsed]), new("pe", Statuses: [ClientStatus.Lapsed]),
            new(LapsingAt: Day), new("person02", LapsingAt: Day),
        })
        {
            foreach (var sorting in new[] { ClientSorting.Newest, new ClientSorting(ClientSort.Name, true), new ClientSorting(ClientSort.Email, false) })
            {
                await AgreesAsync(filter, sorting);
            }
        }

        async Task AgreesAsync(ClientFilter filter, ClientSorting sorting)
        {
            var expected = all.Where(r => Matches(r, filter)).ToList();
            var name = $"{filter} {sorting}";

            var first = await portal.PageAsync(partner, filter, sorting);
            var second = first.Page.Next is { } next ? await portal.PageAsync(partner, filter, sorting, next) : null;

            Assert.Equal((name, Math.Min(expected.Count, 50)), (name, first.Page.Items.Count));
            Assert.Equal((name, Math.Clamp(expected.Count - 50, 0, 50)), (name, second?.Page.Items.Count ?? 0));
            Assert.Equal((name, true), (name, first.IsMore ? expected.Count > first.Total : expected.Count == first.Total));
            Assert.Equal((name, string.Join(' ', Sorted(expected, sorting).Take(100).Select(r => r.Id))), (name, string.Join(' ', first.Page.Items.Concat(second?.Page.Items ?? []).Select(r => r.Id))));
        }
    }

    private static ClientRecord Line(PartnerPortal.Identity.Actor partner, int i)
    {
        var line = ClientLines.Typed(
            partner, i % 600 == 3 ? $"Quinn {i:00000}" : $"Person{i:00000}", i % 4 == 0 ? null : $"p{i}@{(i % 3 == 0 ? "example" : "mail")}.test", $"+4930000{i:00000}",
            new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i * 7 % Lines));
        if (i % 100 == 12)
        {
            line.AddTag("vip");
        }

        if (i % 50 == 1)
        {
            line.Lapse();
        }

        return line;
    }

    private static bool Matches(ClientRow row, ClientFilter filter)
    {
        var text = SearchText.Fold(string.Join(' ', [row.Name, row.Email, row.Phone, .. row.Tags]));
        var isNumber = filter.Search?.StartsWith("030", StringComparison.Ordinal) == true;
        return (isNumber ? text.Contains("4930000" + filter.Search![8..].Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal)
                : (filter.Search ?? "").Split(' ').All(word => text.Contains(word, StringComparison.Ordinal)))
            && (filter.LapsingAt is not { } now || (row.Money?.PaidUntil is { } until && ClientFilter.IsLapsing(until, now)))
            && (filter.Tag is null || row.Tags.Contains(filter.Tag))
            && (filter.Statuses is null || filter.Statuses.Contains(row.Status));
    }

    private static IEnumerable<ClientRow> Sorted(List<ClientRow> rows, ClientSorting sorting) => sorting.By switch
    {
        ClientSort.Name => rows.OrderBy(r => SearchText.Fold(r.Name), StringComparer.Ordinal).ThenBy(r => r.Id),
        ClientSort.Email => rows.OrderBy(r => r.Email is null).ThenByDescending(r => r.Email, StringComparer.Ordinal).ThenByDescending(r => r.Id),
        _ => rows.OrderByDescending(r => r.Since).ThenByDescending(r => r.Id),
    };
}
