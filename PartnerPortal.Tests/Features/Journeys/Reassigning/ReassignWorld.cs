using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Reassigning;

/// <summary>Staff who reassigns clients, and what came of it.</summary>
internal sealed class ReassignWorld(TestPortal portal)
{
    public World People { get; } = new(portal);

    public MoneyWorld Money { get; } = new(portal);

    public async Task<long> DraftAsync(Actor staff, IReadOnlyList<long> clients, long? to, UnpaidLines lines, DateTime? startsAt = null)
    {
        var id = (await portal.CallAsync<DraftReassignment, Result<long>>(d => d.ExecuteAsync(ReassignSelection.Of(clients), staff, default))).Value;
        Assert.Null((await ChooseAsync(staff, id, new ReassignChoice(to, lines, startsAt, "The partner gives up"))).Error);
        return id;
    }

    public Task<Result<Done>> ChooseAsync(Actor staff, long id, ReassignChoice choice) => portal.CallAsync<ChangeReassignment, Result<Done>>(c => c.ExecuteAsync(id, choice, staff, default));

    public Task<Result<ReassignmentState>> ConfirmAsync(Actor staff, long id) => portal.CallAsync<ConfirmReassignment, Result<ReassignmentState>>(c => c.ExecuteAsync(id, staff, default));

    public Task<int> RunAsync() => portal.CallAsync<RunReassignments, int>(r => r.ExecuteAsync(default));

    public async Task<long> ReassignAsync(Actor staff, IReadOnlyList<long> clients, long to, UnpaidLines lines)
    {
        var id = await DraftAsync(staff, clients, to, lines);
        Assert.Null((await ConfirmAsync(staff, id)).Error);
        await RunAsync();
        return id;
    }

    public async Task<Error?> UndoAsync(Actor staff, long id)
    {
        var result = await portal.CallAsync<UndoReassignment, Result<Done>>(u => u.ExecuteAsync(id, "It was the wrong partner", staff, default));
        await RunAsync();
        return result.Error;
    }

    public Task<ReassignmentSums?> SumsAsync(Actor staff, long id) => portal.CallAsync<ReassignmentQueries, ReassignmentSums?>(q => q.SumsAsync(id, staff, default));

    public Task<Page<ReassignedRow>> RowsAsync(Actor staff, long id, bool onlyRefused = false) =>
        portal.CallAsync<ReassignmentQueries, Page<ReassignedRow>>(q => q.ClientsAsync(id, onlyRefused, null, staff, default));

    public Task<long?> PartnerOfAsync(long client) => portal.ReadAsync(db => db.Attributions.Where(a => a.ClientId == client && a.EndedAt == null).Select(a => (long?)a.PartnerId).SingleOrDefaultAsync());

    /// <summary>What <c>verify</c> finds.</summary>
    public async Task<IReadOnlyList<BookFinding>> FindingsAsync() =>
        [.. (await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings, .. (await portal.CallAsync<VerifyPayouts, PayoutReport>(v => v.ExecuteAsync(default))).Findings];
}
