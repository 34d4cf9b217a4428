namespace PartnerPortal.Tests.Support;

/// <summary>For tests that look through many things: says all that is wrong, not the first few.</summary>
public static class Findings
{
    public static void None(IEnumerable<string?> findings)
    {
        var all = findings.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:\n" + string.Join('\n', all));
    }
}
