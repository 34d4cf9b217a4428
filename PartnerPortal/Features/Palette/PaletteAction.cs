using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Palette;

/// <summary>Something a person can do from the palette: by an address, or by pressing what stands on every page for it.</summary>
/// <param name="Key">Of its words, after "Do.".</param>
/// <param name="Icon">A symbol of icons.svg.</param>
/// <param name="Href">Its address; null when something is pressed.</param>
/// <param name="Presses">CSS selector of what is pressed; null when there is an address.</param>
/// <param name="Shortcut">The single key that does it on pages that have a button for it: there the button is pressed, so that the page stays.</param>
public sealed record PaletteAction(string Key, string Icon, string? Href, string? Presses = null, string? Shortcut = null);

/// <summary>What somebody may do. Whether it may is decided again where it is done.</summary>
public static class PaletteActions
{
    /// <summary>An address of My clients with the dialog to invite open.</summary>
    public static readonly string Invite = PortalUrls.WithQuery(PortalUrls.Clients, ("invite", "yes"));

    private static readonly PaletteAction[] OfSeller =
        [new("Invite", "invite", Invite, Shortcut: "i"), new("Create", "created", PortalUrls.NewClient), new("Contacts", "upload", PortalUrls.ImportContacts)];

    private static readonly PaletteAction[] OfSupport =
    [
        new("Purchase", "tag", PortalUrls.NewPurchase), new("Import", "upload", PortalUrls.ImportPurchases), new("Waiting", "clock", PortalUrls.WaitingPayments),
        new("Reassign", "swap", PortalUrls.SupportReassignments),
    ];

    private static readonly PaletteAction[] OfOwner = [new("PlanVersion", "percent", PortalUrls.AdminCommissionPlans), new("PayoutRules", "payout", PortalUrls.AdminPayouts)];

    private static readonly PaletteAction[] OfItself =
        [new("Notifications", "bell", PortalUrls.Notifications), new("Wishes", "settings", PortalUrls.NotificationSettings), new("Data", "download", PortalUrls.PersonalData), new("Password", "lock", PortalUrls.ChangePassword), new("Security", "key", PortalUrls.Manage)];

    private static readonly PaletteAction[] OfAnybody =
        [new("Theme", "sun", null, "[data-theme-toggle]"), new("Keys", "help", null, "[data-shortcuts-help]"), new("SignOut", "logout", null, "form[data-signs-out] [type=submit]")];

    /// <summary>The nearest to work first. Languages are not among them: each page has its own address for those.</summary>
    public static IReadOnlyList<PaletteAction> Of(Actor actor)
    {
        if (!actor.IsSignedIn)
        {
            return [];
        }

        var isItself = actor is { Acting: null, HasLostAccess: false };
        PaletteAction[] all =
        [
            .. If(actor.Acting is not null, new PaletteAction("StopActing", "undo", null, ".acting form [type=submit]")),
            .. If(actor is { IsActivePartner: true, MaySell: true }, OfSeller),
            .. If(actor is { IsActivePartner: true, MaySell: true, IsIntegrator: true }, new PaletteAction("Claim", "flag", PortalUrls.NewClaim)),
            .. If(actor.MaySeeMoney, new PaletteAction("Payout", "payout", PortalUrls.Payouts)),
            .. If(actor.IsPartner, new PaletteAction("Tester", "link", PortalUrls.LinkTester)),
            .. If(actor.IsStaff, OfSupport),
            .. If(actor.IsOwner, OfOwner),
            .. If(actor.AccountId is not null, new PaletteAction("Plans", "coin", PortalUrls.Plans)),
            .. If(isItself, OfItself),
            .. OfAnybody,
        ];
        return [.. all.Where(a => a.Href is null || actor.Opens(a.Href))];
    }

    private static PaletteAction[] If(bool may, params PaletteAction[] actions) => may ? actions : [];
}
