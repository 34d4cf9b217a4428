using PartnerPortal.Features.Program;

namespace PartnerPortal.Tests.Features.Journeys;

public enum StepKind
{
    Join,
    Refuse,
    Leave,
    Reassign,
    Suspend,
    Reinstate,
    Register,
    Confirm,
    Switching,
    Return,
    Sponsor,
    Buy,
    Refund,
}

/// <summary>One thing that somebody does. Slots are places among the test's people, of which the last have not registered at first.</summary>
/// <param name="Kind">What.</param>
/// <param name="Who">The slot of the client; of the partner for suspending.</param>
/// <param name="Whom">The slot of the partner, or of who becomes the sponsor.</param>
/// <param name="Also">A second client for reassigning; below three, somebody registers without a code.</param>
public sealed record Step(StepKind Kind, int Who, int Whom, int Also)
{
    public bool HasCode => Also > 2;

    /// <summary>What the program's rules become.</summary>
    public SwitchingRule Rule => Who % 3 == 0 ? SwitchingRule.BySupport : SwitchingRule.Allowed;

    /// <summary>So long is no run that a cooling-off would end.</summary>
    public int CoolingOffDays => Whom % 2 == 0 ? 0 : 14;

    public override string ToString() => Kind switch
    {
        StepKind.Leave or StepKind.Suspend or StepKind.Reinstate or StepKind.Confirm or StepKind.Return => $"{Kind}({Who})",
        StepKind.Switching => $"{Kind}({Rule}, {CoolingOffDays} days)",
        StepKind.Reassign => $"{Kind}({Who},{Also}->{Whom})",
        StepKind.Register => $"{Kind}({Who}->{(HasCode ? Whom.ToString(System.Globalization.CultureInfo.InvariantCulture) : "nobody")})",
        StepKind.Buy => $"Buy({Who})",
        StepKind.Refund => $"Refund({Who + Also})",
        StepKind.Join or StepKind.Refuse or StepKind.Sponsor => $"{Kind}({Who}->{Whom})",
    };
}

/// <summary>What the design says must come of the steps, in as few words as possible.</summary>
public sealed class AttributionModel
{
    public const int People = 12;
    public const int RegisteredAtFirst = 8;
    public const int Integrators = 3;

    private enum Standing
    {
        None,
        Active,
        Suspended,
    }

    private readonly Standing[] _standing = [.. Enumerable.Range(0, People).Select(i => i < Integrators ? Standing.Active : Standing.None)];
    private readonly int?[] _pending = new int?[People];
    private readonly bool[] _hadPartner = new bool[People];
    private readonly bool[] _cooling = new bool[People];
    private readonly (int Former, bool Shared)?[] _toUndo = new (int, bool)?[People];

    /// <summary>Has an account; not necessarily confirmed.</summary>
    public bool[] Exists { get; } = [.. Enumerable.Range(0, People).Select(i => i < RegisteredAtFirst)];

    public bool[] Confirmed { get; } = [.. Enumerable.Range(0, People).Select(i => i < RegisteredAtFirst)];

    public int?[] Partner { get; } = new int?[People];

    /// <summary>The client agreed to be seen by that partner.</summary>
    public bool[] Shared { get; } = new bool[People];

    public int?[] Sponsor { get; } = new int?[People];

    public HashSet<(int Client, int Partner)> Refused { get; } = [];

    public SwitchingRule Switching { get; private set; } = SwitchingRule.Allowed;

    public bool HasCoolingOff { get; private set; }

    /// <summary>What the purchases come to.</summary>
    public EarningModel Money { get; } = new();

    /// <summary>Going back is only of interest for who can: the step is given to one of those.</summary>
    public Step Aim(Step step) =>
        step.Kind is StepKind.Return && Enumerable.Range(0, People).Where(i => _toUndo[i] is not null).ToList() is { Count: > 0 } able ? step with { Who = able[step.Who % able.Count] } : step;

    /// <summary>Whether the step makes sense at all: somebody who has no account does nothing and is asked nothing.</summary>
    public bool CanTry(Step step) => step.Kind switch
    {
        StepKind.Join or StepKind.Refuse => Confirmed[step.Who] && Exists[step.Whom],
        StepKind.Leave or StepKind.Return => Confirmed[step.Who],
        StepKind.Reassign => Exists[step.Who] && Exists[step.Also] && Exists[step.Whom],
        StepKind.Suspend or StepKind.Reinstate or StepKind.Switching => true,
        StepKind.Register => Exists[step.Whom] || !step.HasCode,
        StepKind.Confirm or StepKind.Buy => Exists[step.Who],
        StepKind.Sponsor => Exists[step.Who] && Exists[step.Whom],
        StepKind.Refund => Money.CanRefund(step.Who + step.Also),
    };

