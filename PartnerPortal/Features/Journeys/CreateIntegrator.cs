using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <param name="FirmName">Empty for a person.</param>
/// <param name="ContactName">The whole name of who will administer it.</param>
/// <param name="Email">The contact's.</param>
/// <param name="Language">Of the mail, IETF tag.</param>
public sealed record NewIntegrator(string? FirmName, string? ContactName, string? Email, string Language);

/// <param name="AccountId">The integrator's account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Existed">The address had an account, which was made an integrator under its own name.</param>
public sealed record CreatedIntegrator(long AccountId, string Name, bool Existed);

public sealed record ContactNameMissing : Error
{
    public override string Field => nameof(NewIntegrator.ContactName);
}

/// <summary>One of the two names is longer than <paramref name="Limit"/>.</summary>
public sealed record IntegratorNameTooLong(string Where, int Limit) : Error
{
    public override string Field => Where;
}

public sealed record IntegratorEmailWrong(EmailProblem Problem) : Error
{
    public override string Field => nameof(NewIntegrator.Email);
}

/// <summary>The address belongs to a partner already. Staff may know.</summary>
public sealed record AlreadyPartner(long AccountId, string Name, PartnerState State) : Error
{
    public override string Field => nameof(NewIntegrator.Email);
}

/// <summary>
/// Staff makes an integrator without an application: a new account whose admin gets a one-time link by mail, or, where the address has an account, that account.
/// Unlike a partner, staff may learn which of the two it was.
/// </summary>
public sealed class CreateIntegrator(PortalDb portal, ProgramSettingsSource settings, PartnerMails mails, ILookupNormalizer normalizer)
{
    private const int NameLength = 200;

    public async Task<Result<CreatedIntegrator>> ExecuteAsync(NewIntegrator request, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        if (Check(request) is { } error)
        {
            return error;
        }

        if (!EmailAddress.TryParse(request.Email, out var email, out var problem))
        {
            return new IntegratorEmailWrong(problem);
        }

        try
        {
            return await CreateAsync(request, email, actor, ct);
        }
        catch (DbUpdateException conflict) when (conflict.IsUniqueViolation())
        {
            // Somebody registered with the address at this moment: now there is an account to take.
            return await CreateAsync(request, email, actor, ct);
        }
    }

    private async Task<Result<CreatedIntegrator>> CreateAsync(NewIntegrator request, EmailAddress email, Actor actor, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        var user = await NewAccounts.FindUserAsync(work.Db, email, normalizer, ct);
        var existed = user is not null;
        Account account;
        if (user is null)
        {
            (user, account) = await NewAsync(work, request, email, actor, ct);
        }
        else
        {
            account = await NewAccounts.OwnOfAsync(work.Db, user.Id, ct);
            if (await OwnAccounts.InvolveAsync(work.Db, actor, [account.Id], ct))
            {
                return new OwnAccountInvolved();
            }
        }

        await work.LockAsync(PortalLock.Partner, account.Id, ct);
        if (await MakePartnerAsync(work, account, ct) is { } refusal)
        {
            return refusal;
        }

        work.Audit(actor, AuditActions.PartnerCreated, ("account", account.Id), account.Id, new { existing = existed });
        if (user.EmailConfirmed)
        {
            await mails.DecidedAsync(work, account, PartnerDecision.MadePartner, null, ct);
        }
        else
        {
            account.Claim();
            await IntegratorLink.IssueAsync(work, account, user, program, mails, actor, ct);
        }

        PartnerDesk.Tell(work, account.Id);
        await work.CommitAsync(ct);
        return new CreatedIntegrator(account.Id, account.Name, existed);
    }

    /// <summary>Active from the start: staff vouches for it, and its link works before the first sign-in.</summary>
    private async Task<(PortalUser User, Account Account)> NewAsync(PortalTransaction work, NewIntegrator request, EmailAddress email, Actor actor, CancellationToken ct)
    {
        var user = NewAccounts.User(email, request.ContactName!.Trim(), request.Language, normalizer, work.Now);
        work.Audit(actor, AuditActions.AccountCreated, ("account", null));
        var account = await NewAccounts.PersonalAsync(work, user, null, AccountState.Active, ct);
        if (request.FirmName?.Trim() is { Length: > 0 } firm)
        {
            account.ChangeKind(AccountKind.Firm);
            account.ChangeContact(firm, account.Email, null, null);
        }

        return (user, account);
    }

    /// <returns>Null when it is an active integrator now; else what it is and stays.</returns>
    internal static async Task<AlreadyPartner?> MakePartnerAsync(PortalTransaction work, Account account, CancellationToken ct)
    {
        if (await work.Db.Partners.FirstOrDefaultAsync(p => p.AccountId == account.Id, ct) is not { } partner)
        {
            work.Db.Partners.Add(Partner.CreateIntegrator(account.Id, work.Now));
            return null;
        }

        if (partner is { Kind: PartnerKind.Referrer, State: PartnerState.Active })
        {
            partner.ApplyAgain(partner.About, work.Now);
        }

        return partner.Approve(work.Now) ? null : new AlreadyPartner(account.Id, account.Name, partner.State);
    }

    private static Error? Check(NewIntegrator request) => request switch
    {
        { FirmName: { } firm } when firm.Trim().Length > NameLength => new IntegratorNameTooLong(nameof(NewIntegrator.FirmName), NameLength),
        _ when string.IsNullOrWhiteSpace(request.ContactName) => new ContactNameMissing(),
        _ when request.ContactName.Trim().Length > NameLength => new IntegratorNameTooLong(nameof(NewIntegrator.ContactName), NameLength),
        _ => null,
    };
}
