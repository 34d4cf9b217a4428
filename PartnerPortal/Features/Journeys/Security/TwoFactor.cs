using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>The six digits do not fit the authenticator's key now.</summary>
public sealed record AuthenticatorCodeWrong : Error;

/// <summary>Gives the key that an authenticator app is to be set up with; made at the first asking.</summary>
public sealed class PrepareAuthenticator(PortalDb portal, UserManager<PortalUser> users)
{
    public async Task<string> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var (user, store) = await TwoFactorStore.OfAsync(work, actor, ct);
        if (await store.GetAuthenticatorKeyAsync(user, ct) is { Length: > 0 } known)
        {
            return known;
        }

        var key = users.GenerateNewAuthenticatorKey();
        await store.SetAuthenticatorKeyAsync(user, key, ct);
        await work.CommitAsync(ct);
        return key;
    }
}

/// <summary>The app shows the right digits: from now on signing in asks for them. Returns the recovery codes, in clear this once.</summary>
public sealed class EnableTwoFactor(PortalDb portal, IdentityMails mails, UserManager<PortalUser> users)
{
    public async Task<Result<IReadOnlyList<string>>> ExecuteAsync(string? digits, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var (user, store) = await TwoFactorStore.OfAsync(work, actor, ct);
        var typed = new string([.. (digits ?? "").Where(char.IsAsciiDigit)]);
        if (!await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, typed))
        {
            return new AuthenticatorCodeWrong();
        }

        user.TwoFactorEnabled = true;
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        var codes = await TwoFactorStore.NewCodesAsync(store, user, ct);
        work.Audit(actor, AuditActions.UserTwoFactorChanged, ("user", user.Id), null, new { enabled = true });
        await mails.ChangedAsync(work, user, SecurityChange.TwoFactorOn, ct);
        await work.CommitAsync(ct);
        return Result<IReadOnlyList<string>>.Success(codes);
    }
}

/// <summary>Signing in asks for the password alone again.</summary>
public sealed class DisableTwoFactor(PortalDb portal, IdentityMails mails)
{
    /// <param name="forgetAuthenticator">The key is thrown away too: the app has to be set up anew.</param>
    /// <param name="actor">Whose.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ExecuteAsync(bool forgetAuthenticator, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var (user, store) = await TwoFactorStore.OfAsync(work, actor, ct);
        user.TwoFactorEnabled = false;
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        await store.ReplaceCodesAsync(user, [], ct);
        if (forgetAuthenticator)
        {
            await store.SetAuthenticatorKeyAsync(user, "", ct);
        }

        work.Audit(actor, AuditActions.UserTwoFactorChanged, ("user", user.Id), null, new { enabled = false, forgetAuthenticator });
        await mails.ChangedAsync(work, user, forgetAuthenticator ? SecurityChange.AuthenticatorReset : SecurityChange.TwoFactorOff, ct);
        await work.CommitAsync(ct);
    }
}

/// <summary>Makes new recovery codes; the old ones stop working.</summary>
public sealed class MakeRecoveryCodes(PortalDb portal, IdentityMails mails)
{
    /// <returns>The codes, in clear this once; <see cref="NotAllowed"/> when two-step sign-in is off.</returns>
    public async Task<Result<IReadOnlyList<string>>> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var (user, store) = await TwoFactorStore.OfAsync(work, actor, ct);
        if (!user.TwoFactorEnabled)
        {
            return new NotAllowed();
        }

        var codes = await TwoFactorStore.NewCodesAsync(store, user, ct);
        work.Audit(actor, AuditActions.UserTwoFactorChanged, ("user", user.Id), null, new { recoveryCodes = codes.Count });
        await mails.ChangedAsync(work, user, SecurityChange.RecoveryCodesMade, ct);
        await work.CommitAsync(ct);
        return Result<IReadOnlyList<string>>.Success(codes);
    }
}

/// <summary>Recovery codes: ten symbols, 50 random bits, in two groups. Only hashes are kept.</summary>
public static class RecoveryCode
{
    public const int Count = 10;
    private const int Length = 10;

    public static string New() => SpokenAlphabet.Random(Length).Insert(Length / 2, "-");

    /// <summary>What is stored and looked up. Case, spaces and dashes do not matter; what is no code gives an empty text, which fits none.</summary>
    public static string Hash(string? typed) =>
        TypedSymbols.Read(typed, Length, SpokenAlphabet.Symbols, char.ToLowerInvariant) is { } symbols ? SpokenAlphabet.Hash("recovery-code", symbols) : "";
}

/// <summary>Identity's own store of keys and codes, in the transaction of the change.</summary>
internal static class TwoFactorStore
{
    public static async Task<(PortalUser User, UserStore<PortalUser, PortalRole, PortalDbContext, long> Store)> OfAsync(PortalTransaction work, Actor actor, CancellationToken ct) =>
        (await work.Db.Users.FirstAsync(u => u.Id == actor.UserId, ct), new UserStore<PortalUser, PortalRole, PortalDbContext, long>(work.Db));

    public static async Task<IReadOnlyList<string>> NewCodesAsync(UserStore<PortalUser, PortalRole, PortalDbContext, long> store, PortalUser user, CancellationToken ct)
    {
        List<string> codes = [.. Enumerable.Range(0, RecoveryCode.Count).Select(_ => RecoveryCode.New())];
        await store.ReplaceCodesAsync(user, codes.Select(RecoveryCode.Hash), ct);
        return codes;
    }
}
