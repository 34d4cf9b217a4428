namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>What purchases must come to by a plan of three levels that skips who is suspended, in as few words as possible.</summary>
public sealed class EarningModel
{
    /// <summary>Of each purchase, in cents; one refund takes half of it. Shares and their halves are whole.</summary>
    public const long Amount = 10_000;

    /// <summary>In hundredths of a percent.</summary>
    public static readonly int[] Rates = [1000, 500, 100];

    private readonly List<(int Halves, List<(int Slot, long Amount)> Shares)> _purchases = [];

    public int Count => _purchases.Count;

    /// <summary>What each slot has, in cents.</summary>
    public Dictionary<int, long> Balances => _purchases.SelectMany(p => p.Shares.Select(s => (s.Slot, Sum: s.Amount / 2 * p.Halves))).GroupBy(s => s.Slot).ToDictionary(g => g.Key, g => g.Sum(s => s.Sum));

    public bool Buy(int buyer, int? partner, int?[] sponsors, Func<int, bool> isActive)
    {
        var shares = new List<(int, long)>();
        var chain = new List<int>();
        for (var at = partner; at is { } holder && chain.Count < Rates.Length && !chain.Contains(holder); at = sponsors[holder])
        {
            if (isActive(holder) && holder != buyer)
            {
                shares.Add((holder, Amount * Rates[chain.Count] / 10_000));
            }

            chain.Add(holder);
        }

        _purchases.Add((2, shares));
        return true;
    }

    public bool CanRefund(int index) => Count > 0 && _purchases[index % Count].Halves > 0;

    public bool Refund(int index)
    {
        var (halves, shares) = _purchases[index % Count];
        _purchases[index % Count] = (halves - 1, shares);
        return true;
    }
}
