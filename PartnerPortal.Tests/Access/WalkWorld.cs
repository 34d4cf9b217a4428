using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Access;

/// <summary>Who walks; the letters of the table's rows are in this order.</summary>
public enum Walker
{
    Nobody,

    /// <summary>A client of the right partner.</summary>
    Client,

    /// <summary>The partner whose things the addresses name; an admin of it.</summary>
    Right,

    /// <summary>Another partner.</summary>
    Wrong,

    /// <summary>A member of the right partner who sees money and sells nothing.</summary>
    Finance,
    Support,
    Owner,
}

/// <summary>People of every kind, and a partner with things of its own that others must not see.</summary>
public sealed class WalkWorld
{
    private readonly Dictionary<Walker, Actor> _people = [];
    private readonly Dictionary<string, string> _values = [];

    /// <summary>What only the right partner, its colleague and staff may read anywhere.</summary>
    public static readonly IReadOnlyList<string> Secrets = ["Zenobia Verborgen", "zenobia@verborgen.test", "invited@verborgen.test", "mentioned in confidence"];

    public Actor this[Walker walker] => _people[walker];

    /// <summary>The value that stands for a name in braces in an address of the table.</summary>
    public string Fill(string address)
    {
        foreach (var (name, value) in _values)
        {
            address = address.Replace("{" + name + "}", value, StringComparison.Ordinal);
        }

        return address;
    }

    public static async Task<WalkWorld> CreateAsync(TestPortal portal)
    {
        var world = new World(portal);
        var made = new WalkWorld();
        var right = await world.IntegratorAsync("Rightway Systems", "admin@rightway.test");
        made._people[Walker.Nobody] = Actor.Visitor;
        made._people[Walker.Right] = right;
        made._people[Walker.Wrong] = await world.IntegratorAsync("Wrongway Limited", "admin@wrongway.test");
        made._people[Walker.Client] = await world.PersonAsync("Clara Client", "clara@client.test");
        made._people[Walker.Support] = await world.SupportAsync();
        made._people[Walker.Owner] = await world.OwnerAsync();
        made._people[Walker.Finance] = await world.ColleagueAsync(right, "Fiona Finance", MemberRole.Finance, "finance@rightway.test");
        await portal.CallAsync<JoinPartner, Result<JoinOffer>>(async j => await j.ExecuteAsync(
            new JoinRequest(await world.CodeOfAsync(right), null, "en", []), made[Walker.Client], default));
        var created = await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync(
            [new NewClient(Secrets[0], Secrets[1], "", "DE", "en", Secrets[3])], right, default));
        await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest([Secrets[2]], "en"), right, default));
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        var token = LinkToken.New();
        await using (var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync())
        {
            work.Db.MemberInvitations.Add(new MemberInvitation(
                right.AccountId!.Value, "colleague@rightway.test", "colleague@rightway.test", MemberRole.Seller, LinkToken.Hash(token), right.UserId!.Value, work.Now, work.Now.AddDays(7)));
            work.Audit(right, AuditActions.AccountChanged, ("account", right.AccountId), right.AccountId);
            await work.CommitAsync(default);
        }

        made._values["record"] = Text(created.Value[0].RecordId!.Value);
        made._values["client"] = Text(made[Walker.Client].AccountId!.Value);
        made._values["partner"] = Text(right.AccountId!.Value);
        made._values["message"] = Text(await portal.ReadAsync(db => db.OutboxMessages.OrderBy(m => m.Id).Select(m => m.Id).FirstAsync()));
        made._values["invitation"] = Text(await portal.ReadAsync(db => db.Invitations.OrderBy(m => m.Id).Select(m => m.Id).FirstAsync()));
        made._values["code"] = await world.CodeOfAsync(right);
        made._values["token"] = token;
        made._values["start"] = LinkToken.New();
        return made;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
