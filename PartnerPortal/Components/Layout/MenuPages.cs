using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Components.Layout;

/// <summary>The parts of the menu.</summary>
public enum MenuPart
{
    /// <summary>What is open while acting for a client.</summary>
    Acting,
    Partner,
    Support,
    Administration,
    Account,
}

/// <summary>A page in the menu.</summary>
/// <param name="Href">Its address.</param>
/// <param name="Icon">A symbol of icons.svg.</param>
/// <param name="Key">Of its name, after "Menu.", in the shared texts.</param>
public sealed record MenuPage(string Href, string Icon, string Key);

/// <param name="Part">Which it is.</param>
/// <param name="Pages">In the menu's order; none where the account shows none.</param>
public sealed record MenuGroup(MenuPart Part, IReadOnlyList<MenuPage> Pages);

/// <summary>The pages that somebody may open and is shown: the menu draws them, and the palette finds them.</summary>
public static class MenuPages
{
    private static readonly MenuPage[] OfSupport =
    [
        new(PortalUrls.Support, "home", "SupportHome"), new(PortalUrls.SupportTasks, "check", "Tasks"), new(PortalUrls.SupportClients, "clients", "SupportClients"), new(PortalUrls.SupportPartners, "team", "SupportPartners"),
        new(PortalUrls.SupportClaims, "flag", "SupportClaims"), new(PortalUrls.SupportFlags, "shield", "SupportFlags"), new(PortalUrls.SupportPayouts, "payout", "Payouts"),
        new(PortalUrls.SupportOrders, "receipt", "Orders"), new(PortalUrls.SupportPurchases, "tag", "SupportPurchases"), new(PortalUrls.SupportLinkTester, "link", "LinkTester"),
        new(PortalUrls.SupportMail, "mail", "SupportMail"), new(PortalUrls.SupportAudit, "audit", "SupportAudit"),
    ];

    private static readonly MenuPage[] OfOwner =
    [
        new(PortalUrls.AdminProgram, "settings", "Program"), new(PortalUrls.AdminPlans, "coin", "Plans"), new(PortalUrls.AdminCommissionPlans, "percent", "CommissionPlans"),
        new(PortalUrls.AdminAutomations, "play", "Automations"), new(PortalUrls.MailTemplates, "mail", "MailTemplates"), new(PortalUrls.AdminStaff, "user-check", "Staff"),
        new(PortalUrls.AdminMovingIn, "download", "MovingIn"), new(PortalUrls.AdminSystem, "key", "System"),
    ];

    public static IEnumerable<MenuGroup> Of(Actor actor)
    {
        if (actor.Acting is { } acting)
        {
            yield return Group(MenuPart.Acting, actor,
            [
                new(PortalUrls.Acting, "user-check", "Acting"),
                .. If(acting.Allows(AccessScopes.ViewProfile), new MenuPage(PortalUrls.Profile, "profile", "Profile")),
                .. If(acting.Allows(AccessScopes.ViewPurchases), new MenuPage(PortalUrls.Purchases, "receipt", "Purchases")),
                .. If(acting.Allows(AccessScopes.Order), new MenuPage(PortalUrls.Plans, "coin", "Plans")),
            ]);
        }

        if (actor.IsPartner)
        {
            yield return Group(MenuPart.Partner, actor,
            [
                new(PortalUrls.Dashboard, "home", "Dashboard"), new(PortalUrls.Clients, "clients", "Clients"), new(PortalUrls.Invitations, "invite", "Invitations"), new(PortalUrls.Tasks, "check", "Tasks"),
                .. If(actor is { IsIntegrator: true, MaySell: true }, new MenuPage(PortalUrls.Claims, "flag", "Claims")),
                .. If(actor.MaySeeMoney, new MenuPage(PortalUrls.Wallet, "wallet", "Wallet"), new MenuPage(PortalUrls.Payouts, "payout", "Payouts")),
                .. If(actor is { IsIntegrator: true, MayAdminister: true }, new MenuPage(PortalUrls.Developer, "dev", "Developer")),
            ]);
        }

        if (actor.IsStaff)
        {
            yield return Group(MenuPart.Support, actor, OfSupport);
        }

        if (actor.IsOwner)
        {
            yield return Group(MenuPart.Administration, actor, OfOwner);
        }

        if (actor.AccountId is not null)
        {
            yield return Group(MenuPart.Account, actor,
            [
                new(PortalUrls.MyPartner, "shield", "MyPartner"), new(PortalUrls.Access, "key", "Access"), new(PortalUrls.Purchases, "receipt", "Purchases"),
                .. If(!actor.IsIntegrator, new MenuPage(PortalUrls.Refer, "send", "Refer")),
                new(PortalUrls.Team, "team", "Team"), new(PortalUrls.Profile, "profile", "Profile"),
                .. If(!actor.IsIntegrator, new MenuPage(PortalUrls.Apply, "building", "Apply")),
            ]);
        }
    }

    private static MenuPage[] If(bool isShown, params MenuPage[] pages) => isShown ? pages : [];

    private static MenuGroup Group(MenuPart part, Actor actor, IEnumerable<MenuPage> pages) => new(part, [.. pages.Where(p => actor.Opens(p.Href))]);
}
