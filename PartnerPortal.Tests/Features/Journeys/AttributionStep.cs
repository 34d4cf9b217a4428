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
    Move,
    Close,
    Undo,
    Claim,
    Answer,
    Decide,
}

/// <summary>One thing that somebody does. Slots are places among the test's people, of which the last have not registered at first.</summary>
/// <param name="Kind">What.</param>
/// <param name="Who">The slot of the client; of the partner for suspending and closing; which of the claims or moves there are, where one is answered, decided or undone.</param>
/// <param name="Whom">The slot of the partner, or of who becomes the sponsor or claims the client.</param>
/// <param name="Also">A second client for reassigning; below three, somebody registers without a code, and a partner is closed without a hand-over.</param>
public sealed record Step(StepKind Kind, int Who, int Whom, int Also)
{
    public bool HasCode => Also > 2;

    /// <summary>Whether a claim is decided for who filed it.</summary>
    public bool IsForClaimant => Also % 4 != 0;

    /// <summary>What the program's rules become.</summary>
    public SwitchingRule Rule => Who % 3 == 0 ? SwitchingRule.BySupport : SwitchingRule.Allowed;

    /// <summary>So long is no run that a cooling-off would end.</summary>
    public int CoolingOffDays => Whom % 2 == 0 ? 0 : 14;

    public override string ToString() => Kind switch
    {
        StepKind.Leave or StepKind.Suspend or StepKind.Reinstate or StepKind.Confirm or StepKind.Return => $"{Kind}({Who})",
        StepKind.Switching => $"{Kind}({Rule}, {CoolingOffDays} days)",
        StepKind.Reassign or StepKind.Move => $"{Kind}({Who},{Also}->{Whom})",
        StepKind.Close => $"Close({Who}->{(HasCode ? Whom.ToString(System.Globalization.CultureInfo.InvariantCulture) : "nobody")})",
        StepKind.Undo or StepKind.Answer => $"{Kind}(#{Who})",
        StepKind.Decide => $"Decide(#{Who} {(IsForClaimant ? "for" : "against")})",
        StepKind.Register => $"{Kind}({Who}->{(HasCode ? Whom.ToString(System.Globalization.CultureInfo.InvariantCulture) : "nobody")})",
        StepKind.Buy => $"Buy({Who})",
        StepKind.Refund => $"Refund({Who + Also})",
        StepKind.Join or StepKind.Refuse or StepKind.Sponsor or StepKind.Claim => $"{Kind}({Who}->{Whom})",
    };
}
