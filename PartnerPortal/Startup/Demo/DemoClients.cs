using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup.Demo;

/// <summary>The clients of the demo's main integrator, each with what a client who came that way has: invitation, attribution, receipt, consent, history.</summary>
internal sealed class DemoClients(DemoWorld world, DemoPerson partner)
{
    private const int LapseAfterDays = 30;

    public async Task AddAsync(CancellationToken ct)
    {
        // The oldest first, so that ids grow with time.
        foreach (var client in DemoPeople.Clients.OrderByDescending(c => c.DaysAgo))
        {
            await AddAsync(client, ct);
        }
    }

    private async Task AddAsync(DemoClient client, CancellationToken ct)
    {
        var invitation = client.CameBy is CameBy.Created or CameBy.Invitation ? Invite(client) : null;
        var record = invitation is null ? ClientRecord.Join(partner.AccountId, world.Ago(client.DaysAgo)) : LineOf(client, invitation);
        world.Db.ClientRecords.Add(record);
        record.ChangeNote(client.Note);
        foreach (var tag in client.Tags)
        {
            record.AddTag(tag);
        }

        switch (client.Status)
        {
            case ClientStatus.Invited:
            case ClientStatus.Lapsed:
                await WaitAsync(client, invitation!, record, ct);
                break;
            case ClientStatus.Declined:
                await DeclineAsync(client, invitation!, record, ct);
                break;
            case ClientStatus.NeverSignedIn:
            case ClientStatus.Active:
            case ClientStatus.Left:
                await BelongAsync(client, invitation, record, ct);
                break;
        }

        await world.SaveAsync(ct);
    }

    private Invitation Invite(DemoClient client)
    {
        var kind = client.CameBy is CameBy.Created ? InvitationKind.Created : InvitationKind.Mailed;
        var at = world.Ago(client.DaysAgo).AddDays(-1);
        var invitation = new Invitation(kind, partner.AccountId, partner.UserId, client.Email, client.Email, client.Name.Length == 0 ? null : client.Name, client.Language, LinkToken.New(), at, at.AddDays(LapseAfterDays));
        world.Db.Invitations.Add(invitation);
        world.Tell(at, partner.Actor, AuditActions.InvitationCreated, ("account", partner.AccountId), partner.AccountId, new { kind });
        return invitation;
    }

    private ClientRecord LineOf(DemoClient client, Invitation invitation)
    {
        var isCreated = client.CameBy is CameBy.Created;
        var record = ClientRecord.Invite(partner.AccountId, new TypedContact(invitation.Name, client.Email, client.Email, isCreated ? client.Phone : null), client.CameBy, client.Language, "", invitation.CreatedAt);
        record.BelongTo(invitation);
        record.Tell(isCreated ? ClientEventKind.Created : ClientEventKind.Invited, invitation.CreatedAt, partner.User.FullName);
        return record;
    }

    /// <summary>Asked, no answer: a created account waits with it.</summary>
    private async Task WaitAsync(DemoClient client, Invitation invitation, ClientRecord record, CancellationToken ct)
    {
        DemoPerson? person = null;
        if (client.CameBy is CameBy.Created)
        {
            person = await world.UnclaimedAsync(client.Name, client.Email, client.Language, client.Phone, client.DaysAgo, ct);
            world.Db.OneTimeCredentials.Add(new OneTimeCredential(person.UserId, OneTimeSecret.New().Hash(), LinkToken.Hash(LinkToken.New()), invitation.CreatedAt, invitation.ExpiresAt));
        }

        invitation.Sent(invitation.CreatedAt.AddMinutes(1), person?.AccountId);
        if (client.Status is ClientStatus.Lapsed)
        {
            invitation.Expire();
            person?.Account.Lapse();
            record.Lapse();
            record.Tell(ClientEventKind.Lapsed, invitation.ExpiresAt);
            world.Tell(invitation.ExpiresAt, Actor.System, AuditActions.InvitationLapsed, ("invitation", null), partner.AccountId);
        }
    }

    private async Task DeclineAsync(DemoClient client, Invitation invitation, ClientRecord record, CancellationToken ct)
    {
        var person = await world.PersonAsync(client.Name, client.Email, client.Language, client.Phone, client.DaysAgo + 40, client.SeenHoursAgo ?? client.DaysAgo * 24, ct);
        var at = world.Ago(client.DaysAgo);
        invitation.Sent(invitation.CreatedAt.AddMinutes(1), null);
        invitation.Follow(at.AddMinutes(-4));
        invitation.Decline(person.AccountId, at);
        world.Db.JoinRefusals.Add(new JoinRefusal(person.AccountId, partner.AccountId, person.UserId, at));
        record.Decline();
        record.Tell(ClientEventKind.Declined, at);
        world.Tell(at, person.Actor, AuditActions.JoinRefused, ("account", person.AccountId), person.AccountId);
    }

