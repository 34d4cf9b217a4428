using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

public sealed record KeyNameMissing : Error
{
    public override string Field => "Name";
}

public sealed record KeyNameTooLong(int Limit) : Error
{
    public override string Field => "Name";
}

/// <summary>A key just made.</summary>
/// <param name="Key">Shown this once; it cannot be had again.</param>
public sealed record MadeKey(long Id, string Name, string Key);

/// <summary>The owner makes a key with which another system posts purchases.</summary>
public sealed class MakeProgramKey(PortalDb portal)
{
    public async Task<Result<MadeKey>> ExecuteAsync(string? name, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        var wanted = name?.Trim() ?? "";
        if (wanted.Length is 0 or > ProgramKey.NameLength)
        {
            return wanted.Length == 0 ? new KeyNameMissing() : new KeyNameTooLong(ProgramKey.NameLength);
        }

        var secret = ProgramKeySecret.New();
        await using var work = await portal.BeginAsync(ct);
        var key = new ProgramKey(wanted, ProgramScopes.PurchasesWrite, secret[..ProgramKeySecret.StartLength], ProgramKeySecret.Hash(secret), work.Now);
        work.Db.ProgramKeys.Add(key);
        work.Audit(actor, AuditActions.ProgramKeyCreated, ("program-key", null), null, new { name = wanted });
        await work.CommitAsync(ct);
        return new MadeKey(key.Id, key.Name, secret);
    }
}
