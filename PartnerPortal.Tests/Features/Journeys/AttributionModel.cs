using PartnerPortal.Features.Program;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>What the design says must come of the steps, in as few words as possible.</summary>
public sealed partial class AttributionModel
{
    public const int People = 12;
    public const int RegisteredAtFirst = 8;
    public const int Integrators = 3;

    private enum Standing
    {
        None,
        Active,
        Suspended,
        Closed,
    }

    private readonly Standing[] _standing = [.. Enumerable.Range(0, People).Select(i => i < Integrators ? Standing.Active : Standing.None)];
    private readonly int?[] _pending = new int?[People];
    private readonly bool[] _cooling = new bool[People];
    private readonly (int Former, bool Shared, Link Of)?[] _toUndo = new (int, bool, Link)?[People];

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

    /// <summary>Some steps are only of interest where they can do something: they are given to one of those.</summary>
    public Step Aim(Step step) => step.Kind switch
    {
        StepKind.Return => AimAt(step, [.. Enumerable.Range(0, People).Where(i => _toUndo[i] is not null)]),
        StepKind.Close => AimAt(step, [.. Partner.OfType<int>().Distinct().Order()]),
        StepKind.Claim => AimAt(step, [.. Enumerable.Range(0, People).Where(i => Exists[i] && i != step.Whom)]),
        StepKind.Answer => AimAt(step, [.. _claims.Index().Where(c => c.Item is { IsOpen: true, Other: not null, IsAnswered: false }).Select(c => c.Index)]),
        StepKind.Decide => AimAt(step, [.. _claims.Index().Where(c => c.Item is { IsOpen: true }).Select(c => c.Index)]),
        StepKind.Undo => AimAt(step, [.. _moves.Index().Where(m => !m.Item.IsUndone).Select(m => m.Index)]),
        _ => step,
    };

    private static Step AimAt(Step step, int[] able) => able.Length > 0 ? step with { Who = able[step.Who % able.Length] } : step;

    /// <summary>Whether the step makes sense at all: somebody who has no account does nothing and is asked nothing.</summary>
    public bool CanTry(Step step) => step.Kind switch
    {
        StepKind.Join or StepKind.Refuse => Confirmed[step.Who] && Exists[step.Whom],
        StepKind.Leave or StepKind.Return => Confirmed[step.Who],
        StepKind.Reassign or StepKind.Move => Exists[step.Who] && Exists[step.Also] && Exists[step.Whom],
        StepKind.Suspend or StepKind.Reinstate or StepKind.Switching => true,
        StepKind.Register => Exists[step.Whom] || !step.HasCode,
        StepKind.Confirm or StepKind.Buy => Exists[step.Who],
        StepKind.Sponsor => Exists[step.Who] && Exists[step.Whom],
        StepKind.Refund => Money.CanRefund(step.Who + step.Also),
        StepKind.Close => Exists[step.Who] && (Exists[step.Whom] || !step.HasCode),
        StepKind.Undo => step.Who < _moves.Count,
        StepKind.Claim => Exists[step.Who] && Confirmed[step.Whom] && step.Who != step.Whom,
        StepKind.Answer or StepKind.Decide => step.Who < _claims.Count,
    };

    /// <returns>Whether the portal must say that it worked.</returns>
    public bool Apply(Step step) => step.Kind switch
    {
        StepKind.Join => Join(step.Who, step.Whom),
        StepKind.Refuse => Refuse(step.Who, step.Whom),
        StepKind.Leave => Leave(step.Who),
        StepKind.Reassign => Reassign([step.Who, step.Also], step.Whom),
        StepKind.Suspend => Stand(step.Who, Standing.Active, Standing.Suspended),
        StepKind.Reinstate => Stand(step.Who, Standing.Suspended, Standing.Active) || Stand(step.Who, Standing.Closed, Standing.Active),
        StepKind.Register => Register(step.Who, step.HasCode ? step.Whom : null),
        StepKind.Confirm => Confirm(step.Who),
        StepKind.Switching => SetSwitching(step),
        StepKind.Return => Return(step.Who),
        StepKind.Sponsor => Recommend(step.Who, step.Whom),
        StepKind.Buy => Money.Buy(step.Who, OpenOf(step.Who), Sponsor, _madeBy, [.. _standing.Select(s => s is Standing.Active)]),
        StepKind.Refund => Money.Refund(step.Who + step.Also),
        StepKind.Move => Move([step.Who, step.Also], step.Whom),
        StepKind.Close => Close(step.Who, step.HasCode ? step.Whom : null),
        StepKind.Undo => Undo(_moves[step.Who]),
        StepKind.Claim => File(step.Who, step.Whom),
        StepKind.Answer => Answer(_claims[step.Who]),
        StepKind.Decide => Decide(_claims[step.Who], step.IsForClaimant),
    };

