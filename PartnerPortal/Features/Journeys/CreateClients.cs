using PartnerPortal.Data;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>One client as a partner types it.</summary>
/// <param name="FullName">Required.</param>
/// <param name="Email">Required.</param>
/// <param name="Phone">Any spelling; may be empty.</param>
/// <param name="Country">ISO 3166 alpha-2 for a phone without a country code.</param>
/// <param name="Language">Of the mail, IETF tag.</param>
/// <param name="Note">Only the partner sees it.</param>
public sealed record NewClient(string? FullName, string? Email, string? Phone, string Country, string Language, string? Note);

/// <summary>What became of one: the line in the partner's list, or what is wrong with it, field by field.</summary>
public sealed record CreatedClient(long? RecordId, IReadOnlyList<Error> Errors);

public sealed record ClientNameMissing : Error
{
    public override string Field => nameof(NewClient.FullName);
}

public sealed record ClientNameTooLong : Error
{
    public override string Field => nameof(NewClient.FullName);
}

public sealed record ClientEmailWrong(EmailProblem Problem, string Typed) : Error
{
    public override string Field => nameof(NewClient.Email);
}

/// <summary>The partner typed this address before, or sees it in its list: nothing that it does not know is told.</summary>
public sealed record AlreadyInList(long RecordId, string Name) : Error
{
    public override string Field => nameof(NewClient.Email);
}

/// <summary>The address's owner said No to this partner, and is not asked again.</summary>
public sealed record ClientSaidNo : Error
{
    public override string Field => nameof(NewClient.Email);
}

/// <summary>The same address stands twice in one batch.</summary>
public sealed record TwiceInBatch : Error
{
    public override string Field => nameof(NewClient.Email);
}

public sealed record ClientPhoneWrong(PhoneProblem Problem) : Error
{
    public override string Field => nameof(NewClient.Phone);
}

public sealed record ClientNoteTooLong : Error
{
    public override string Field => nameof(NewClient.Note);
}

/// <summary>The account is suspended as a partner: nothing new is invited or created.</summary>
public sealed record PartnerIsSuspended : Error;

/// <summary>
/// A partner creates clients. Whether an address has an account already is not looked at here: each client becomes an invitation and a line in the list,
/// and a worker makes the account or asks the person that has one. So notice, line and timing cannot differ (invariant 10).
/// </summary>
public sealed class CreateClients(PortalDb portal, ProgramSettingsSource settings)
{
    /// <returns>One entry for each client, in the same order; a failure only when the actor may not create at all.</returns>
    public async Task<Result<IReadOnlyList<CreatedClient>>> ExecuteAsync(IReadOnlyList<NewClient> clients, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        if (!actor.IsActivePartner)
        {
            return new PartnerIsSuspended();
        }

        var program = await settings.GetAsync(ct);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var parsed = clients.Select(c => ClientEntry.Read(c, seen)).ToList();

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.ClientList, partnerId, ct);
        var asking = new Asking(partnerId, actor, work.Now.AddDays(program.LapseAfterDays));
        List<string> emails = [.. parsed.Where(p => p.Errors.Count == 0).Select(p => p.Email!.Normalized)];
        var known = await InvitationBook.KnownAsync(work.Db, partnerId, emails, ct);
        var refused = await InvitationOptOuts.AmongAsync(work.Db, partnerId, emails, ct);
        var results = new List<(ClientRecord? Record, IReadOnlyList<Error> Errors)>(parsed.Count);
        foreach (var client in parsed)
        {
            if (client.Errors.Count == 0 && known.TryGetValue(client.Email!.Normalized, out var line))
            {
                results.Add((null, [new AlreadyInList(line.Id, line.Name)]));
                continue;
            }

            if (client.Errors.Count == 0 && refused.Contains(client.Email!.Normalized))
            {
                results.Add((null, [new ClientSaidNo()]));
                continue;
            }

            results.Add(client.Errors.Count > 0 ? (null, client.Errors) : (Add(work, client, asking), []));
        }

        if (results.Any(r => r.Record is not null))
        {
            await work.SaveAsync(ct);
            foreach (var (record, _) in results.Where(r => r.Record is not null))
            {
                await ClientList.SignalAsync(work, record!, ct);
            }

            work.Signal(ProvisionInvitations.Signal);
            await work.CommitAsync(ct);
        }

        return results.Select(r => new CreatedClient(r.Record?.Id, r.Errors)).ToList();
    }

    private static ClientRecord Add(PortalTransaction work, ClientEntry client, Asking asking) =>
        InvitationBook.Ask(work, InvitationKind.Created, new Invitee(client.Email!, client.Name, client.Phone, client.Language, client.Note), asking);
}
