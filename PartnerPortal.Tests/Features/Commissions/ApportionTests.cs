using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Features.Commissions;

public sealed class ApportionTests
{
    private static readonly Gen<long> Amount = Gen.OneOf(Gen.Choose(0, 40).Select(n => (long)n), PlanGenerator.Long(0, 1_000_000), PlanGenerator.Long(0, Money.Largest));

    [Theory]
    [InlineData(8000, 1250, 10_000, 1000)]
    [InlineData(9995, 1000, 10_000, 1000)]
    [InlineData(9994, 1000, 10_000, 999)]
    [InlineData(1, 5000, 10_000, 1)]
    [InlineData(0, 1000, 10_000, 0)]
    [InlineData(1_000_000_000_000_000, 9999, 10_000, 999_900_000_000_000)]
    public void Rounded_HalfAUnit_GoesUp(long amount, long part, long whole, long expected) => Assert.Equal(expected, Apportion.Rounded(amount, part, whole));

    [Fact]
    public void LargestRemainder_EqualRemainders_TheEarlierGetsTheUnit() => Assert.Equal([4L, 3, 3], Apportion.LargestRemainder(10, [1, 1, 1]));

    [Fact]
    public void LargestRemainder_AnyWeights_SumsExactlyAndRoundsEachByLessThanAUnit()
    {
        var cases = from total in Amount from weights in Amount.NonEmptyListOf() where weights.Sum() > 0 && weights.Count <= 10 select (total, weights: weights.ToList());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(cases), c =>
        {
            var shares = Apportion.LargestRemainder(c.total, c.weights);
            var whole = c.weights.Aggregate((Int128)0, (sum, w) => sum + w);
            return shares.Sum() == c.total
                && shares.Select((s, i) => Int128.Abs(((Int128)s * whole) - ((Int128)c.total * c.weights[i])) < whole).All(ok => ok);
        }));
    }

    [Fact]
    public void TakeBack_AnyRefunds_NeverGivesAnythingBackAndLeavesNothingAtTheEnd()
    {
        var cases = from given in Amount.NonEmptyListOf()
                    where given.Count <= 10
                    from whole in PlanGenerator.Long(1, Money.Largest)
                    from parts in Gen.Choose(1, 1000).NonEmptyListOf()
                    select (given: given.ToList(), whole, parts: parts.ToList());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(cases), c =>
        {
            var taken = new long[c.given.Count];
            var refunded = 0L;
            foreach (var part in c.parts.Append(1000))
            {
                refunded = Math.Min(c.whole, refunded + Math.Max(1, Apportion.Floored(c.whole, part, 1000)));
                var next = Apportion.TakeBack(c.given, refunded, c.whole);
                if (next.Zip(taken).Any(x => x.First < x.Second) || next.Zip(c.given).Any(x => x.First > x.Second)
                    || next.Sum() != Apportion.Rounded(c.given.Sum(), refunded, c.whole))
                {
                    return false;
                }

                taken = next;
            }

            return refunded == c.whole && taken.SequenceEqual(c.given);
        }));
    }
}
