namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>What support moves as a job that can be undone, and claims.</summary>
public sealed partial class AttributionModel
{
    private readonly List<Link> _links = [];
    private readonly Link?[] _madeBy = new Link?[People];
    private readonly List<Moving> _moves = [];
    private readonly List<Claiming> _claims = [];

    private Link? OpenOf(int client) => _links.Find(l => l.Client == client && l.IsOpen);

    private bool Move(int[] clients, int partner) => MoveAll([.. clients.Distinct().Where(c => c != partner && Partner[c] != partner)], partner, null);

    /// <summary>Each of its clients goes to the other, which itself is nobody's then; or all are nobody's.</summary>
    private bool Close(int partner, int? to)
    {
        var before = _standing[partner];
        if (before is not (Standing.Active or Standing.Suspended) || to == partner || (to is { } target && !TakesClients(target)))
        {
            return false;
        }

        _standing[partner] = Standing.Closed;
        return MoveAll([.. Enumerable.Range(0, People).Where(c => Partner[c] == partner)], to, (partner, before == Standing.Suspended));
    }

    private bool MoveAll(int[] clients, int? partner, (int Slot, bool WasSuspended)? closed)
    {
        if (closed is null && (clients.Length == 0 || !TakesClients(partner!.Value)))
        {
            return false;
        }

        var move = new Moving(closed);
        foreach (var client in clients)
        {
            var (from, shared, hadSponsor) = (Partner[client], Shared[client], Sponsor[client] is not null);
            Part(client, byStaff: true);
            var link = partner is { } to && to != client ? Open(client, to, agreed: false) : null;
            move.Steps.Add(new MoveStep(client, from, shared, link, _links.Count, !hadSponsor && link is not null && _madeBy[client] == link));
        }

        _moves.Add(move);
        return true;
    }

    /// <summary>As if it had not been, but for those who decided otherwise since, or were moved again.</summary>
    private bool Undo(Moving move)
    {
        if (move.IsUndone)
        {
            return false;
        }

        move.IsUndone = true;
        if (move.Closed is { } closed && _standing[closed.Slot] is Standing.Closed && !_moves.SkipWhile(m => m != move).Any(m => m.Closed?.Slot == closed.Slot && !m.IsUndone))
        {
            _standing[closed.Slot] = closed.WasSuspended ? Standing.Suspended : Standing.Active;
        }

        foreach (var step in move.Steps)
        {
            PutBack(step);
        }

        return true;
    }

    private void PutBack(MoveStep step)
    {
        var client = step.Client;
        if (step.Link is not { } link)
        {
            if (Partner[client] is null && !_links.Skip(step.LinksThen).Any(l => l.Client == client && !l.IsUndone))
            {
                GiveBack(step);
            }

            return;
        }

        if (link.EndedByStaff)
        {
            return;
        }

        (link.IsUndone, var hasLeft) = (true, !link.IsOpen);
        Money.GiveTo(link, step.From);
        if (!hasLeft)
        {
            Part(client, byStaff: true);
        }

        if (step.MadeSponsor)
        {
            Unmake(link);
        }

        if (!hasLeft)
        {
            GiveBack(step);
        }
    }

    private void GiveBack(MoveStep step)
    {
        if (step.From is { } from && _standing[from] is not Standing.Closed)
        {
            Open(step.Client, from, step.Shared);
        }
    }

    /// <summary>Its first partner that is left recommended it, from then on.</summary>
    private void Unmake(Link link)
    {
        var (client, made) = (link.Client, (int?)link.Partner);
        if (_madeBy[client] == link)
        {
            (Sponsor[client], _madeBy[client]) = (null, null);
            if (_links.Find(l => l.Client == client && !l.IsUndone) is { } first)
            {
                RecommendBy(first);
            }

            made = Sponsor[client];
        }

        Money.Unmake(link, made is { } by ? _links.Find(l => l.Client == client && l.Partner == by && !l.IsUndone) : null);
    }

    private bool File(int client, int claimant)
    {
        if (_standing[claimant] is not Standing.Active || _claims.Exists(c => c.IsOpen && c.Client == client && c.Claimant == claimant))
        {
            return false;
        }

        _claims.Add(new Claiming(client, claimant, Partner[client] == claimant ? null : Partner[client]));
        return true;
    }

    private static bool Answer(Claiming claim)
    {
        var can = claim is { IsOpen: true, Other: not null, IsAnswered: false };
        claim.IsAnswered |= can;
        return can;
    }

    /// <summary>Nothing of a run is so long that the time for an answer would end.</summary>
    private bool Decide(Claiming claim, bool isForClaimant)
    {
        var waits = claim is { Other: not null, IsAnswered: false };
        var isAnothers = Partner[claim.Client] is { } partner && partner != claim.Other && partner != claim.Claimant;
        if (!claim.IsOpen || (isForClaimant && (waits || isAnothers || !Reassign([claim.Client], claim.Claimant))))
        {
            return false;
        }

        claim.IsOpen = false;
        return true;
    }

    /// <summary>That somebody is a partner's client, from a purchase on.</summary>
    public sealed class Link(int client, int partner, int start)
    {
        public int Client => client;

        public int Partner => partner;

        /// <summary>How many purchases there were before.</summary>
        public int Start => start;

        public bool IsOpen { get; set; } = true;

        public bool EndedByStaff { get; set; }

        public bool IsUndone { get; set; }
    }

    private sealed class Moving((int Slot, bool WasSuspended)? closed)
    {
        public (int Slot, bool WasSuspended)? Closed => closed;

        public List<MoveStep> Steps { get; } = [];

        public bool IsUndone { get; set; }
    }

    /// <summary>One client of a move; without a link where it was released.</summary>
    private sealed record MoveStep(int Client, int? From, bool Shared, Link? Link, int LinksThen, bool MadeSponsor);

    private sealed class Claiming(int client, int claimant, int? other)
    {
        public int Client => client;

        public int Claimant => claimant;

        public int? Other => other;

        public bool IsAnswered { get; set; }

        public bool IsOpen { get; set; } = true;
    }
}