    /// <summary>An account that nobody confirmed yet is no partner: its code leads to nobody, and staff moves no client there.</summary>
    private bool TakesClients(int slot) => Confirmed[slot] && _standing[slot] is not (Standing.Suspended or Standing.Closed);

    private bool Join(int client, int partner)
    {
        if (client == partner || Partner[client] == partner || !TakesClients(partner) || !MayJoin(client, partner))
        {
            return false;
        }

        var former = OpenOf(client) is { } now ? (now.Partner, Shared[client], now) : ((int, bool, Link)?)null;
        Part(client, byStaff: false);
        Open(client, partner, agreed: true);
        Cool(client, former);
        return true;
    }

    private bool Refuse(int client, int partner) => client != partner && (Refused.Add((client, partner)) || true);

    private bool Leave(int client)
    {
        if (OpenOf(client) is not { } open || Switching is SwitchingRule.BySupport || _cooling[client])
        {
            return false;
        }

        var former = (open.Partner, Shared[client], open);
        Part(client, byStaff: false);
        Cool(client, former);
        return true;
    }

    /// <summary>Who has a partner is held to the rule and to the cooling-off; who has just left may take another only where it might have switched.</summary>
    private bool MayJoin(int client, int partner) => Partner[client] is null
        ? Switching is SwitchingRule.Allowed || _toUndo[client] is not { } undo || undo.Former == partner
        : Switching is SwitchingRule.Allowed && !_cooling[client];

    private void Cool(int client, (int, bool, Link)? former)
    {
        if (former is not null)
        {
            _toUndo[client] = HasCoolingOff ? former : null;
            _cooling[client] |= HasCoolingOff;
        }
    }

    private bool Return(int client)
    {
        if (_toUndo[client] is not { Of.IsUndone: false } undo || !TakesClients(undo.Former))
        {
            return false;
        }

        Part(client, byStaff: false);
        Open(client, undo.Former, undo.Shared);
        return true;
    }

    private bool Reassign(int[] clients, int partner)
    {
        var moving = TakesClients(partner) ? clients.Distinct().Where(c => c != partner && Partner[c] != partner).ToList() : [];
        foreach (var client in moving)
        {
            Part(client, byStaff: true);
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

    private Link Open(int client, int partner, bool agreed)
    {
        var isFirst = !_links.Exists(l => l.Client == client && !l.IsUndone);
        var link = new Link(client, partner, Money.Count);
        _links.Add(link);
        (Partner[client], Shared[client], _toUndo[client]) = (partner, agreed, null);
        _standing[partner] = _standing[partner] is Standing.None ? Standing.Active : _standing[partner];
        Refused.Remove((client, partner));
        if (isFirst)
        {
            RecommendBy(link);
        }

        return link;
    }

    private void Part(int client, bool byStaff)
    {
        if (OpenOf(client) is { } open)
        {
            (open.IsOpen, open.EndedByStaff) = (false, byStaff);
        }

        (Partner[client], Shared[client], _toUndo[client]) = (null, false, null);
    }

    /// <summary>The first partner recommended the account, unless staff said who did, or it would be above itself.</summary>
    private void RecommendBy(Link link)
    {
        if (Sponsor[link.Client] is null && !IsAbove(link.Client, link.Partner))
        {
            (Sponsor[link.Client], _madeBy[link.Client]) = (link.Partner, link);
        }
    }

    /// <summary>Staff says who recommends an account.</summary>
    private bool Recommend(int slot, int sponsor)
    {
        if (_standing[sponsor] is Standing.None || !TakesClients(sponsor) || Sponsor[slot] == sponsor || IsAbove(slot, sponsor))
        {
            return false;
        }

        (Sponsor[slot], _madeBy[slot]) = (sponsor, null);
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
