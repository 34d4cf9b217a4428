using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Resources;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Referrals;

/// <summary>A row of the invitations.</summary>
public sealed partial class InvitationLine
{
    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required PublicUrl Urls { get; init; }

    [Inject] public required IStringLocalizer<InvitationsText> L { get; init; }

    [Parameter, EditorRequired] public required InvitationRow Row { get; set; }

    /// <summary>The line in "My clients"; null when it has none.</summary>
    [Parameter] public long? RecordId { get; set; }

    /// <summary>The partner's referral code.</summary>
    [Parameter, EditorRequired] public required string Code { get; set; }

    /// <summary>The reader may send again and withdraw.</summary>
    [Parameter] public bool MayAct { get; set; }

    /// <summary>What is queued waits for another day.</summary>
    [Parameter] public bool Waits { get; set; }

    [Parameter] public EventCallback OnSendAgain { get; set; }

    [Parameter] public EventCallback OnWithdraw { get; set; }

    /// <summary>Its mail did not arrive, or did after all.</summary>
    [Parameter] public EventCallback OnMark { get; set; }

    [Parameter] public EventCallback OnShowQr { get; set; }

    private string MenuId => string.Create(CultureInfo.InvariantCulture, $"invitation-{Row.Id}");

    private string Link => Urls.Of(PortalUrls.Referral(Code, Row.Token));

    /// <summary>Answered then, or open until then.</summary>
    private DateTime LastDay => Row.AnsweredAt ?? Row.ExpiresAt;

    private bool IsWaiting => Waits && Row.State is InvitationState.Queued;

    private BadgeTone Tone => Row.State switch
    {
        InvitationState.Sent when Row.Trace is InvitationTrace.Bounced => BadgeTone.Bad,
        InvitationState.Queued or InvitationState.Sent or InvitationState.Followed => BadgeTone.Ring,
        InvitationState.Accepted => BadgeTone.Ok,
        InvitationState.Declined => BadgeTone.Bad,
        InvitationState.Expired => BadgeTone.Warn,
        InvitationState.Withdrawn => BadgeTone.Idle,
    };
}
