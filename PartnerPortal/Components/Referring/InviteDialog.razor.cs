using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Startup;

namespace PartnerPortal.Components.Referring;

/// <summary>The invite dialog: link, code, QR code, a ready message, and invitations by e-mail. A suspended partner is told so instead.</summary>
public sealed partial class InviteDialog
{
    private Actor _actor = Actor.Visitor;
    private OwnAccount? _own;
    private ShareLinks _share = new("", "", "");

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required AccountQueries Accounts { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required PublicUrl Urls { get; init; }

    [Inject] public required IStringLocalizer<InvitationsText> L { get; init; }

    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>Invitations were sent: lists on the page may show them.</summary>
    [Parameter] public EventCallback OnSent { get; set; }

    /// <summary>Read before it opens, so that it opens whole.</summary>
    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        var program = await Settings.GetAsync();
        if (await Accounts.OwnAsync(_actor, CancellationToken.None) is { } own)
        {
            _own = own;
            _share = ShareLinks.Of(Urls, own.Code, L["Share.Subject", own.Name, program.Name], L["Share.Message", program.Name]);
        }
    }
}
