using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Flags;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Payouts;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Flags;

/// <summary>Partners, clients and what they have in common, for tests of flags.</summary>
internal sealed class FlagWorld(TestPortal portal)
{
    public PayoutWorld Payouts { get; } = new(portal);

    public World People => Payouts.People;

    public MoneyWorld Money => Payouts.Money;

    public Task<int> RaiseAsync() => portal.CallAsync<RaiseFlags, int>(r => r.ExecuteAsync(default));

    public Task<Result<Done>> DecideAsync(Actor staff, long flag, bool voids, params long[] clients) =>
        portal.CallAsync<DecideFlag, Result<Done>>(d => d.ExecuteAsync(flag, new FlagDecision(clients, voids, "We looked at it"), staff, default));

    public Task<FlagFile?> FileAsync(Actor staff, long flag) => portal.CallAsync<FlagDeskQueries, FlagFile?>(q => q.OneAsync(flag, staff, default));

    public Task<List<ReviewFlag>> FlagsAsync(FlagKind kind) => portal.ReadAsync(db => db.ReviewFlags.Where(f => f.Kind == kind).OrderBy(f => f.Id).ToListAsync());

    public Task PhoneAsync(long account, string phone) => Money.WorkAsync(async work =>
    {
        var found = await work.Db.Accounts.SingleAsync(a => a.Id == account);
        found.ChangeContact(found.Name, found.Email, phone, found.Website);
    });

    /// <summary>A person signs in from a place.</summary>
    public Task SignInAsync(Actor person, string source) => Money.WorkAsync(work => Task.FromResult(work.Db.UserSessions.Add(new UserSession(person.UserId!.Value, Guid.NewGuid().ToString("N"), "a browser", source, work.Now))));
}
