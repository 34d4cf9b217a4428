using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Bench.Data;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary>What support sees before it reassigns 10,000 clients with 100,000 purchases, beside the same questions by hand on the same file.</summary>
internal static class PreviewBench
{
    private const int Each = 10;
    private const int Clients = Reassignment.Most;

    /// <summary>The preview is to be there in that time; milliseconds.</summary>
    private const double Limit = 3000;

    public static async Task RunAsync(BenchRun run, CancellationToken ct)
    {
        var file = await ManyPurchases.MakeAsync(run, (Clients * Each) + ManyPurchases.Few, ct, Each);
        await using var portal = TestPortal.Open(file.File);
        var staff = await new World(portal).SupportAsync();
        var partners = await portal.ReadAsync(db => db.Accounts.Where(a => a.Name.EndsWith(" Partner")).ToDictionaryAsync(a => a.Name, a => a.Id, ct));
        var (big, small) = (partners["Big Partner"], partners["Small Partner"]);
        var id = (await portal.CallAsync<DraftReassignment, Result<long>>(d => d.ExecuteAsync(ReassignSelection.AllOf(big), staff, ct))).Value;
        var chosen = await portal.CallAsync<ChangeReassignment, Result<Done>>(c => c.ExecuteAsync(id, new ReassignChoice(small, UnpaidLines.Move, null, "The partner gives up"), staff, ct));
        if (!chosen.Ok)
        {
            throw new InvalidOperationException($"The draft was refused: {chosen.Error}.");
        }

        using var hand = new HandMadePreview(file.File);
        var (ours, theirs) = await InTurn.MedianAsync(() => LookAsync(portal, id, staff, ct), () => Task.FromResult(hand.Look(id, small, staff.UserId!.Value, Clients, Clients * Each)), ct);
        run.Compare($"preview of {Clients:N0} clients with {Clients * Each:N0} purchases / by hand", "ms", ours, theirs, Goal.AtMost(3));
        run.Figure("the preview", "ms", ours, Limit);
    }

    private static async Task LookAsync(TestPortal portal, long id, Actor staff, CancellationToken ct)
    {
        var sums = await portal.CallAsync<ReassignmentQueries, ReassignmentSums?>(q => q.SumsAsync(id, staff, ct));
        var first = await portal.CallAsync<ReassignmentQueries, Page<ReassignedRow>>(q => q.ClientsAsync(id, false, null, staff, ct));
        if (sums?.Waiting != Clients || sums.Sums.Single().Lines != Clients * Each || first.Items.Count != ReassignmentQueries.PageSize)
        {
            throw new InvalidOperationException("That is not the preview of all clients.");
        }
    }
}
