using PartnerPortal.Components;

namespace PartnerPortal.Tests.Components;

public sealed class WentAheadTests
{
    private WentAhead _ahead;

    [Fact]
    public void IsOvertaken_OnlyTheLastCounts()
    {
        _ahead.Goes("/clients?at=1");
        _ahead.Goes("/clients?at=2");

        Assert.True(_ahead.IsOvertaken("/clients?at=1"));
        Assert.False(_ahead.IsOvertaken("/clients?at=2"));
    }

    [Fact]
    public void IsOvertaken_AnAddressThatSomebodyElseWentTo_Counts()
    {
        _ahead.Goes("/clients?at=1");

        Assert.False(_ahead.IsOvertaken("/clients?q=lamp"));
    }

    [Fact]
    public void IsOvertaken_WhatWasNeverSaidOf_IsForgotten()
    {
        _ahead.Goes("/clients?at=1");
        _ahead.Goes("/clients?at=2");

        Assert.False(_ahead.IsOvertaken("/clients?at=2"));
        Assert.False(_ahead.IsOvertaken("/clients?at=1"));
    }
}
