using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Layout;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Support;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Palette;

/// <summary>Says in words what is offered and what was found.</summary>
public sealed partial class CommandPalette
{
    [Inject] public required IStringLocalizer<SharedText> Menu { get; init; }

    [Inject] public required IStringLocalizer<SupportText> S { get; init; }

    [Inject] public required IStringLocalizer<SupportSearchText> Found { get; init; }

    private string Here => "/" + Navigation.ToBaseRelativePath(Navigation.Uri);

    /// <summary>The pages of the actor's menu and what it may do.</summary>
    private List<PaletteEntry> Offer(Actor actor)
    {
        var pages = MenuPages.Of(actor).SelectMany(g => g.Pages.Select(p => new PaletteEntry(p.Icon, Menu["Menu." + p.Key], p.Href)
        {
            IsPage = true,
            IsRemembered = true,
            Detail = TitleOf(g.Part) is { Length: > 0 } title ? title : null,
            Also = TitleOf(g.Part),
        }));
        var actions = PaletteActions.Of(actor).Select(a => new PaletteEntry(a.Icon, L["Do." + a.Key], a.Href) { Presses = a.Presses, Shortcut = a.Shortcut, Also = L["Also." + a.Key], IsRemembered = a.Href is not null });
        var languages = Languages.All.Where(l => l != Languages.Current && actor.IsSignedIn)
            .Select(l => new PaletteEntry("globe", Languages.NameOf(l), PortalUrls.SetCulture(l, Here)) { Detail = Menu["Menu.Language"], Also = Menu["Menu.Language"] });
        return [.. pages, .. actions, .. languages];
    }

    /// <summary>Tells apart pages of one name: staff has clients, and a partner has clients.</summary>
    private string TitleOf(MenuPart part) => part switch
    {
        MenuPart.Support => Menu["Menu.Support"],
        MenuPart.Administration => Menu["Menu.Administration"],
        MenuPart.Account => Menu["Menu.YourAccount"],
        _ => "",
    };

    private List<PaletteGroup> Say(PaletteFindings found, string typed)
    {
        var text = typed.Trim();
        List<PaletteEntry> clients = [.. found.Clients.Select(Of)];
        if (found.HasMoreClients)
        {
            clients.Add(new("search", L["All.Clients"], PortalUrls.WithQuery(PortalUrls.Clients, ("q", text))) { IsFound = true });
        }

        List<PaletteGroup> groups = [new("clients", Menu["Menu.Clients"], clients)];
        if (found.Support is { IsEmpty: false } support)
        {
            groups.AddRange(
            [
                Group("Clients", "clients", support.Clients, h => new(PortalUrls.SupportClient(h.Account.Id), NameOf(h.Account.Name), Fact(h.Account.Email, h.Account.Number))),
                Group("Partners", "team", support.Partners, r => new(PortalUrls.SupportPartner(r.AccountId), NameOf(r.Name), Fact(r.Email, r.Number))),
                Group("Purchases", "tag", support.Purchases, r => new(PortalUrls.SupportPurchase(r.Id), Found["Title.Purchase", NameOf(r.Client), r.Product], Money.Write(r.Base, r.Currency))),
                Group("Orders", "receipt", support.Orders, r => new(PortalUrls.Invoice(r.Invoice), r.Invoice, NameOf(r.Client))),
                Group("Claims", "flag", support.Claims, r => new(PortalUrls.SupportClaim(r.Id), Found["Title.Claim", ClaimNumber.Write(r.Id), NameOf(r.Claimant)], r.Named)),
                Group("Mail", "mail", support.Mail, r => new(PortalUrls.SupportMessage(r.Id), r.Subject, r.ToAddress)),
                new("everything", Menu["Menu.Support"], [new("search", L["All.Support"], PortalUrls.SupportSearch(text)) { IsFound = true }]),
            ]);
        }

        return groups;
    }

    /// <summary>Its address is a line's number, by which nobody else learns a name.</summary>
    private static PaletteEntry Of(ClientRow row) => new("profile", row.Name, PortalUrls.Client(row.Id)) { Detail = row.Email ?? row.Phone, IsFound = true, IsRemembered = true };

    private PaletteGroup Group<T>(string kind, string icon, IReadOnlyList<T> rows, Func<T, Hit> hit) => new(
        "found-" + kind, Found["Group." + kind],
        [.. rows.Take(PaletteQueries.Shown).Select(hit).Select(h => new PaletteEntry(icon, h.Title, h.Href) { Detail = h.Fact, IsFound = true })]);

    private string Fact(string? email, long number) => email is { Length: > 0 } ? email : (string)Found["Fact.Number", number];

    private string NameOf(string name) => name.Length > 0 ? name : S["Account.Closed"];

    private sealed record Hit(string Href, string Title, string Fact);
}
