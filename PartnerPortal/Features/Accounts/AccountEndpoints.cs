using Microsoft.AspNetCore.Mvc;
using PartnerPortal.Components.Layout;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Accounts;

/// <summary>Switching between one's accounts: the menu posts here, with or without script.</summary>
public static class AccountEndpoints
{
    public static async Task<IResult> Switch([FromForm] long accountId, HttpContext context, ActorSource actors, SwitchAccount useCase, SignInAgain signIn, CancellationToken ct)
    {
        var actor = await actors.GetAsync(context.User, ct);
        var result = await useCase.ExecuteAsync(accountId, actor, ct);
        if (!result.Ok)
        {
            return Results.Forbid();
        }

        var switched = await signIn.ExecuteAsync(actor.UserId!.Value, ct);
        return Results.LocalRedirect(PortalHome.Of(switched));
    }
}
