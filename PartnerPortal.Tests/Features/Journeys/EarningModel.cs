namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>What purchases must come to by a plan of three levels that skips who is suspended, in as few words as possible.</summary>
public sealed class EarningModel
{
    /// <summary>Of each purchase, in cents; one refund takes half of it. Shares and their halves are whole.</summary>
    public const long Amount = 10_000;

    /// <summary>In hundredths of a percent.</summary>
    public static readonly int[] Rates = [1000, 500, 100];

    private readonly List<Purchase> _purchases = [];

    public int Count => _purchases.Count;

    /// <summary>What each slot has, in cents.</summary>
    public Dictionary<int, long> Balances => _purchases.SelectMany(p => SharesOf(p).Select(s => (s.Slot, Sum: s.Amount / 2 * p.Halves))).GroupBy(s => s.Slot).ToDictionary(g => g.Key, g => g.Sum(s => s.Sum));

    /// <summary>Keeps how all stood just then.</summary>
    /// <param name="buyer">The client.</param>
    /// <param name="under">What it was bought under; null without a partner.</param>
    /// <param name="sponsors">Of each slot.</param>
    /// <param name="madeBy">What made each sponsor; null where staff did.</param>
    /// <param name="active">Whether each slot is an active partner.</param>
    public bool Buy(int buyer, AttributionModel.Link? under, int?[] sponsors, AttributionModel.Link?[] madeBy, bool[] active)
    {
        _purchases.Add(new Purchase(buyer, under, [.. sponsors], [.. madeBy], active) { Partner = under?.Partner });
        return true;
    }

    public bool CanRefund(int index) => Count > 0 && _purchases[index % Count].Halves > 0;

    public bool Refund(int index)
    {
        _purchases[index % Count].Halves--;
        return true;
    }

    /// <summary>What was bought under an undone attribution is another's, or nobody's.</summary>
    public void GiveTo(AttributionModel.Link undone, int? partner) => _purchases.FindAll(p => p.Under == undone).ForEach(p => p.Partner = partner);

    /// <summary>The sponsor that an undone attribution made is none, or from another one on its partner.</summary>
    public void Unmake(AttributionModel.Link undone, AttributionModel.Link? instead)
    {
        foreach (var (index, purchase) in _purchases.Index().Where(p => p.Item.MadeBy[undone.Client] == undone))
        {
            purchase.Sponsors[undone.Client] = instead is not null && index >= instead.Start ? instead.Partner : null;
        }
    }

    private static List<(int Slot, long Amount)> SharesOf(Purchase purchase)
    {
        var (shares, chain) = (new List<(int, long)>(), new List<int>());
        for (var at = purchase.Partner; at is { } holder && chain.Count < Rates.Length && !chain.Contains(holder); at = purchase.Sponsors[holder])
        {
            if (purchase.Active[holder] && holder != purchase.Buyer)
            {
                shares.Add((holder, Amount * Rates[chain.Count] / 10_000));
            }

            chain.Add(holder);
        }

        return shares;
    }

    private sealed class Purchase(int buyer, AttributionModel.Link? under, int?[] sponsors, AttributionModel.Link?[] madeBy, bool[] active)
    {
        public int Buyer => buyer;

        public AttributionModel.Link? Under => under;

        public int?[] Sponsors => sponsors;

        public AttributionModel.Link?[] MadeBy => madeBy;

        public bool[] Active => active;

        public int? Partner { get; set; }

        public int Halves { get; set; } = 2;
    }
}
