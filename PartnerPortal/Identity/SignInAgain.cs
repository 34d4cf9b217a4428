using Microsoft.AspNetCore.Identity;

namespace PartnerPortal.Identity;

/// <summary>Renews the cookie of the person who is signed in, after the account it works in changed. Only where there is a response to write to.</summary>
public sealed class SignInAgain(IServiceScopeFactory scopes, ActorSource actors)
{
    /// <returns>Who the person is with the new cookie.</returns>
    public async Task<Actor> ExecuteAsync(long userId, CancellationToken ct)
    {
        // A scope of its own: the request's context may have read the user before it was changed, and would give it again as it was.
        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<PortalUser>>();
        var user = await signIn.UserManager.FindByIdAsync(userId.ToString(System.Globalization.CultureInfo.InvariantCulture))
            ?? throw new InvalidOperationException("The person who is signed in is not there.");
        await signIn.RefreshSignInAsync(user);
        return await actors.GetAsync(await signIn.CreateUserPrincipalAsync(user), ct);
    }
}

/// <summary>Signs in the person who was made a moment ago by the one-time address.</summary>
public sealed class FirstSignIn(SignInManager<PortalUser> signIn)
{
    public async Task ExecuteAsync(long userId)
    {
        var user = await signIn.UserManager.FindByIdAsync(userId.ToString(System.Globalization.CultureInfo.InvariantCulture))
            ?? throw new InvalidOperationException("The first owner is not there.");
        await signIn.SignInAsync(user, isPersistent: false);
    }
}
