using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Clients;

/// <summary>Keeps the lines of partners' lists in step with attributions and consents, in the transaction of the change.</summary>
public static class ClientList
{
    /// <summary>The channel on which an open grid of that partner hears that a line came or changed; the payload is the line's id.</summary>
    public static string ChannelOf(long partnerId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"clients:{partnerId}");

    /// <summary>The channel on which it hears that clients of that partner bought, or that what they bought changed: many times a second where many buy.</summary>
    public static string MoneyChannelOf(long partnerId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"client-money:{partnerId}");

    /// <summary>The account became the partner's client: its line is made, or one that was there is taken up.</summary>
    /// <param name="work">The transaction of the attribution.</param>
    /// <param name="client">The client's account.</param>
    /// <param name="attribution">Just opened.</param>
    /// <param name="invitationId">The invitation that was answered; its line becomes the client's.</param>
    /// <param name="isShared">The client agreed that the partner sees its data.</param>
    /// <param name="signedInBefore">A member of the client has signed in at least once.</param>
    /// <param name="kind">What the line's history says.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<ClientRecord> OpenAsync(
        PortalTransaction work, Account client, Attribution attribution, long? invitationId, bool isShared, bool signedInBefore, ClientEventKind kind, CancellationToken ct)
    {
        var lines = await work.Db.ClientRecords.Include(r => r.Tags)
            .Where(r => r.PartnerId == attribution.PartnerId && (r.ClientId == client.Id || (invitationId != null && r.InvitationId == invitationId)))
            .ToListAsync(ct);
        var record = lines.FirstOrDefault(r => r.ClientId == client.Id) ?? lines.FirstOrDefault();
        if (record is null)
        {
            record = ClientRecord.Join(attribution.PartnerId, work.Now);
            work.Db.ClientRecords.Add(record);
        }

        foreach (var other in lines.Where(r => r != record))
        {
            // Its events are history of the same client; what was typed is taken over once the other line is gone from the unique index.
            await work.Db.ClientEvents.Where(e => e.RecordId == other.Id).ExecuteUpdateAsync(e => e.SetProperty(x => x.RecordId, record.Id), ct);
            work.Db.ClientRecords.Remove(other);
            await work.SaveAsync(ct);
            record.Absorb(other);
        }

        record.Open(client.Id, attribution.CameBy, signedInBefore, attribution.StartedAt);
        if (isShared)
        {
            record.Share(client);
        }
        else
        {
            record.Hide(client.Name);
        }

        record.Tell(kind, work.Now);
        await SignalAsync(work, record, ct);
        return record;
    }

    /// <summary>The account is the partner's client no more: the line shows initials, and what the partner typed itself.</summary>
    public static async Task CloseAsync(PortalTransaction work, Account client, long partnerId, ClientEventKind kind, CancellationToken ct)
    {
        var record = await work.Db.ClientRecords.Include(r => r.Tags).FirstOrDefaultAsync(r => r.PartnerId == partnerId && r.ClientId == client.Id, ct);
        if (record is not null)
        {
            record.Leave(client.Name);
            record.Tell(kind, work.Now);
            await SignalAsync(work, record, ct);
        }
    }

    /// <summary>Brings the shown copies up to date after the account changed its name, address, phone or language, or was seen.</summary>
    public static async Task RefreshAsync(PortalTransaction work, Account client, CancellationToken ct)
    {
        var records = await work.Db.ClientRecords.Include(r => r.Tags).Where(r => r.ClientId == client.Id && r.IsShared).ToListAsync(ct);
        foreach (var record in records)
        {
            record.Share(client);
            await SignalAsync(work, record, ct);
        }
    }

    /// <summary>Tells open grids of the line's partner, once the transaction is committed.</summary>
    public static async Task SignalAsync(PortalTransaction work, ClientRecord record, CancellationToken ct)
    {
        if (record.Id == 0)
        {
            await work.SaveAsync(ct);
        }

        work.Signal(ChannelOf(record.PartnerId), record.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
