using PartnerPortal.Tests.Bench.Servers;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>Pages of both sides, opened in turn in steps; after each step both tidy up and their resident memory is read.</summary>
internal sealed class OpenPages(PageSide theirs, ServerProcess theirServer, PageSide ours, ServerProcess ourServer)
{
    public Side Theirs { get; } = new(theirs, theirServer);

    public Side Ours { get; } = new(ours, ourServer);

    /// <summary>The first step is what the others are held against: it takes the room that a process needs anyway.</summary>
    public async Task GrowAsync(int step, int most, CancellationToken ct)
    {
        for (var pages = step; pages <= most; pages += step)
        {
            await Theirs.GrowAsync(step, ct);
            await Ours.GrowAsync(step, ct);
        }
    }

    internal sealed class Side(PageSide page, ServerProcess server)
    {
        public List<CircuitClient> Open { get; } = [];

        /// <summary>Bytes after each step.</summary>
        public List<double> Resident { get; } = [];

        /// <summary>Bytes of one more page: the slope of the line through the steps.</summary>
        public double PerPage => BenchFigures.Slope(Resident) / ((double)Open.Count / Resident.Count);

        public async Task GrowAsync(int step, CancellationToken ct)
        {
            Open.AddRange(await page.OpenAsync(step, withScreen: true, ct));
            Resident.Add(await ServerMemory.SettleAsync(server, ct));
        }
    }
}
