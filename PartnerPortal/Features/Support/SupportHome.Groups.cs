using System.Globalization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Email;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>Says each hit in words, with the ways on from it.</summary>
public sealed partial class SupportHome
{
    private IEnumerable<FoundGroup> Groups(SupportFindings found)
    {
        FoundGroup[] groups =
        [
            Group("Clients", "clients", found.Clients, Line, PortalUrls.FindClients(_asked)),
            Group("Partners", "team", found.Partners, Line, PortalUrls.FindPartners(_asked)),
            Group("Purchases", "tag", found.Purchases, Line, PortalUrls.FindPurchases(_asked)),
            Group("Orders", "receipt", found.Orders, Line, PortalUrls.FindOrders(_asked)),
            Group("Claims", "flag", found.Claims, Line, PortalUrls.FindClaims(_asked)),
            Group("Mail", "mail", found.Mail, Line, _asked.Contains('@', StringComparison.Ordinal) ? PortalUrls.FindMail(_asked) : null),
        ];
        return groups.Where(g => g.Lines.Count > 0);
    }

    private static FoundGroup Group<T>(string kind, string icon, IReadOnlyList<T> rows, Func<T, FoundLine> line, string? all) =>
        new(kind, icon, [.. rows.Take(SupportSearchQueries.Shown).Select(line)], rows.Count > SupportSearchQueries.Shown, all);

    private FoundLine Line(ClientHit hit)
    {
        var account = hit.Account;
        List<FoundLink> links = [new(L["To.Everything"], PortalUrls.SupportSearch(Number(account.Number)))];
        if (hit.Partner is { EndedAt: null } partner)
        {
            links.Add(new(L["To.Partner"], PortalUrls.SupportPartner(partner.PartnerId)));
        }

        links.Add(new(L["To.Purchases"], PortalUrls.FindPurchases(Number(account.Number))));
        if (account.Email is { } email)
        {
            links.Add(new(L["To.Mail"], PortalUrls.FindMail(email)));
        }

        links.Add(new(L["To.Audit"], PortalUrls.AuditOf(account.Number)));
        var whose = hit.Partner is { EndedAt: null } of ? L["Fact.ClientOf", NameOf(of.PartnerName)] : L["Fact.NoPartner"];
        return new FoundLine(
            PortalUrls.SupportClient(account.Id), NameOf(account.Name), Facts(L["Fact.Number", account.Number], account.Email, account.Phone, account.Code, account.ExternalId, whose),
            account.State.Tone(), S["State." + account.State], links);
    }

    private FoundLine Line(PartnerRow row) => new(
        PortalUrls.SupportPartner(row.AccountId), NameOf(row.Name), Facts(L["Fact.Number", row.Number], S["PartnerKind." + row.Kind], row.Email, row.ExternalId, row.Group), row.State.Tone(),
        S["PartnerState." + row.State],
        [
            new(L["To.Everything"], PortalUrls.SupportSearch(Number(row.Number))), new(L["To.Client"], PortalUrls.SupportClient(row.AccountId)),
            new(L["To.Audit"], PortalUrls.AuditOf(row.Number)),
        ]);

    private FoundLine Line(PurchaseRow row)
    {
        List<FoundLink> links = [new(L["To.Client"], PortalUrls.SupportClient(row.ClientId))];
        if (row.PartnerId is { } partner)
        {
            links.Add(new(L["To.Partner"], PortalUrls.SupportPartner(partner)));
        }

        links.Add(AllOf(row.ClientId));
        return new FoundLine(
            PortalUrls.SupportPurchase(row.Id), L["Title.Purchase", NameOf(row.Client), row.Product],
            Facts(row.Number, Money.Write(row.Base, row.Currency), Time.Date(row.OccurredAt), P["Source." + row.Source], row.ExternalId), PurchaseWords.Tone(row.Outcome), P["Outcome." + row.Outcome], links);
    }

    private FoundLine Line(OrderRow row) => new(
        PortalUrls.Invoice(row.Invoice), row.Invoice, Facts(NameOf(row.Client), row.PlanName, Money.Write(row.Total, row.Currency), Time.Date(row.PlacedAt)), row.State.Tone(), O["State." + row.State],
        [new(L["To.Client"], PortalUrls.SupportClient(row.ClientId)), AllOf(row.ClientId)]);

    private FoundLine Line(DeskClaimRow row)
    {
        List<FoundLink> links = [new(L["To.Partner"], PortalUrls.SupportPartner(row.ClaimantId))];
        if (row.ClientId is { } client)
        {
            links.Add(new(L["To.Client"], PortalUrls.SupportClient(client)));
            links.Add(AllOf(client));
        }

        return new FoundLine(
            PortalUrls.SupportClaim(row.Id), L["Title.Claim", ClaimNumber.Write(row.Id), NameOf(row.Claimant)], Facts(row.Named, row.Client, Time.Date(row.FiledAt)), row.State.Tone(), C["State." + row.State],
            links);
    }

    private FoundLine Line(MailLine line)
    {
        List<FoundLink> links = [];
        if (line.AccountId is { } account)
        {
            links.Add(new(L["To.Client"], PortalUrls.SupportClient(account)));
            links.Add(AllOf(account));
        }

        return new FoundLine(
            PortalUrls.SupportMessage(line.Id), line.Subject, Facts(line.ToAddress, M["Kind." + line.Kind], Time.Full(line.CreatedAt)), MailWords.Tone(line.State), M["State." + line.State], links);
    }

    /// <summary>To all that hangs on a client: its partner, purchases, orders, claims and mail.</summary>
    private FoundLink AllOf(long accountId) => new(L["To.ClientAll"], PortalUrls.SupportSearch(Number(AccountNumber.Offset + accountId)));

    private string NameOf(string name) => name.Length > 0 ? name : S["Account.Closed"];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Facts(params string?[] facts) => [.. facts.OfType<string>().Where(f => f.Length > 0)];

    /// <summary>The hits of one kind as the search shows them.</summary>
    /// <param name="Kind">Ends the key of its words.</param>
    /// <param name="Icon">Of the kind.</param>
    /// <param name="Lines">At most <see cref="SupportSearchQueries.Shown"/>.</param>
    /// <param name="HasMore">There are more than are shown.</param>
    /// <param name="All">The page with the rest; null where there is none.</param>
    private sealed record FoundGroup(string Kind, string Icon, IReadOnlyList<FoundLine> Lines, bool HasMore, string? All);

    /// <summary>One hit.</summary>
    /// <param name="Href">Its record.</param>
    /// <param name="Title">What it is called.</param>
    /// <param name="Facts">What tells it from others, in order.</param>
    /// <param name="Tone">Of its state.</param>
    /// <param name="State">In words.</param>
    /// <param name="Links">To what hangs on it.</param>
    private sealed record FoundLine(string Href, string Title, IReadOnlyList<string> Facts, BadgeTone Tone, string State, IReadOnlyList<FoundLink> Links);

    private sealed record FoundLink(string Text, string Href);
}