    /// <returns>Whether the portal must say that it worked.</returns>
    public bool Apply(Step step) => step.Kind switch
    {
        StepKind.Join => Join(step.Who, step.Whom),
        StepKind.Refuse => Refuse(step.Who, step.Whom),
        StepKind.Leave => Leave(step.Who),
        StepKind.Reassign => Reassign([step.Who, step.Also], step.Whom),
        StepKind.Suspend => Stand(step.Who, Standing.Active, Standing.Suspended),
        StepKind.Reinstate => Stand(step.Who, Standing.Suspended, Standing.Active),
        StepKind.Register => Register(step.Who, step.HasCode ? step.Whom : null),
        StepKind.Confirm => Confirm(step.Who),
        StepKind.Switching => SetSwitching(step),
        StepKind.Return => Return(step.Who),
        StepKind.Sponsor => Recommend(step.Who, step.Whom),
        StepKind.Buy => Money.Buy(step.Who, Partner[step.Who], Sponsor, slot => _standing[slot] is Standing.Active),
        StepKind.Refund => Money.Refund(step.Who + step.Also),
    };

    /// <summary>An account that nobody confirmed yet is no partner: its code leads to nobody, and staff moves no client there.</summary>
    private bool TakesClients(int slot) => Confirmed[slot] && _standing[slot] is not Standing.Suspended;

    private bool Join(int client, int partner)
    {
        if (client == partner || Partner[client] == partner || !TakesClients(partner) || !MayJoin(client, partner))
        {
            return false;
        }

        var former = Partner[client] is { } now ? (now, Shared[client]) : ((int, bool)?)null;
        Open(client, partner, agreed: true);
        Cool(client, former);
        return true;
    }

    private bool Refuse(int client, int partner) => client != partner && (Refused.Add((client, partner)) || true);

    private bool Leave(int client)
    {
        if (Partner[client] is not { } partner || Switching is SwitchingRule.BySupport || _cooling[client])
        {
            return false;
        }

        var former = (partner, Shared[client]);
        (Partner[client], Shared[client]) = (null, false);
        Cool(client, former);
        return true;
    }

    /// <summary>Who has a partner is held to the rule and to the cooling-off; who has just left may take another only where it might have switched.</summary>
    private bool MayJoin(int client, int partner) => Partner[client] is null
        ? Switching is SwitchingRule.Allowed || _toUndo[client] is not { } undo || undo.Former == partner
        : Switching is SwitchingRule.Allowed && !_cooling[client];

    private void Cool(int client, (int, bool)? former)
    {
        if (former is not null)
        {
            _toUndo[client] = HasCoolingOff ? former : null;
            _cooling[client] |= HasCoolingOff;
        }
    }

    private bool Return(int client)
    {
        if (_toUndo[client] is not { } undo || !TakesClients(undo.Former))
        {
            return false;
        }

        Open(client, undo.Former, undo.Shared);
        return true;
    }

    private bool Reassign(int[] clients, int partner)
    {
        var moving = TakesClients(partner) ? clients.Distinct().Where(c => c != partner && Partner[c] != partner).ToList() : [];
        foreach (var client in moving)
        {
            Open(client, partner, agreed: false);
        }

        return moving.Count > 0;
    }

    private bool Register(int person, int? partner)
    {
        if (!Confirmed[person])
        {
            Exists[person] = true;
            _pending[person] = partner is { } named && named != person && TakesClients(named) ? named : null;
        }

        return true;
    }

    private bool Confirm(int person)
    {
        Confirmed[person] = true;
        if (_pending[person] is { } partner && TakesClients(partner) && Partner[person] is null)
        {
            Open(person, partner, agreed: true);
        }

        _pending[person] = null;
        return true;
    }

    private void Open(int client, int partner, bool agreed)
    {
        (Partner[client], Shared[client], _toUndo[client]) = (partner, agreed, null);
        _standing[partner] = _standing[partner] is Standing.None ? Standing.Active : _standing[partner];
        Refused.Remove((client, partner));
        if (!_hadPartner[client] && Sponsor[client] is null && !IsAbove(client, partner))
        {
            Sponsor[client] = partner;
        }

        _hadPartner[client] = true;
    }

    /// <summary>Staff says who recommends an account.</summary>
    private bool Recommend(int slot, int sponsor)
    {
        if (_standing[sponsor] is Standing.None || !TakesClients(sponsor) || Sponsor[slot] == sponsor || IsAbove(slot, sponsor))
        {
            return false;
        }

        Sponsor[slot] = sponsor;
        return true;
    }

    private bool IsAbove(int slot, int start)
    {
        for (int? at = start; at is { } now; at = Sponsor[now])
        {
            if (now == slot)
            {
                return true;
            }
        }

        return false;
    }

    private bool Stand(int slot, Standing from, Standing to)
    {
        if (_standing[slot] != from)
        {
            return false;
        }

        _standing[slot] = to;
        return true;
    }

    private bool SetSwitching(Step step)
    {
        (Switching, HasCoolingOff) = (step.Rule, step.CoolingOffDays > 0);
        return true;
    }
}
