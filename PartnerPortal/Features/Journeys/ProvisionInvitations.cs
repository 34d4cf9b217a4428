using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>
/// Does what a queued invitation asks: makes the account and mails its credentials, or, where the address has an account, mails the way to the join form.
/// One invitation a transaction; an invitation whose transaction is lost stays queued and is done by the next run.
/// </summary>
public sealed class ProvisionInvitations(
    PortalDb portal, ProgramSettingsSource settings, RegistrationMails mails, ILookupNormalizer normalizer, ILogger<ProvisionInvitations> logger)
{
    /// <summary>Published when something was queued.</summary>
    public const string Signal = "provision";

    /// <returns>How many were done. Those beyond a partner's number for the day stay queued.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var done = 0;
        var after = 0L;
        while (true)
        {
            var limit = (await settings.GetAsync(ct)).InvitationsPerDay;
            List<long> ids;
            await using (var db = await portal.ReadAsync(ct))
            {
                ids = await Due(db, limit, DateOnly.FromDateTime(portal.Now)).Where(i => i.Id > after).OrderBy(i => i.Id).Select(i => i.Id).Take(200).ToListAsync(ct);
            }

            if (ids.Count == 0)
            {
                return done;
            }

            foreach (var id in ids)
            {
                done += await TryProvisionAsync(id, ct) ? 1 : 0;
            }

            after = ids[^1];
        }
    }

    private static IQueryable<Invitation> Due(PortalDbContext db, int limit, DateOnly today)
    {
        var queued = db.Invitations.Where(i => i.State == InvitationState.Queued);
        return limit == 0 ? queued : queued.Where(i => !db.InvitationDays.Any(d => d.PartnerId == i.PartnerId && d.Day == today && d.Count >= limit));
    }

    private async Task<bool> TryProvisionAsync(long id, CancellationToken ct)
    {
        try
        {
            return await ProvisionAsync(id, ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation() || error is DbUpdateConcurrencyException)
        {
            // Somebody registered with the address at this moment, or another node took the invitation: it is looked at again in the next run.
            logger.LogInformation("Invitation {Id} met another change and stays queued", id);
            return false;
        }
    }

    private async Task<bool> ProvisionAsync(long id, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, id, ct);
        if (await work.Db.Invitations.FirstOrDefaultAsync(i => i.Id == id && i.State == InvitationState.Queued, ct) is not { } invitation
            || !EmailAddress.TryParse(invitation.Email, out var email, out _))
        {
            return false;
        }

        if (!await InvitationTurns.TakeAsync(work, invitation.PartnerId, program.InvitationsPerDay, ct))
        {
            return false;
        }

        invitation.Renew(work.Now.AddDays(program.LapseAfterDays));
        // "Send again" makes a new message and voids the old.
        await Outbox.CancelAsync(work, invitation.Id, ct);
        var partner = await work.Db.Accounts.Where(a => a.Id == invitation.PartnerId).Select(a => new { a.Name, a.Code }).FirstAsync(ct);
        var person = await work.Db.Users.Where(u => u.Id == invitation.CreatedByUserId).Select(u => u.FullName).FirstOrDefaultAsync(ct) ?? "";
        var from = new Inviter(person, partner.Name);
        var user = invitation.Kind is InvitationKind.Created ? await NewAccounts.FindUserAsync(work.Db, email, normalizer, ct) : null;
        if (invitation.Kind is InvitationKind.Created && (user is null || await IsUnclaimedByAsync(work, user, invitation, ct)))
        {
            await CreateAsync(work, invitation, user, email, from, program, ct);
        }
        else
        {
            await mails.InviteAsync(work, invitation, invitation.Name ?? "", partner.Code, from, ct);
            invitation.Sent(work.Now, null);
        }

        work.Audit(Actor.System, AuditActions.InvitationCreated, ("invitation", invitation.Id), invitation.PartnerId, new { sendings = invitation.Sendings });
        work.Signal(InvitationQueries.ChannelOf(invitation.PartnerId));
        await work.CommitAsync(ct);
        return true;
    }

    /// <summary>
    /// Nobody confirmed the address yet: the account was made for an earlier invitation of this partner, or lapsed, or somebody registered and did not go on.
    /// The mail goes to the address's owner, and the password chosen with it replaces any other.
    /// One that another partner created and that may still be claimed is somebody's; its owner is asked instead.
    /// </summary>
    private static async Task<bool> IsUnclaimedByAsync(PortalTransaction work, PortalUser user, Invitation invitation, CancellationToken ct)
    {
        if (user.EmailConfirmed)
        {
            return false;
        }

        var account = await NewAccounts.OwnOfAsync(work.Db, user.Id, ct);
        return account.State is AccountState.Lapsed || (account.State is AccountState.Unclaimed && !await work.Db.Invitations.AnyAsync(i =>
            i.ClientId == account.Id && i.PartnerId != invitation.PartnerId && i.Kind == InvitationKind.Created && i.AnsweredAt == null && i.ExpiresAt > work.Now, ct));
    }

    private async Task CreateAsync(PortalTransaction work, Invitation invitation, PortalUser? user, EmailAddress email, Inviter from, ProgramSettings program, CancellationToken ct)
    {
        Account account;
        if (user is null)
        {
            user = NewAccounts.User(email, invitation.Name ?? email.Value, invitation.Language, normalizer, work.Now);
            var phone = await work.Db.ClientRecords.Where(r => r.InvitationId == invitation.Id).Select(r => r.TypedPhone).FirstOrDefaultAsync(ct);
            work.Audit(Actor.System, AuditActions.AccountCreated, ("account", null), null, new { partnerId = invitation.PartnerId });
            account = await NewAccounts.PersonalAsync(work, user, phone, AccountState.Unclaimed, ct);
        }
        else
        {
            account = await NewAccounts.OwnOfAsync(work.Db, user.Id, ct);
            account.Revive();
            foreach (var old in await work.Db.OneTimeCredentials.Where(c => c.UserId == user.Id && c.UsedAt == null && c.VoidedAt == null).ToListAsync(ct))
            {
                old.Void(work.Now);
            }
        }

        var secret = program.CreatedClientMail is CreatedClientMail.CredentialsAndLink ? OneTimeSecret.New() : null;
        var token = LinkToken.New();
        work.Db.OneTimeCredentials.Add(new OneTimeCredential(user.Id, secret?.Hash(), LinkToken.Hash(token), work.Now, invitation.ExpiresAt));
        work.Audit(Actor.System, AuditActions.CredentialIssued, ("user", user.Id), account.Id);
        invitation.Sent(work.Now, account.Id);
        await mails.AccountReadyAsync(work, invitation, user, from, secret?.Shown, token, invitation.ExpiresAt, ct);
    }
}
