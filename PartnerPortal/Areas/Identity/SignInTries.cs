using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Memory;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Areas.Identity;

/// <summary>How a try to sign in with address and password ended.</summary>
public abstract record SignInTry
{
    public sealed record SignedIn(PortalUser User) : SignInTry;

    public sealed record NeedsSecondStep : SignInTry;

    /// <summary>The one-time password fitted: its holder chooses a password with this ticket.</summary>
    public sealed record ChoosesPassword(string Ticket) : SignInTry;

    /// <summary>Right password, but the address is not confirmed. Only who knows the password learns it.</summary>
    public sealed record NotConfirmed : SignInTry;

    /// <summary>Right credentials, of a person who is disabled. Only who knows them learns it.</summary>
    public sealed record Disabled : SignInTry;

    public sealed record LockedOut : SignInTry;

    /// <summary>Unknown address or wrong password: never said which.</summary>
    public sealed record Wrong : SignInTry;
}

/// <summary>
/// Tries address and password. A stranger cannot tell by answer, time or lockout whether an address has an account: an unknown one costs a password hash too, and is
/// locked out after as many tries.
/// </summary>
public sealed class SignInTries(SignInManager<PortalUser> signIn, OneTimeSignInQueries oneTime, StartTickets tickets, IMemoryCache cache)
{
    private static readonly PortalUser Nobody = new();
    private static string? _nobodysHash;

    private UserManager<PortalUser> Users => signIn.UserManager;

    public async Task<SignInTry> TryAsync(EmailAddress email, string password, bool remember, CancellationToken ct)
    {
        var user = await Users.FindByEmailAsync(email.Normalized);
        if (user is null ? IsLockedOut(email) : await Users.IsLockedOutAsync(user))
        {
            return new SignInTry.LockedOut();
        }

        if (await oneTime.BySecretAsync(user?.Id ?? 0, password, ct) is { } credential)
        {
            return credential.IsDisabled ? new SignInTry.Disabled() : new SignInTry.ChoosesPassword(tickets.Write(credential.CredentialId));
        }

        return user switch
        {
            null => StrangerFails(email, password),
            { PasswordHash: null } => await PasswordlessFailsAsync(user, password),
            // Identity would refuse these two before it looks at the password, and so tell a stranger that there is an account.
            { DisabledAt: not null } => await RefusedAsync(user, password, new SignInTry.Disabled()),
            { EmailConfirmed: false } => await RefusedAsync(user, password, new SignInTry.NotConfirmed()),
            _ => Read(await signIn.PasswordSignInAsync(user, password, remember, lockoutOnFailure: true), user),
        };
    }

    private static SignInTry Read(SignInResult result, PortalUser user) => result switch
    {
        { Succeeded: true } => new SignInTry.SignedIn(user),
        { RequiresTwoFactor: true } => new SignInTry.NeedsSecondStep(),
        { IsLockedOut: true } => new SignInTry.LockedOut(),
        { IsNotAllowed: true } => new SignInTry.NotConfirmed(),
        _ => new SignInTry.Wrong(),
    };

    /// <param name="user">Who is not let in.</param>
    /// <param name="password">As typed.</param>
    /// <param name="why">Said when the password is right.</param>
    private async Task<SignInTry> RefusedAsync(PortalUser user, string password, SignInTry why) =>
        await Users.CheckPasswordAsync(user, password) ? why : await FailAsync(user);

    private async Task<SignInTry> PasswordlessFailsAsync(PortalUser user, string password)
    {
        SpendTheTime(password);
        return await FailAsync(user);
    }

    private async Task<SignInTry> FailAsync(PortalUser user)
    {
        await Users.AccessFailedAsync(user);
        return await Users.IsLockedOutAsync(user) ? new SignInTry.LockedOut() : new SignInTry.Wrong();
    }

    private SignInTry StrangerFails(EmailAddress email, string password)
    {
        SpendTheTime(password);
        var tries = cache.TryGetValue(KeyOf(email), out int before) ? before + 1 : 1;
        cache.Set(KeyOf(email), tries, Users.Options.Lockout.DefaultLockoutTimeSpan);
        return IsLockedOut(email) ? new SignInTry.LockedOut() : new SignInTry.Wrong();
    }

    private bool IsLockedOut(EmailAddress email) => cache.TryGetValue(KeyOf(email), out int tries) && tries >= Users.Options.Lockout.MaxFailedAccessAttempts;

    private void SpendTheTime(string password)
    {
        _nobodysHash ??= Users.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        Users.PasswordHasher.VerifyHashedPassword(Nobody, _nobodysHash, password);
    }

    private static (string, string) KeyOf(EmailAddress email) => (nameof(SignInTries), email.Normalized);
}
