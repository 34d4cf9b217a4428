using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Attributions;

/// <summary><c>/receipts/{number}</c>: why an attribution is what it is, for the client, the partner or support, each in its words. Static, and made to be printed.</summary>
public sealed partial class ReceiptPage
{
    private ReceiptData? _receipt;
    private string _program = "";

    [Inject] public required ReceiptQueries Receipts { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<AttributionsText> L { get; init; }

    [CascadingParameter] public required HttpContext Context { get; init; }

    [Parameter] public long Number { get; set; }

    private string Client => Named(_receipt!.ClientName);

    private string Back => _receipt!.Audience switch
    {
        ReceiptAudience.Client => PortalUrls.MyPartner,
        ReceiptAudience.Partner => PortalUrls.Clients,
        ReceiptAudience.Support => PortalUrls.SupportClient(_receipt.ClientId),
    };

    /// <summary>A client does not learn who of the staff decided, nor a partner who of a client that does not share its details.</summary>
    private string By => _receipt switch
    {
        { ActorName: { Length: > 0 } name } => name,
        { ActorName: not null } => L["Page.By.Gone"],
        { Verdict: ReceiptVerdict.Staff or ReceiptVerdict.MovedIn } => L["Page.By.Support"],
        _ => L["Page.By.Client"],
    };

    private string Ended => _receipt switch
    {
        { EndedAt: { } at, EndedBecause: { } because } => string.Join(" · ", new[]
        {
            Time.Full(at), _receipt.Audience is ReceiptAudience.Client ? L["Page.Ended.Client." + because].Value : L["Page.Ended.Other." + because].Value, _receipt.EndedBy ?? "",
        }.Where(t => t.Length > 0)),
        _ => L["Page.StillOpen"],
    };

    protected override async Task OnInitializedAsync()
    {
        _program = (await Settings.GetAsync(Context.RequestAborted)).Name;
        _receipt = await Receipts.FindAsync(Number, await Current.GetAsync(Context.RequestAborted), Context.RequestAborted);
        if (_receipt is null)
        {
            // The answer is the page of what is not there: the same whether it is another's or nobody's.
            Context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private string Named(string name) => name.Length > 0 ? name : L["Page.Closed"];

    /// <summary>Since when its wording was shown.</summary>
    private string Wording(ReceiptConsent consent) => Time.Date(ConsentWording.SinceOf(consent.WordingVersion).ToDateTime(default, DateTimeKind.Utc));
}
