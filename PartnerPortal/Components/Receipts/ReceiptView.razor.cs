using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Components.Receipts;

/// <summary>A receipt to read or print: the verdict in one sentence, then all rules in their order with what lost and why.</summary>
public sealed partial class ReceiptView
{
    private static readonly AttributionRule[] RulesOfRegistration =
        [AttributionRule.TypedCode, AttributionRule.Invitation, AttributionRule.Address, AttributionRule.Cookie];

    [Inject]
    public required IStringLocalizer<AttributionsText> L { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Parameter, EditorRequired]
    public required ReceiptData Receipt { get; set; }

    /// <summary>In whose words. It must be the audience that the receipt was read for.</summary>
    [Parameter, EditorRequired]
    public required ReceiptAudience Audience { get; set; }

    /// <summary>A heading of third level; null where the page has one already.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>It stands on the page of its own.</summary>
    [Parameter]
    public bool Alone { get; set; }

    private bool IsClient => Audience is ReceiptAudience.Client;

    /// <summary>The precedence of a registration was not asked: a Yes or staff decided.</summary>
    private bool IsAct => Receipt.Verdict is ReceiptVerdict.Yes or ReceiptVerdict.Created or ReceiptVerdict.Staff or ReceiptVerdict.Returned or ReceiptVerdict.MovedIn;

    private string Verdict => IsClient
        ? L["Verdict.Client." + Receipt.Verdict, Receipt.PartnerName, Code, SeenAt, "", Source]
        : L["Verdict.Other." + Receipt.Verdict, Receipt.PartnerName, Code, SeenAt, Receipt.ClientName, Source];

    private string Code => Receipt.Winner?.Code ?? "";

    private string Source => Receipt.Winner?.Source ?? "";

    private string SeenAt => Time.Date(Receipt.Winner?.SeenAt ?? Receipt.At);

    /// <summary>After a registration every rule has its line, also one that had nobody.</summary>
    private IEnumerable<(string Rule, Contender? Contender)> Rows => IsAct
        ? Receipt.Contenders.Select(c => (ActRule(c), (Contender?)c))
        : RulesOfRegistration.SelectMany((rule, i) => RuleRows(rule, i + 1));

    private string Foot
    {
        get
        {
            var number = L["Receipt.Number", Receipt.Number, Time.Full(Receipt.At)].Value;
            var by = Receipt.ActorName is { Length: > 0 } name && !IsClient ? " · " + L["Receipt.By", name] : "";
            var wording = Receipt is { WordingVersion: { } version, WordingLanguage: { } language }
                ? " · " + L["Receipt.Wording", version, Languages.NameOf(language)]
                : "";
            return number + by + wording;
        }
    }

    private IEnumerable<(string Rule, Contender? Contender)> RuleRows(AttributionRule rule, int number)
    {
        var inPlay = Receipt.Contenders.Where(c => c.Rule == rule).ToList();
        var name = $"{number} {L["Rule." + rule]}";
        return inPlay.Count == 0 ? [(name, null)] : inPlay.Select(c => (name, (Contender?)c));
    }

    private string ActRule(Contender contender) => contender switch
    {
        { Outcome: ContenderOutcome.Won, Rule: not AttributionRule.Claim } => L["Act." + Receipt.Verdict],
        // Before all in play was noted, the partner until then stood under this rule.
        { Rule: AttributionRule.Address } when Receipt is { Verdict: ReceiptVerdict.Staff, Notes: null } => L["Rule.Before"],
        _ => L["Rule." + contender.Rule],
    };

    private string Lost(ContenderOutcome outcome) => outcome switch
    {
        // Before all in play was noted, this was the partner until then; now it is what the client had come by earlier.
        ContenderOutcome.LaterRule when Receipt is { Verdict: ReceiptVerdict.Staff, Notes: not null } => L["Lost.LaterRule.Visit"],
        ContenderOutcome.LaterRule => L["Lost.LaterRule." + Receipt.Verdict],
        _ => L["Lost." + outcome],
    };
}
