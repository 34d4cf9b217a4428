using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Referrals;

/// <summary>
/// Finds the partner of a link. Visitors who come by the same link at the same moment share one look into the database, so that a link that
/// goes round does not use up the connections. Nothing is kept: the next visitor is told what is so then.
/// </summary>
public sealed class LinkLookup(PreparedStatements statements)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ReferralPartner?>>> _running = new(StringComparer.Ordinal);

    /// <param name="code">From the link; anything a visitor may have made of it.</param>
    /// <param name="ct">This visitor went away; others go on waiting.</param>
    public async Task<ReferralPartner?> FindAsync(string code, CancellationToken ct)
    {
        if (!ReferralCode.TryParse(code, out var parsed))
        {
            return null;
        }

        var lookup = _running.GetOrAdd(parsed.Value, value => new Lazy<Task<ReferralPartner?>>(() => LookAsync(value)));
        return await lookup.Value.WaitAsync(ct);
    }

    private async Task<ReferralPartner?> LookAsync(string code)
    {
        // Not on the caller's stack: the entry must be in place before it can be taken out.
        await Task.Yield();
        try
        {
            await using var connection = await statements.RentAsync(CancellationToken.None);
            return await ReferralQueries.Partners(connection.Db, connection.Db.Accounts.Where(a => a.Code == code)).FirstOrDefaultAsync(CancellationToken.None);
        }
        finally
        {
            _running.TryRemove(code, out _);
        }
    }
}
