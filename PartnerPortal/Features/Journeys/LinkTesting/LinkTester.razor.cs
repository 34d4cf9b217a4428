using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Journeys.LinkTesting;

/// <summary>Asks for a link and a kind of visitor, and says what would happen.</summary>
public sealed partial class LinkTester
{
    private string _typed = "";
    private TestedVisitor _visitor;
    private string? _error;
    private LinkTestResult? _result;

    [Inject] public required LinkTestQueries Tests { get; init; }

    [Inject] public required PublicUrl Url { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<LinkTestText> L { get; init; }

    [Inject] public required IStringLocalizer<AttributionsText> Receipts { get; init; }

    [Inject] public required IStringLocalizer<ClientsText> Clients { get; init; }

    /// <summary>Any link, with all names; else only those of the reader's own account.</summary>
    [Parameter] public bool AsStaff { get; set; }

    /// <summary>From the address; null before anything was asked.</summary>
    [Parameter] public string? Link { get; set; }

    [Parameter] public string? Visitor { get; set; }

    private string Here => AsStaff ? PortalUrls.SupportLinkTester : PortalUrls.LinkTester;

    private NoticeTone Tone => _result!.Outcome switch
    {
        TestedOutcome.Becomes or TestedOutcome.Asked or TestedOutcome.AskedToSwitch => NoticeTone.Ok,
        TestedOutcome.Bot or TestedOutcome.NotAsked or TestedOutcome.NotYours => NoticeTone.Info,
        _ => NoticeTone.Warn,
    };

    private string Outcome => _result! switch
    {
        { Problem: OwnCode } => L["Refused.Own"],
        { Problem: PartnerTakesNoClients problem } => L["Refused.NoClients", problem.PartnerName],
        { Problem: SwitchingBySupport } => L["Refused.BySupport"],
        { Problem: SwitchingLocked problem } => L["Refused.Locked", Time.LongDate(problem.Until)],
        var result => L["Outcome." + result.Outcome, result.PartnerName],
    };

    /// <summary>A Yes decides by itself; only an invitation has a rule of its own there.</summary>
    private string Rule => _result! switch
    {
        { Rule: null } => L["Rule.None"],
        { Rule: AttributionRule.Address, CameBy: CameBy.Joined } => Receipts["Act.Yes"],
        { Rule: { } rule } => Receipts["Rule." + rule],
    };

    protected override async Task OnParametersSetAsync()
    {
        (_typed, _error, _result) = (Link ?? "", null, null);
        _visitor = Enum.TryParse<TestedVisitor>(Visitor, ignoreCase: true, out var visitor) ? visitor : TestedVisitor.New;
        if (string.IsNullOrWhiteSpace(Link))
        {
            return;
        }

        var tested = await Tests.TestAsync(Link, _visitor, Url.Root, AsStaff, await Current.GetAsync(), CancellationToken.None);
        if (!tested.Ok || tested.Value.Outcome is TestedOutcome.NoLink)
        {
            _error = tested.Ok ? L["Outcome.NoLink"] : L["Outcome.NotAllowed"];
            return;
        }

        _result = tested.Value;
    }

    private void Test()
    {
        if (string.IsNullOrWhiteSpace(_typed))
        {
            (_error, _result) = (L["Link.Missing"], null);
            return;
        }

        Navigation.NavigateTo(PortalUrls.WithQuery(Here, ("link", _typed.Trim()), ("visitor", _visitor.ToString())));
    }
}
