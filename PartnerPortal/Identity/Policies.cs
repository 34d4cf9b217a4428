using Microsoft.AspNetCore.Authorization;
using RouteAttribute = Microsoft.AspNetCore.Components.RouteAttribute;
using RouteData = Microsoft.AspNetCore.Components.RouteData;

namespace PartnerPortal.Identity;

/// <summary>Who may open what; each is decided from the database at the moment of asking.</summary>
public static class Policies
{
    /// <summary>Signed in and a member of an account.</summary>
    public const string Account = "Account";

    /// <summary>The account is a partner, active or suspended.</summary>
    public const string Partner = "Partner";

    /// <summary>A partner's member who may invite and create.</summary>
    public const string Seller = "Seller";

    /// <summary>A partner's member who may see what it earns.</summary>
    public const string Money = "Money";

    /// <summary>Administers an integrator's account: connects its systems.</summary>
    public const string Developer = "Developer";

    /// <summary>Reads the profile of its account, or of the client it acts for.</summary>
    public const string Profile = "Profile";

    /// <summary>Reads the purchases of its account, or of the client it acts for.</summary>
    public const string Purchases = "Purchases";

    /// <summary>Orders for its account, or for the client it acts for.</summary>
    public const string Orders = "Orders";

    /// <summary>Anybody who is signed in, or acts for a client who lets it read invoices. Which invoices is decided one by one.</summary>
    public const string Invoices = "Invoices";

    /// <summary>Anybody who is signed in, also while acting for a client.</summary>
    public const string AlsoActing = "AlsoActing";

    public const string Support = "Support";

    public const string Owner = "Owner";

    /// <summary>The policies that let somebody in who acts for a client; all others refuse, the one without a name included.</summary>
    public static readonly IReadOnlyList<string> WhileActing = [Profile, Purchases, Orders, Invoices, AlsoActing];

    public static void Add(AuthorizationOptions options)
    {
        options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new ActorRequirement(IsItself)).Build();
        Add(Account, a => a.AccountId is not null);
        Add(Partner, a => a.IsPartner);
        Add(Seller, a => a.IsPartner && a.MaySell);
        Add(Money, a => a.MaySeeMoney);
        Add(Developer, a => a is { IsIntegrator: true, MayAdminister: true });
        Add(Profile, a => a.SeesProfileOf is not null);
        Add(Purchases, a => a.SeesPurchasesOf is not null);
        Add(Orders, a => a.AccountId is not null || a.OrdersFor is not null);
        Add(Invoices, a => IsItself(a) || a.SeesPurchasesOf is not null);
        Add(AlsoActing, a => a.IsSignedIn);
        Add(Support, a => a.IsStaff);
        Add(Owner, a => a.IsOwner);

        void Add(string name, Func<Actor, bool> allows) =>
            options.AddPolicy(name, p => p.RequireAuthenticatedUser().AddRequirements(new ActorRequirement(allows)));
    }

    private static bool IsItself(Actor actor) => actor is { IsSignedIn: true, Acting: null, HasLostAccess: false };
}

public sealed record ActorRequirement(Func<Actor, bool> Allows) : IAuthorizationRequirement;

/// <summary>As whom the page that is open was let in; null where everybody is. For whoever watches whether that still holds: what changed since the page was let in counts, however soon.</summary>
public sealed class AdmittedActor
{
    public Actor? Actor { get; internal set; }
}

public sealed class ActorRequirementHandler(ActorSource source, AdmittedActor admitted) : AuthorizationHandler<ActorRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, ActorRequirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated == true && await source.GetAsync(context.User) is var actor && requirement.Allows(actor) && Shows(actor, context.Resource))
        {
            // A part of a page that asks for itself is no page.
            admitted.Actor = context.Resource is RouteData ? actor : admitted.Actor;
            context.Succeed(requirement);
        }
    }

    /// <summary>Inside a circuit no request is made for the next page: what the account does not show is refused here, and the page is then asked of the server, which answers as always.</summary>
    private static bool Shows(Actor actor, object? resource) =>
        resource is not RouteData { PageType: var page } || page.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>().All(r => actor.Opens(r.Template));
}
