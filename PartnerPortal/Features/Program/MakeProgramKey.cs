using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

public sealed record KeyNameMissing : Error
{
    public override string Field => nameof(NewKey.Name);
}

public sealed record KeyNameTooLong(int Limit) : Error
{
    public override string Field => nameof(NewKey.Name);
}

/// <summary>A key that may do nothing.</summary>
public sealed record KeyScopesMissing : Error
{
    public override string Field => nameof(NewKey.Scopes);
}

/// <summary>It would have expired already.</summary>
public sealed record KeyExpiryInPast : Error
{
    public override string Field => nameof(NewKey.ExpiresAt);
}

/// <summary>A key that is asked for.</summary>
/// <param name="Holder">Whose machine it is for; a partner's key is of the actor's account.</param>
/// <param name="Name">Of the system that will use it.</param>
/// <param name="Scopes">Of <see cref="KeyScopes.Of"/>.</param>
/// <param name="ExpiresAt">UTC; null to work until it is revoked.</param>
public sealed record NewKey(KeyHolder Holder, string? Name, IReadOnlyCollection<string> Scopes, DateTime? ExpiresAt = null)
{
    /// <summary>A shop's: it posts purchases and refunds and nothing else.</summary>
    public static NewKey ForPurchases(string? name) => new(KeyHolder.Program, name, [ProgramScopes.PurchasesWrite]);
}

/// <summary>A key just made.</summary>
/// <param name="Key">Shown this once; it cannot be had again.</param>
public sealed record MadeKey(long Id, string Name, string Key);

/// <summary>The owner makes a key for a machine of the program, or who administers an integrator's account one for a machine of that partner.</summary>
public sealed class MakeProgramKey(PortalDb portal)
{
    public async Task<Result<MadeKey>> ExecuteAsync(NewKey request, Actor actor, CancellationToken ct)
    {
        if (!KeyRules.MayHold(request.Holder, actor))
        {
            return new NotAllowed();
        }

        var name = request.Name?.Trim() ?? "";
        if (name.Length is 0 or > ProgramKey.NameLength)
        {
            return name.Length == 0 ? new KeyNameMissing() : new KeyNameTooLong(ProgramKey.NameLength);
        }

        var scopes = KeyScopes.Of(request.Holder).Where(request.Scopes.Contains).ToList();
        if (scopes.Count != request.Scopes.Distinct(StringComparer.Ordinal).Count())
        {
            // The pages offer no other.
            return new NotAllowed();
        }

        if (scopes.Count == 0)
        {
            return new KeyScopesMissing();
        }

        var secret = ProgramKeySecret.New();
        await using var work = await portal.BeginAsync(ct);
        if (request.ExpiresAt <= work.Now)
        {
            return new KeyExpiryInPast();
        }

        var account = KeyRules.AccountOf(request.Holder, actor);
        var key = new ProgramKey(name, account, scopes, request.ExpiresAt, (secret[..ProgramKeySecret.StartLength], ProgramKeySecret.Hash(secret)), work.Now);
        work.Db.ProgramKeys.Add(key);
        work.Audit(actor, AuditActions.ProgramKeyCreated, ("program-key", null), account, new { name, scope = key.Scope, expiresAt = key.ExpiresAt });
        await work.CommitAsync(ct);
        return new MadeKey(key.Id, key.Name, secret);
    }
}
