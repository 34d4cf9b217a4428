using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;

namespace PartnerPortal.Startup.Demo;

/// <summary>Who may work in the demo client's account: a colleague of its partner now, another once, and support, which waits for an answer; with what they did there.</summary>
internal sealed class DemoAccess(DemoWorld world, DemoPerson partner, DemoPerson support)
{
    public async Task AddAsync(CancellationToken ct)
    {
        var client = await world.Db.Accounts.SingleAsync(a => a.Email == DemoAccounts.Client, ct);
        var owner = await world.Db.Users.SingleAsync(u => u.Email == DemoAccounts.Client, ct);
        var felix = await world.Db.Users.SingleAsync(u => u.FullName == "Felix Grant", ct);
        var answers = new Actor(owner.Id, owner.FullName, client.Id, client.Name, MemberRole.Admin);
        var seller = new Actor(felix.Id, felix.FullName, partner.AccountId, partner.Account.Name, MemberRole.Seller);

        var past = await GrantAsync(client, answers, partner.Actor, new AccessTerms(AccessScopes.ViewPurchases, 5, "To explain your first invoice with you on the phone."), 62, AccessScopes.ViewPurchases, 5, "", ct);
        past.Close(AccessState.Expired, past.EndsAt!.Value);
        world.Tell(past.EndsAt.Value, Actor.System, AuditActions.AccessEnded, ("grant", past.Id), client.Id, new { because = AccessState.Expired });
        Act(past, client, partner.Actor, world.Ago(61), (0, AuditActions.AccessStarted), (1, AuditActions.AccessPurchasesRead), (9, AuditActions.AccessStopped));

        var all = AccessScopes.ViewProfile | AccessScopes.ViewPurchases | AccessScopes.EditProfile | AccessScopes.Order;
        var running = await GrantAsync(
            client, answers, seller, new AccessTerms(all, 30, "Your move to the new office: we change address details and the phone for you, and look for invoices that went astray."), 3,
            AccessScopes.ViewProfile | AccessScopes.ViewPurchases | AccessScopes.EditProfile, 14, "Gladly, but I order myself.", ct);
        Act(running, client, seller, world.Ago(2), (0, AuditActions.AccessStarted), (1, AuditActions.AccessProfileRead), (4, AuditActions.AccountChanged), (6, AuditActions.AccessStopped));
        Act(running, client, seller, world.Ago(1), (0, AuditActions.AccessStarted), (2, AuditActions.AccessPurchasesRead), (12, AuditActions.AccessStopped));

        await AskAsync(client, support.Actor, null, new AccessTerms(AccessScopes.Support, 2, "You wrote that a purchase is missing in your list. With this we see the list as you do."), world.Now.AddHours(-5), ct);
    }

    private async Task<AccessGrant> GrantAsync(Account client, Actor answers, Actor asks, AccessTerms terms, int daysAgo, AccessScopes allowed, int days, string words, CancellationToken ct)
    {
        var grant = await AskAsync(client, asks, asks.AccountId, terms, world.Ago(daysAgo), ct);
        var at = grant.AskedAt.AddHours(3);
        if (grant.Approve(allowed, days, words, answers.UserId!.Value, at) is { } problem)
        {
            throw new InvalidOperationException($"The demo's grant is wrong: {problem}");
        }

        world.Tell(at, answers, AuditActions.AccessApproved, ("grant", grant.Id), client.Id, new { scopes = AccessScopeList.Of(grant.Scopes), days });
        return grant;
    }

    private async Task<AccessGrant> AskAsync(Account client, Actor asks, long? partnerId, AccessTerms terms, DateTime at, CancellationToken ct)
    {
        var grant = new AccessGrant(client.Id, partnerId, asks.UserId!.Value, terms.Scopes, terms.Days, terms.Words, at);
        world.Db.AccessGrants.Add(grant);
        await world.SaveAsync(ct);
        world.Tell(at, asks, AuditActions.AccessAsked, ("account", client.Id), client.Id, new { scopes = AccessScopeList.Of(terms.Scopes), days = terms.Days });
        return grant;
    }

    /// <summary>What somebody did one time, minutes after it began.</summary>
    private void Act(AccessGrant grant, Account client, Actor actor, DateTime at, params ReadOnlySpan<(int Minutes, string Action)> acts)
    {
        var acting = actor with { Acting = new Acting(0, grant.Id, client.Id, client.Name, grant.PartnerId, partner.Account.Name, grant.Scopes, grant.EndsAt!.Value) };
        var session = new AccessSession(grant.Id, actor.UserId!.Value, at);
        session.End(at.AddMinutes(acts[^1].Minutes));
        world.Db.AccessSessions.Add(session);
        foreach (var (minutes, action) in acts)
        {
            world.Tell(at.AddMinutes(minutes), acting, action, ("account", client.Id), client.Id, action == AuditActions.AccountChanged ? new { changed = new[] { nameof(Account.Phone), nameof(Account.Website) } } : null);
        }
    }
}
