using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <param name="Emails">As typed, one address each.</param>
/// <param name="Language">Of the mail, IETF tag.</param>
/// <param name="Key">The <c>Idempotency-Key</c> of a system that invites one person; null when none was sent.</param>
public sealed record InviteRequest(IReadOnlyList<string> Emails, string Language, string? Key = null);

/// <summary>What became of each address.</summary>
/// <param name="Sent">Addresses that get a mail, those asked once more included.</param>
/// <param name="AlreadyClients">Addresses that the partner sees in its list as clients already.</param>
/// <param name="Declined">Addresses whose line in the list says that they declined or left, or whose owner wants no invitations of this partner: who said No is not asked again by mail.</param>
public sealed record InviteOutcome(IReadOnlyList<string> Sent, IReadOnlyList<string> AlreadyClients, IReadOnlyList<string> Declined)
{
    /// <summary>The invitations of those addresses, in their order.</summary>
    public IReadOnlyList<long> InvitationIds { get; init; } = [];

    /// <summary>The same request came before: nothing was done now.</summary>
    public bool IsReplay { get; init; }
}

/// <summary>Nothing was sent: these are not addresses. The rest waits until they are corrected or removed.</summary>
public sealed record InviteAddressesWrong(IReadOnlyList<(string Typed, EmailProblem Problem)> Wrong) : Error
{
    public override string Field => nameof(InviteRequest.Emails);
}

public sealed record InviteAddressesMissing : Error
{
    public override string Field => nameof(InviteRequest.Emails);
}

/// <summary>More than <see cref="InviteByEmail.AtOnce"/> at once.</summary>
public sealed record InviteTooMany(int Limit) : Error
{
    public override string Field => nameof(InviteRequest.Emails);
}

/// <summary>"Send by e-mail" in the invite dialog: each address gets a link of its own, and a line in the list.</summary>
public sealed class InviteByEmail(PortalDb portal, ProgramSettingsSource settings)
{
    public const int AtOnce = 100;

    public async Task<Result<InviteOutcome>> ExecuteAsync(InviteRequest request, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        if (!actor.IsActivePartner)
        {
            return new PartnerIsSuspended();
        }

        var (addresses, wrong) = Parse(request.Emails);
        if (wrong.Count > 0)
        {
            return new InviteAddressesWrong(wrong);
        }

        if (addresses.Count is 0 or > AtOnce)
        {
            return addresses.Count == 0 ? new InviteAddressesMissing() : new InviteTooMany(AtOnce);
        }

        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.ClientList, partnerId, ct);
        var hash = RequestHash.Of(["invitation", request.Language, .. addresses.Select(a => a.Normalized)]);
        if (await IdempotencyKeys.FindAsync(work.Db, IdempotencyKeys.SourceOf(actor), request.Key, hash, ct) is { } told)
        {
            return told.Ok ? new InviteOutcome([.. addresses.Select(a => a.Value)], [], []) { InvitationIds = [told.Value.Id], IsReplay = true } : told.Error!;
        }

        var normalized = addresses.Select(a => a.Normalized).ToList();
        var lines = await InvitationBook.Lines(work.Db, partnerId, normalized).Include(r => r.Invitation).ToListAsync(ct);
        var refused = await InvitationOptOuts.AmongAsync(work.Db, partnerId, normalized, ct);
        var asking = new Asking(partnerId, actor, work.Now.AddDays(program.LapseAfterDays));
        var (sent, clients, declined) = (new List<string>(), new List<string>(), new List<string>());
        var invited = new List<ClientRecord>();
        foreach (var address in addresses)
        {
            var line = lines.FirstOrDefault(r => r.TypedNormalizedEmail == address.Normalized || r.NormalizedEmail == address.Normalized);
            var mayAsk = !refused.Contains(address.Normalized) || line?.ClientId is not null;
            var asked = mayAsk ? Invite(work, new Invitee(address, null, null, Languages.Nearest(request.Language), ""), line, asking) : null;
            var list = asked is not null ? sent : !mayAsk || line?.Status is ClientStatus.Declined or ClientStatus.Left ? declined : clients;
            list.Add(address.Value);
            invited.AddRange(asked is null ? [] : [asked]);
        }

        await work.SaveAsync(ct);
        IReadOnlyList<long> ids = [.. invited.Select(r => r.Invitation!.Id)];
        if (ids is [var only])
        {
            IdempotencyKeys.Keep(work, IdempotencyKeys.SourceOf(actor), request.Key, hash, only);
        }

        foreach (var entry in work.Db.ChangeTracker.Entries<ClientRecord>().ToList())
        {
            await ClientList.SignalAsync(work, entry.Entity, ct);
        }

        work.Signal(ProvisionInvitations.Signal);
        await work.CommitAsync(ct);
        return new InviteOutcome(sent, clients, declined) { InvitationIds = ids };
    }

    /// <returns>The line of whom is asked; null when nobody is.</returns>
    private static ClientRecord? Invite(PortalTransaction work, Invitee who, ClientRecord? line, Asking asking)
    {
        if (line is { Invitation: { } earlier, Status: ClientStatus.Invited or ClientStatus.Lapsed } && earlier.SendAgain(work.Now, asking.ExpiresAt))
        {
            line.InviteAgain();
            line.Tell(ClientEventKind.SentAgain, work.Now, asking.Actor.Name);
            work.Audit(asking.Actor, AuditActions.InvitationCreated, ("invitation", earlier.Id), asking.PartnerId, new { again = true });
            return line;
        }

        // After a withdrawal the partner may change its mind: a new invitation, on the same line.
        if (line is not null && line is not { Invitation.State: InvitationState.Withdrawn, Status: ClientStatus.Invited or ClientStatus.Lapsed })
        {
            return null;
        }

        return InvitationBook.Ask(work, InvitationKind.Mailed, who, asking, line);
    }

    private static (IReadOnlyList<EmailAddress> Addresses, IReadOnlyList<(string Typed, EmailProblem Problem)> Wrong) Parse(IReadOnlyList<string> emails)
    {
        var addresses = new List<EmailAddress>();
        var wrong = new List<(string, EmailProblem)>();
        foreach (var typed in emails)
        {
            if (!EmailAddress.TryParse(typed, out var address, out var problem))
            {
                wrong.Add((typed, problem));
            }
            else if (addresses.TrueForAll(a => a.Normalized != address.Normalized))
            {
                addresses.Add(address);
            }
        }

        return (addresses, wrong);
    }
}