    private async Task BelongAsync(DemoClient client, Invitation? invitation, ClientRecord record, CancellationToken ct)
    {
        var existed = client.CameBy is CameBy.Joined or CameBy.Support;
        var person = await world.PersonAsync(client.Name, client.Email, client.Language, client.Phone, client.DaysAgo + (existed ? 25 : 0), client.SeenHoursAgo, ct);
        var at = world.Ago(client.DaysAgo).AddMinutes(6);
        DemoPerson? before = null;
        if (client.CameBy is CameBy.Support)
        {
            // It was another integrator's before, which is its sponsor.
            before = world.Partners["Nordwind Beratung"];
            var earlier = Open(person, before, CameBy.Link, at.AddDays(-20));
            End(person, before, earlier, AttributionEnd.Reassigned, at, Actor.System);
        }

        invitation?.Sent(invitation.CreatedAt.AddMinutes(1), client.CameBy is CameBy.Created ? person.AccountId : null);
        invitation?.Follow(at.AddMinutes(-5));
        invitation?.Accept(person.AccountId, at);
        var attribution = Open(person, partner, client.CameBy, at, before);
        record.Open(person.AccountId, client.CameBy, client.SeenHoursAgo is not null, at);
        record.Share(person.Account);
        record.Tell(EventOf(client.CameBy), at);
        if (person.User.FirstSignedInAt is { } first)
        {
            record.Tell(ClientEventKind.FirstSignedIn, first > at ? first : at.AddMinutes(2));
        }

        if (client.Status is ClientStatus.Left)
        {
            Leave(client, person, record, attribution);
        }
    }

    /// <summary>One left for nobody, the other for a partner nearer by.</summary>
    private void Leave(DemoClient client, DemoPerson person, ClientRecord record, Attribution attribution)
    {
        var at = world.Ago(client.DaysAgo / 4);
        var switches = client.Language == "es";
        End(person, partner, attribution, switches ? AttributionEnd.Switched : AttributionEnd.Left, at, person.Actor);
        record.Leave(person.Account.Name);
        record.Tell(switches ? ClientEventKind.SwitchedAway : ClientEventKind.Left, at);
        if (switches)
        {
            var next = world.Partners["Delta Punkt"];
            Open(person, next, CameBy.Joined, at);
            var line = ClientRecord.Join(next.AccountId, at);
            line.Open(person.AccountId, CameBy.Joined, signedInBefore: true, at);
            line.Share(person.Account);
            line.Tell(ClientEventKind.Joined, at);
            world.Db.ClientRecords.Add(line);
        }
    }

    private Attribution Open(DemoPerson client, DemoPerson to, CameBy cameBy, DateTime at, DemoPerson? before = null)
    {
        var byStaff = cameBy is CameBy.Support;
        var rule = RuleOf(cameBy);
        var source = cameBy switch { CameBy.Qr => ReferralSources.Qr, CameBy.Invitation or CameBy.Created => ReferralSources.Mail, _ => null };
        var contenders = new List<Contender> { new(rule, to.AccountId, to.Account.Name, to.Account.Code, source, byStaff ? at : at.AddMinutes(-4), ContenderOutcome.Won) };
        if (before is not null)
        {
            contenders.Add(new Contender(AttributionRule.Before, before.AccountId, before.Account.Name, null, null, at.AddDays(-20), ContenderOutcome.Ended));
        }

        var receipt = new Receipt(rule, contenders, byStaff ? Actor.System : client.Actor, byStaff ? "Nordwind no longer serves wine merchants; agreed with both by phone." : null,
            byStaff ? null : (ConsentWording.Current, client.User.Language), at)
        { Facts = new ReceiptFacts(TouchRule.Last) };
        var attribution = Attribution.Open(client.AccountId, to.AccountId, cameBy, receipt, at);
        world.Db.Attributions.Add(attribution);
        // The one whom support moved agreed a day later, so that its partner sees it, too.
        world.Db.Consents.Add(new Consent(client.AccountId, to.AccountId, ConsentKind.Data, ConsentWording.Current, client.User.Language, client.UserId, byStaff ? at.AddDays(1) : at));
        if (!byStaff)
        {
            world.Db.Consents.Add(new Consent(client.AccountId, to.AccountId, ConsentKind.Access, ConsentWording.Current, client.User.Language, client.UserId, at));
        }

        if (client.Account.SponsorId is null)
        {
            client.Account.Recommend(to.AccountId);
        }

        world.Tell(at, byStaff ? Actor.System : client.Actor, AuditActions.AttributionOpened, ("account", client.AccountId), client.AccountId, new { partnerId = to.AccountId, cameBy, rule });
        return attribution;
    }

    private void End(DemoPerson client, DemoPerson from, Attribution attribution, AttributionEnd because, DateTime at, Actor actor)
    {
        attribution.End(because, at);
        foreach (var consent in world.Db.Consents.Local.Where(c => c.ClientId == client.AccountId && c.PartnerId == from.AccountId))
        {
            consent.Withdraw(at);
        }

        world.Tell(at, actor, AuditActions.AttributionEnded, ("account", client.AccountId), client.AccountId, new { partnerId = from.AccountId, because });
    }

    private static AttributionRule RuleOf(CameBy cameBy) => cameBy switch
    {
        CameBy.Code => AttributionRule.TypedCode,
        CameBy.Created or CameBy.Invitation => AttributionRule.Invitation,
        CameBy.Joined or CameBy.Returned => AttributionRule.Address,
        CameBy.Link or CameBy.Qr => AttributionRule.Cookie,
        CameBy.Support or CameBy.MovedIn => AttributionRule.Staff,
    };

    private static ClientEventKind EventOf(CameBy cameBy) => cameBy switch
    {
        CameBy.Created => ClientEventKind.Confirmed,
        CameBy.Joined => ClientEventKind.Joined,
        CameBy.Support or CameBy.MovedIn => ClientEventKind.MovedHere,
        CameBy.Returned => ClientEventKind.Returned,
        CameBy.Code or CameBy.Invitation or CameBy.Link or CameBy.Qr => ClientEventKind.Registered,
    };
}
