using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email.Transports;

namespace PartnerPortal.Email;

/// <summary>What is to be forgotten of mail.</summary>
/// <param name="Addresses">Of the person.</param>
/// <param name="Accounts">That are closed with it.</param>
/// <param name="Names">By which mail to others may mention it.</param>
public sealed record OutboxForgotten(IReadOnlyCollection<string> Addresses, IReadOnlyCollection<long> Accounts, IReadOnlyCollection<string> Names);

/// <summary>Takes a person out of the outbox, and out of the folder that mail was written to. That something was sent, when and of what kind, stays.</summary>
public sealed class OutboxErasure(IMailTransport transport)
{
    /// <summary>A shorter name would be found in words that are not it.</summary>
    private const int Telling = 4;

    /// <param name="work">The transaction that deletes the person.</param>
    /// <param name="what">What to look for.</param>
    /// <param name="last">The id of the last message that there was before it: what tells others of the deletion is sent.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ExecuteAsync(PortalTransaction work, OutboxForgotten what, long last, CancellationToken ct)
    {
        var ids = new HashSet<long>();
        foreach (var address in what.Addresses.Select(a => a.ToLowerInvariant()))
        {
#pragma warning disable CA1304, CA1311, CA1862 // Not run here: the database's own lower().
            var own = work.Db.OutboxMessages.Where(m => m.Id <= last && m.ToAddress.ToLower() == address);
#pragma warning restore CA1304, CA1311, CA1862
            ids.UnionWith(await own.Select(m => m.Id).ToListAsync(ct));
            await own.ExecuteUpdateAsync(m => m.SetProperty(x => x.ToAddress, "").SetProperty(x => x.ToName, ""), ct);
        }

        ids.UnionWith(await work.Db.OutboxMessages.Where(m => m.Id <= last && m.AccountId != null && what.Accounts.Contains(m.AccountId.Value)).Select(m => m.Id).ToListAsync(ct));
        foreach (var name in what.Names.Concat(what.Addresses).Where(n => n.Length >= Telling).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            ids.UnionWith(await work.Db.OutboxMessages.Where(m => m.Id <= last && (m.Subject.Contains(name) || m.Text.Contains(name) || m.ToName == name)).Select(m => m.Id).ToListAsync(ct));
        }

        foreach (var some in ids.Chunk(500))
        {
            var messages = work.Db.OutboxMessages.Where(m => some.Contains(m.Id));
            var written = await messages.Select(m => m.MessageId).ToListAsync(ct);
            await messages.Where(m => m.State == OutboxState.Pending || m.State == OutboxState.Failed).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, OutboxState.Cancelled), ct);
            await messages.ExecuteUpdateAsync(
                m => m.SetProperty(x => x.Subject, "").SetProperty(x => x.Text, "").SetProperty(x => x.Html, "").SetProperty(x => x.SealedBody, (byte[]?)null).SetProperty(x => x.LastError, (string?)null), ct);
            await transport.ForgetAsync(written, ct);
        }
    }
}
