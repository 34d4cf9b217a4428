using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Claims;

/// <summary>A client with its partner, another partner who claims it, and support, for a test.</summary>
public sealed class ClaimWorld(TestPortal portal)
{
    public World People { get; } = new(portal);

    /// <returns>The client's partner, the client, who claims it, and who decides.</returns>
    public async Task<(Actor Old, Actor Client, Actor Claimant, Actor Support)> StartAsync()
    {
        var (old, client) = await new AccessWorld(portal).PairAsync("Delta Punkt", "José Almeida");
        return (old, client, await People.IntegratorAsync("Brightwater Systems"), await People.SupportAsync());
    }

    public Task<Result<long>> FileAsync(Actor actor, string client, string words = "We met at the fair.", params NewFile[] files) =>
        portal.CallAsync<FileClaim, Result<long>>(f => f.ExecuteAsync(new ClaimForm(client, words, files), actor, default));

    /// <returns>The id of a claim that was taken up.</returns>
    public async Task<long> FiledAsync(Actor actor, string client, string words = "We met at the fair.", params NewFile[] files)
    {
        var filed = await FileAsync(actor, client, words, files);
        Assert.Null(filed.Error);
        await TakeUpAsync();
        return filed.Value;
    }

    public Task<int> TakeUpAsync() => portal.CallAsync<TakeUpClaims, int>(t => t.ExecuteAsync(default));

    public Task<int> TendAsync() => portal.CallAsync<TendClaims, int>(t => t.ExecuteAsync(default));

    public Task<Result<Done>> AnswerAsync(long claim, Actor actor, string words = "It is ours.", params NewFile[] files) =>
        portal.CallAsync<AnswerClaim, Result<Done>>(a => a.ExecuteAsync(claim, new ClaimForm("", words, files), actor, default));

    public Task<Result<Done>> DecideAsync(long claim, Actor staff, bool moves, string reason = "The contract says so.") =>
        portal.CallAsync<DecideClaim, Result<Done>>(d => d.ExecuteAsync(claim, new ClaimDecision(moves, reason), staff, default));

    public Task<Result<Done>> NameAsync(long claim, Actor staff, string client) => portal.CallAsync<NameClaimedClient, Result<Done>>(n => n.ExecuteAsync(claim, client, staff, default));

    public Task<ClaimView?> SeenByAsync(long claim, Actor actor) => portal.CallAsync<ClaimQueries, ClaimView?>(q => q.OneAsync(claim, actor, default));

    public Task<ClientClaim> RowAsync(long claim) => portal.ReadAsync(db => db.ClientClaims.SingleAsync(c => c.Id == claim));

    /// <summary>Kinds of mail that an actor got about claims, in order.</summary>
    public Task<List<string>> MailsAsync(Actor actor) =>
        portal.ReadAsync(db => db.OutboxMessages.Where(m => m.ToAddress == actor.Email && m.Kind.StartsWith("claim-")).OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync());

    public Task<OutboxMessage> LastMailAsync(Actor actor) => portal.ReadAsync(db => db.OutboxMessages.Where(m => m.ToAddress == actor.Email).OrderByDescending(m => m.Id).FirstAsync());

    public static NewFile Pdf(string name = "contract.pdf") => new(name, "%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"u8.ToArray());
}
