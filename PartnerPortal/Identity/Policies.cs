using Microsoft.AspNetCore.Authorization;

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

    public const string Support = "Support";

    public const string Owner = "Owner";

    public static void Add(AuthorizationOptions options)
    {
        Add(Account, a => a.AccountId is not null);
        Add(Partner, a => a.IsPartner);
        Add(Seller, a => a.IsPartner && a.MaySell);
        Add(Support, a => a.IsStaff);
        Add(Owner, a => a.IsOwner);

        void Add(string name, Func<Actor, bool> allows) =>
            options.AddPolicy(name, p => p.RequireAuthenticatedUser().AddRequirements(new ActorRequirement(allows)));
    }
}

public sealed record ActorRequirement(Func<Actor, bool> Allows) : IAuthorizationRequirement;

public sealed class ActorRequirementHandler(ActorSource source) : AuthorizationHandler<ActorRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, ActorRequirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated == true && requirement.Allows(await source.GetAsync(context.User)))
        {
            context.Succeed(requirement);
        }
    }
}
