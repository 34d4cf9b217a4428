using System.Collections.Concurrent;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Partners;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Referrals;

/// <summary>
/// Finds the partner of a link. Visitors who come by the same link at the same moment share one look into the database, so that a link that
/// goes round does not use up the connections. Nothing is kept: the next visitor is told what is so then.
/// </summary>
public sealed class LinkLookup(PreparedStatements statements)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<LinkOwner?>>> _running = new(StringComparer.Ordinal);

    /// <param name="code">From the link; anything a visitor may have made of it.</param>
    /// <returns>Null when it is nobody's.</returns>
    public Task<LinkOwner?> FindAsync(string code) => ReferralCode.TryParse(code, out var parsed)
        ? _running.GetOrAdd(parsed.Value, value => new Lazy<Task<LinkOwner?>>(() => LookAsync(value))).Value
        : Task.FromResult<LinkOwner?>(null);

    private async Task<LinkOwner?> LookAsync(string code)
    {
        // Not on the caller's stack: the entry must be in place before it can be taken out.
        await Task.Yield();
        try
        {
            await using var connection = await statements.RentAsync(CancellationToken.None);
            var sql = new SqlText().Add("""SELECT a."Id", a."State", p."State" FROM "Accounts" a LEFT JOIN "Partners" p ON p."AccountId" = a."Id" WHERE a."Code" = """).Value(code);
            var found = await connection.ReadAsync(sql, r => (Id: r.GetInt64(0), Account: r.GetString(1), Partner: r.IsDBNull(2) ? null : r.GetString(2)), CancellationToken.None);
            return found is [var (id, account, partner)] && Enum.Parse<AccountState>(account) is var state and not AccountState.Lapsed
                ? new LinkOwner(id, code, LinkOwner.Takes(state, partner is null ? null : Enum.Parse<PartnerState>(partner)))
                : null;
        }
        finally
        {
            _running.TryRemove(code, out _);
        }
    }
}
