using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <param name="Kind">Firm or person.</param>
/// <param name="Name">Shown to those whom it invites.</param>
/// <param name="Website">http or https, the scheme may be left out; may be empty.</param>
/// <param name="About">What it does and whom it would bring; staff reads it.</param>
public sealed record PartnerApplication(AccountKind Kind, string? Name, string? Website, string? About);

public sealed record ApplicantNameMissing : Error
{
    public override string Field => nameof(PartnerApplication.Name);
}

public sealed record ApplicantNameTooLong(int Limit) : Error
{
    public override string Field => nameof(PartnerApplication.Name);
}

public sealed record WebsiteWrong : Error
{
    public override string Field => nameof(PartnerApplication.Website);
}

public sealed record AboutMissing : Error
{
    public override string Field => nameof(PartnerApplication.About);
}

public sealed record AboutTooLong(int Limit) : Error
{
    public override string Field => nameof(PartnerApplication.About);
}

/// <summary>There is nothing to apply for: it waits, is an integrator, or is suspended.</summary>
public sealed record NothingToApplyFor(PartnerState State) : Error;

/// <summary>An account applies to be an integrator. Only its admin may; support is told.</summary>
public sealed class ApplyAsPartner(PortalDb portal, PartnerMails mails)
{
    public const int NameLength = 200;
    public const int AboutLength = 2000;

    public async Task<Result<Done>> ExecuteAsync(PartnerApplication request, Actor actor, CancellationToken ct)
    {
        if (actor.AccountId is not { } accountId)
        {
            return new NotAllowed();
        }

        if (!actor.MayAdminister)
        {
            return new NotAdminOfAccount();
        }

        if (Check(request) is { } error)
        {
            return error;
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Partner, accountId, ct);
        var partner = await work.Db.Partners.FirstOrDefaultAsync(p => p.AccountId == accountId, ct);
        var about = request.About!.Trim();
        if (partner is null)
        {
            work.Db.Partners.Add(Partner.Apply(accountId, about, work.Now));
        }
        else if (!partner.ApplyAgain(about, work.Now))
        {
            return new NothingToApplyFor(partner.State);
        }

        var account = await work.Db.Accounts.FirstAsync(a => a.Id == accountId, ct);
        account.ChangeKind(request.Kind);
        account.ChangeContact(request.Name!.Trim(), account.Email, account.Phone, WebAddress.Parse(request.Website));
        work.Audit(actor, AuditActions.PartnerApplied, ("account", accountId), accountId, new { kind = request.Kind, again = partner is not null });
        await ClientList.RefreshAsync(work, account, ct);
        await mails.AppliedAsync(work, account, ct);
        PartnerDesk.Tell(work, accountId);
        try
        {
            await work.CommitAsync(ct);
        }
        catch (DbUpdateException conflict) when (conflict.IsUniqueViolation())
        {
            // Its link was used for the first time at this moment, which made it a referrer. The form is sent once more and finds that.
            return new NothingToApplyFor(PartnerState.Active);
        }

        return Done.Value;
    }

    private static Error? Check(PartnerApplication request) => request switch
    {
        _ when string.IsNullOrWhiteSpace(request.Name) => new ApplicantNameMissing(),
        _ when request.Name.Trim().Length > NameLength => new ApplicantNameTooLong(NameLength),
        _ when !string.IsNullOrWhiteSpace(request.Website) && WebAddress.Parse(request.Website) is null => new WebsiteWrong(),
        _ when string.IsNullOrWhiteSpace(request.About) => new AboutMissing(),
        _ when request.About.Trim().Length > AboutLength => new AboutTooLong(AboutLength),
        _ => null,
    };
}
