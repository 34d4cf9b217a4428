namespace PartnerPortal.Tests.Bench;

/// <summary>One figure out of several.</summary>
internal static class BenchFigures
{
    public static double Median(IReadOnlyCollection<double> values) => Percentile(values, 50);

    /// <summary>The value that so many in a hundred do not exceed; between two values where it falls between them.</summary>
    public static double Percentile(IReadOnlyCollection<double> values, double percent)
    {
        var sorted = values.Order().ToList();
        var at = (sorted.Count - 1) * percent / 100;
        var below = sorted[(int)at];
        return below + ((sorted[Math.Min((int)at + 1, sorted.Count - 1)] - below) * (at - (int)at));
    }

    /// <summary>How much it grows from one value to the next: the least squares line through all.</summary>
    public static double Slope(IReadOnlyList<double> values)
    {
        var middle = (values.Count - 1) / 2.0;
        var mean = values.Average();
        return values.Select((v, i) => (i - middle) * (v - mean)).Sum() / values.Select((_, i) => (i - middle) * (i - middle)).Sum();
    }
}
