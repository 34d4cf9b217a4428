using System.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Bench.Data;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Lists;

/// <summary>Clients created in batches by the use case, beside what would be possible if each cost a password hash.</summary>
internal static class CreateBench
{
    private const int Batch = 500;
    private const int Batches = 8;

    public static async Task RunAsync(BenchRun run, CancellationToken ct)
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var hasher = new PasswordHasher<PortalUser>();
        var (created, hashed) = (new List<double>(), new List<double>());
        for (var i = 0; i < Batches; i++)
        {
            var batch = Enumerable.Range(i * Batch, Batch).Select(Line.Of).Select(l => new NewClient(l.Name, l.Email, l.Phone, "DE", "en", "")).ToList();
            var start = Stopwatch.GetTimestamp();
            var result = await portal.CallAsync<CreateClients, PartnerPortal.Shared.Result<IReadOnlyList<CreatedClient>>>(u => u.ExecuteAsync(batch, partner, ct));
            created.Add(Batch / Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (!result.Ok || result.Value.Any(c => c.RecordId is null))
            {
                throw new InvalidOperationException("Not all clients of the batch were created.");
            }

            start = Stopwatch.GetTimestamp();
            hasher.HashPassword(new PortalUser(), World.Password);
            hashed.Add(Environment.ProcessorCount / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        run.Compare($"clients created in batches of {Batch} / cores ÷ one password hash", "per second", BenchFigures.Median(created), BenchFigures.Median(hashed), Goal.AtLeast(20));
    }
}
