using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

/// <summary>Lines for a list, written straight into the database: the journeys that make them have tests of their own.</summary>
internal static class ClientLines
{
    public static ClientRecord Typed(Actor partner, string name, string? email, string? phone = null, DateTime? at = null, CameBy cameBy = CameBy.Created) =>
        ClientRecord.Invite(
            partner.AccountId!.Value,
            new TypedContact(name, email, EmailAddress.TryParse(email, out var address, out _) ? address.Normalized : null, phone),
            cameBy, "en", "", at ?? new DateTime(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc));

    public static async Task AddAsync(this TestPortal portal, params IEnumerable<ClientRecord> lines)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        foreach (var line in lines)
        {
            work.Db.ClientRecords.Add(line);
            work.Signal(ClientList.ChannelOf(line.PartnerId), "");
        }

        work.Audit(Actor.System, AuditActions.DemoSeeded, ("test", null));
        await work.CommitAsync(default);
    }

    /// <summary>Lines in which every sort key has ties and, where it may be missing, gaps.</summary>
    public static IEnumerable<ClientRecord> Mixed(Actor partner, int count)
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < count; i++)
        {
            var line = Typed(partner, $"name {i % 7}", i % 3 == 0 ? null : $"p{i:000}@x.test", null, start.AddDays(i * 5 % 11).AddMilliseconds(i % 2), (CameBy)(i % 7));
            switch (i % 5)
            {
                case 0:
                    line.Share($"name {i % 7}", i % 3 == 0 ? null : $"p{i:000}@x.test", null, "en", start.AddHours(i % 4).AddTicks(i % 2 * 10));
                    break;
                case 1:
                    line.Lapse();
                    break;
                case 2:
                    line.Leave("Somebody Else");
                    break;
                case 3:
                    line.Decline();
                    break;
            }

            yield return line;
        }
    }

    public static Task<ClientPage> PageAsync(this TestPortal portal, Actor actor, ClientFilter? filter = null, ClientSorting? sorting = null, string? at = null, int size = ClientQueries.PageSize) =>
        portal.CallAsync<ClientQueries, ClientPage>(q => q.PageAsync(filter ?? new ClientFilter(), sorting ?? ClientSorting.Newest, at, size, actor, default));

    public static async Task<IReadOnlyList<string>> NamesAsync(this TestPortal portal, Actor actor, string search, string? country = null) =>
        [.. (await portal.PageAsync(actor, new ClientFilter(search, Country: country), new ClientSorting(ClientSort.Name, true))).Page.Items.Select(r => r.Name)];
}
