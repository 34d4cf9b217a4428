using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys.Products;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>Finds the accounts that lines mean, and makes those that are not there.</summary>
internal static class MovingAccounts
{
    public const int ExternalIdLength = 100;

    private const int NameLength = 200;

    /// <summary>What is wrong with the account that a line tells of; null when it can be looked for.</summary>
    public static MovingFinding? Problem(MovingLine line, out EmailAddress? email)
    {
        email = null;
        var id = line[MovingField.ExternalId];
        return id.Length == 0 ? MovingFinding.Refuse(line, MovingProblem.IdMissing, MovingField.ExternalId)
            : id.Length > ExternalIdLength || id.StartsWith(ProductIds.Prefix, StringComparison.Ordinal) || id.Any(char.IsControl) ? MovingFinding.Refuse(line, MovingProblem.IdWrong, MovingField.ExternalId)
            : line.Name.Length == 0 && line[MovingField.Company].Length == 0 ? MovingFinding.Refuse(line, MovingProblem.NameMissing, MovingField.Name)
            : line.Name.Length > NameLength || line[MovingField.Company].Length > NameLength ? MovingFinding.Refuse(line, MovingProblem.NameTooLong, line.Name.Length > NameLength ? MovingField.Name : MovingField.Company)
            : !EmailAddress.TryParse(line[MovingField.Email], out email, out _) ? MovingFinding.Refuse(line, MovingProblem.EmailWrong, MovingField.Email)
            : null;
    }

    /// <summary>The account of a line: by its external id, or else by its address.</summary>
    /// <returns>Null when there is none; or why it cannot be this line's.</returns>
    public static async Task<(Account? Account, MovingFinding? Problem)> FindAsync(PortalDbContext db, MovingLine line, EmailAddress email, ILookupNormalizer normalizer, Actor actor, CancellationToken ct)
    {
        var id = line[MovingField.ExternalId];
        // In this order: whoever makes the same line's account at this moment makes both at once.
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.ExternalId == id, ct);
        var user = await NewAccounts.FindUserAsync(db, email, normalizer, ct);
        if (account is null && user is not null)
        {
            account = await NewAccounts.OwnOfAsync(db, user.Id, ct);
            if (account.ExternalId is { } other && other != id)
            {
                return (null, MovingFinding.Refuse(line, MovingProblem.EmailOfAnother, MovingField.Email, other));
            }
        }
        else if (account is not null && (user is null || !await db.Members.AnyAsync(m => m.AccountId == account.Id && m.UserId == user.Id, ct)))
        {
            return (null, MovingFinding.Refuse(line, MovingProblem.EmailDiffers, MovingField.Email, account.Email));
        }

        return account is not null && await OwnAccounts.InvolveAsync(db, actor, [account.Id], ct)
            ? (null, MovingFinding.Refuse(line, MovingProblem.OwnAccount))
            : (account, null);
    }

    /// <summary>The partner that a column names, by external id, e-mail or code; null when there is none that has clients.</summary>
    public static async Task<Account?> PartnerAsync(PortalDbContext db, string named, ILookupNormalizer normalizer, CancellationToken ct)
    {
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.ExternalId == named, ct);
        if (account is null && EmailAddress.TryParse(named, out var email, out _) && await NewAccounts.FindUserAsync(db, email, normalizer, ct) is { } user)
        {
            account = await NewAccounts.OwnOfAsync(db, user.Id, ct);
        }

        var code = named.ToUpperInvariant();
        account ??= await db.Accounts.FirstOrDefaultAsync(a => a.Code == code, ct);
        return account is not null && await db.Partners.AnyAsync(p => p.AccountId == account.Id && (p.State == PartnerState.Active || p.State == PartnerState.Suspended), ct) ? account : null;
    }

    /// <summary>Makes the account of a line; the caller adds an audit entry before.</summary>
    public static async Task<(PortalUser User, Account Account)> CreateAsync(PortalTransaction work, MovingLine line, EmailAddress email, AccountState state, ILookupNormalizer normalizer, CancellationToken ct)
    {
        var company = line[MovingField.Company];
        var user = NewAccounts.User(email, line.Name.Length > 0 ? line.Name : company, line[MovingField.Language] is { Length: > 0 } language ? language : Languages.Default, normalizer, work.Now);
        var account = await NewAccounts.PersonalAsync(work, user, null, state, ct);
        if (company.Length > 0)
        {
            account.ChangeKind(AccountKind.Firm);
            account.ChangeContact(company, account.Email, null, null);
        }

        account.SetExternalId(line[MovingField.ExternalId]);
        return (user, account);
    }

    /// <summary>A day or a time of the file.</summary>
    public static MovingFinding? Time(MovingLine line, MovingField field, DateTime now, out DateTime utc) =>
        !TypedPurchase.TryTime(line[field], out utc) ? MovingFinding.Refuse(line, MovingProblem.TimeWrong, field)
        : utc > now ? MovingFinding.Refuse(line, MovingProblem.TimeAhead, field)
        : null;
}
