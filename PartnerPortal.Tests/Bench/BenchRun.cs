namespace PartnerPortal.Tests.Bench;

/// <summary>What a ratio of this side to that side has to reach.</summary>
/// <param name="Limit">The ratio.</param>
/// <param name="IsUpper">It must not be exceeded; else it must be reached.</param>
internal sealed record Goal(double Limit, bool IsUpper)
{
    public static Goal AtMost(double ratio) => new(ratio, true);

    public static Goal AtLeast(double ratio) => new(ratio, false);

    public bool IsHeldBy(double ratio) => IsUpper ? ratio <= Limit : ratio >= Limit;

    public override string ToString() => $"{(IsUpper ? "≤" : "≥")} {Limit:0.##}×";
}

/// <summary>One line of the table.</summary>
/// <param name="Bench">The measurement's name, as on the command line.</param>
/// <param name="What">What was measured, in words.</param>
/// <param name="Unit">Of both sides.</param>
/// <param name="Ours">The portal's figure: the median of several runs.</param>
/// <param name="Theirs">The figure it is held against; null where there is none.</param>
/// <param name="Goal">Null for a figure that is only told.</param>
/// <param name="Limit">An upper limit of our own figure, where the goal is no ratio; null otherwise.</param>
internal sealed record BenchLine(string Bench, string What, string Unit, double Ours, double? Theirs, Goal? Goal, double? Limit)
{
    public double? Ratio => Theirs is { } theirs ? Ours / theirs : null;

    /// <summary>Null where nothing has to be held.</summary>
    public bool? Held => (Goal, Ratio, Limit) switch
    {
        ({ } goal, { } ratio, _) => goal.IsHeldBy(ratio),
        (_, _, { } limit) => Ours <= limit,
        _ => null,
    };
}

/// <summary>Collects the figures of one run, and keeps what several measurements share until its end.</summary>
internal sealed class BenchRun : IAsyncDisposable
{
    private readonly List<BenchLine> _lines = [];
    private readonly Dictionary<Type, object> _shared = [];
    private readonly Stack<IAsyncDisposable> _toDispose = new();
    private string _bench = "";

    public IReadOnlyList<BenchLine> Lines => _lines;

    /// <summary>A folder for this run's files; gone at its end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-bench-").FullName;

    public void Begin(string bench) => _bench = bench;

    /// <summary>Both sides of a comparison, in the same unit.</summary>
    public void Compare(string what, string unit, double ours, double theirs, Goal goal) => Add(new BenchLine(_bench, what, unit, ours, theirs, goal, null));

    /// <summary>A figure beside another, without a goal.</summary>
    public void Beside(string what, string unit, double ours, double theirs) => Add(new BenchLine(_bench, what, unit, ours, theirs, null, null));

    /// <summary>A figure that is only told, or one with an upper limit.</summary>
    public void Figure(string what, string unit, double value, double? limit = null) => Add(new BenchLine(_bench, what, unit, value, null, null, limit));

    /// <summary>Made when the first measurement asks for it, disposed when all have ended.</summary>
    public async Task<T> SharedAsync<T>(Func<Task<T>> make)
        where T : class, IAsyncDisposable
    {
        if (!_shared.TryGetValue(typeof(T), out var there))
        {
            var made = await make();
            _shared.Add(typeof(T), made);
            _toDispose.Push(made);
            return made;
        }

        return (T)there;
    }

    public async ValueTask DisposeAsync()
    {
        while (_toDispose.TryPop(out var shared))
        {
            await shared.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private void Add(BenchLine line)
    {
        _lines.Add(line);
        Console.WriteLine("  " + BenchTable.Short(line));
    }
}
