namespace PartnerPortal.Documents.Text;

/// <summary>The characters of one isolating run sequence (UAX #9, BD13) and the rules W1 to W7, N0 to N2 and I1, I2 on them.</summary>
internal sealed class BidiRun(byte level)
{
    private readonly List<int> _places = [];
    private readonly List<char> _chars = [];
    private readonly List<BidiClass> _classes = [];
    private readonly BidiClass _own = level % 2 == 0 ? BidiClass.L : BidiClass.R;

    public void Add(int place, char c, BidiClass of)
    {
        // X9: passed over, as if they were not there.
        if (of is not BidiClass.BN)
        {
            _places.Add(place);
            _chars.Add(c);
            _classes.Add(of);
        }
    }

    public void Resolve(byte[] levels)
    {
        ResolveWeak();
        ResolveBrackets();
        ResolveNeutral();
        for (var i = 0; i < _places.Count; i++)
        {
            levels[_places[i]] = (byte)(level + (level % 2 == 0
                ? _classes[i] switch { BidiClass.R => 1, BidiClass.AN or BidiClass.EN => 2, _ => 0 }
                : _classes[i] is BidiClass.R ? 0 : 1));
        }
    }

    private void ResolveWeak()
    {
        var (strong, before) = (_own, _own);
        for (var i = 0; i < _classes.Count; i++)
        {
            // W1, then W2: a number after an Arabic letter is an Arabic one.
            var of = _classes[i] is BidiClass.NSM ? before : _classes[i];
            of = of is BidiClass.EN && strong is BidiClass.AL ? BidiClass.AN : of;
            strong = BidiClasses.IsStrong(of) ? of : strong;
            (_classes[i], before) = (of, of);
        }

        for (var i = 0; i < _classes.Count; i++)
        {
            _classes[i] = _classes[i] is BidiClass.AL ? BidiClass.R : Separator(i);
        }

        ResolveTerminators();
        strong = _own;
        for (var i = 0; i < _classes.Count; i++)
        {
            strong = BidiClasses.IsStrong(_classes[i]) ? _classes[i] : strong;
            _classes[i] = _classes[i] switch
            {
                BidiClass.ES or BidiClass.ET or BidiClass.CS => BidiClass.ON,
                BidiClass.EN when strong is BidiClass.L => BidiClass.L,
                var other => other,
            };
        }
    }

    /// <summary>W4: one separator between two numbers of a kind belongs to them.</summary>
    private BidiClass Separator(int i)
    {
        if (_classes[i] is not (BidiClass.ES or BidiClass.CS) || i == 0 || i + 1 == _classes.Count || _classes[i - 1] != _classes[i + 1])
        {
            return _classes[i];
        }

        return _classes[i - 1] is BidiClass.EN || (_classes[i - 1] is BidiClass.AN && _classes[i] is BidiClass.CS) ? _classes[i - 1] : _classes[i];
    }

    /// <summary>W5: signs before or after a European number, such as "€" and "%", belong to it.</summary>
    private void ResolveTerminators()
    {
        for (var i = 0; i < _classes.Count; i++)
        {
            var end = EndOf(i, c => c is BidiClass.ET);
            if (end > i && ((i > 0 && _classes[i - 1] is BidiClass.EN) || (end < _classes.Count && _classes[end] is BidiClass.EN)))
            {
                Fill(i, end, BidiClass.EN);
            }

            i = Math.Max(i, end - 1);
        }
    }

    /// <summary>N0: both brackets of a pair take one direction.</summary>
    private void ResolveBrackets()
    {
        var open = new Stack<(int Place, char Closer)>();
        var pairs = new List<(int Open, int Close)>();
        for (var i = 0; i < _chars.Count; i++)
        {
            if (_classes[i] is BidiClass.ON && _chars[i] is '(' or '[' or '{')
            {
                open.Push((i, _chars[i] switch { '(' => ')', '[' => ']', _ => '}' }));
            }
            else if (_classes[i] is BidiClass.ON && open.Any(o => o.Closer == _chars[i]))
            {
                while (open.Pop() is var (place, closer))
                {
                    if (closer == _chars[i])
                    {
                        pairs.Add((place, i));
                        break;
                    }
                }
            }
        }

        foreach (var (from, to) in pairs.OrderBy(p => p.Open))
        {
            var inside = Enumerable.Range(from + 1, to - from - 1).Select(i => Direction(_classes[i])).OfType<BidiClass>().ToHashSet();
            if (inside.Count > 0)
            {
                var before = Enumerable.Range(0, from).Select(i => Direction(_classes[i])).OfType<BidiClass>().LastOrDefault(_own);
                _classes[from] = _classes[to] = inside.Contains(_own) ? _own : before;
            }
        }
    }

    /// <summary>N1, N2: what has no direction goes with its neighbours when they agree, else with the line.</summary>
    private void ResolveNeutral()
    {
        for (var i = 0; i < _classes.Count; i++)
        {
            var end = EndOf(i, c => Direction(c) is null);
            if (end > i)
            {
                var before = i == 0 ? _own : Direction(_classes[i - 1]);
                var after = end == _classes.Count ? _own : Direction(_classes[end]);
                Fill(i, end, before == after && before is { } agreed ? agreed : _own);
                i = end - 1;
            }
        }
    }

    private int EndOf(int start, Func<BidiClass, bool> belongs)
    {
        var end = start;
        while (end < _classes.Count && belongs(_classes[end]))
        {
            end++;
        }

        return end;
    }

    private void Fill(int start, int end, BidiClass with)
    {
        for (var i = start; i < end; i++)
        {
            _classes[i] = with;
        }
    }

    private static BidiClass? Direction(BidiClass c) => c switch { BidiClass.L => BidiClass.L, BidiClass.R or BidiClass.AL or BidiClass.EN or BidiClass.AN => BidiClass.R, _ => null };
}
