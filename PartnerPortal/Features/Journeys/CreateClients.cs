using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
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
/// <param name="Key">The <c>Idempotency-Key</c> of a system that creates this one; null when none was sent.</param>
public sealed record NewClient(string? FullName, string? Email, string? Phone, string Country, string Language, string? Note, string? Key = null)
{
    internal string Hash() => RequestHash.Of("client", FullName, Email, Phone, Country, Language, Note);
}

/// <summary>What became of one: the line in the partner's list, or what is wrong with it, field by field.</summary>
public sealed record CreatedClient(long? RecordId, IReadOnlyList<Error> Errors)
{
    /// <summary>The same request came before: nothing was done now.</summary>
    public bool IsReplay { get; init; }
}

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
        var known = await InvitationBook.KnownAsync(work.Db, partnerId, [.. parsed.Where(p => p.Errors.Count == 0).Select(p => p.Email!.Normalized)], ct);
        var results = new List<Entry>(parsed.Count);
        foreach (var (client, asked) in parsed.Zip(clients))
        {
            if (asked.Key is { } key && await IdempotencyKeys.FindAsync(work.Db, IdempotencyKeys.SourceOf(actor), key, asked.Hash(), ct) is { } told)
            {
                results.Add(new Entry(null, told.Ok ? [] : [told.Error!], told.Ok ? told.Value.Id : null));
                continue;
            }

            if (client.Errors.Count == 0 && known.TryGetValue(client.Email!.Normalized, out var line))
            {
                results.Add(new Entry(null, [line.Id is { } id ? new AlreadyInList(id, line.Name) : new ClientSaidNo()]));
                continue;
            }

            results.Add(client.Errors.Count > 0 ? new Entry(null, client.Errors) : new Entry(Add(work, client, asking), []));
        }

        if (results.Any(r => r.Record is not null))
        {
            await work.SaveAsync(ct);
            foreach (var (entry, asked) in results.Zip(clients).Where(r => r.First.Record is not null))
            {
                work.Audit(actor, AuditActions.ClientCreated, ("client", entry.Record!.Id), partnerId);
                await ClientList.SignalAsync(work, entry.Record, ct);
                if (asked.Key is { } key)
                {
                    IdempotencyKeys.Keep(work, IdempotencyKeys.SourceOf(actor), key, asked.Hash(), entry.Record.Id);
                }
            }

            work.Signal(ProvisionInvitations.Signal);
            await work.CommitAsync(ct);
        }

        return results.ConvertAll(r => new CreatedClient(r.Record?.Id ?? r.Before, r.Errors) { IsReplay = r.Before is not null });
    }

    private static ClientRecord Add(PortalTransaction work, ClientEntry client, Asking asking) =>
        InvitationBook.Ask(work, InvitationKind.Created, new Invitee(client.Email!, client.Name, client.Phone, client.Language, client.Note), asking);

    /// <param name="Before">The line that the same request made before.</param>
    private sealed record Entry(ClientRecord? Record, IReadOnlyList<Error> Errors, long? Before = null);
}
