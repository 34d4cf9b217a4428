using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>Posts what the other system owed a partner: once for a partner and a currency.</summary>
public sealed class MoveBalance(PortalDb portal, ILookupNormalizer normalizer)
{
    /// <param name="line">Of a file of balances.</param>
    /// <param name="source">Where the file comes from; the partner reads it.</param>
    /// <param name="actor">The owner; whoever calls has looked.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<MovingFinding> ExecuteAsync(MovingLine line, string source, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var (finding, balance) = await JudgeAsync(work.Db, line, source, work.Now, actor, ct);
        if (balance is null || finding.Verdict is not MovingVerdict.New)
        {
            return finding;
        }

        var posted = await CreditBook.OpenBalanceAsync(work, balance, actor, ct);
        if (!posted.Ok)
        {
            // Somebody else moved another amount in at this moment.
            return posted.Error is BonusKeyTaken
                ? MovingFinding.Refuse(line, MovingProblem.AmountDiffers, MovingField.Amount)
                : throw new InvalidOperationException($"Line {line.Number} was refused: {posted.Error}");
        }

        await work.CommitAsync(ct);
        return posted.Value.IsNew ? finding : MovingFinding.Of(line, MovingVerdict.Known);
    }

    /// <summary>What the line would do.</summary>
    internal async Task<(MovingFinding Finding, OpeningBalance? Balance)> JudgeAsync(PortalDbContext db, MovingLine line, string source, DateTime now, Actor actor, CancellationToken ct)
    {
        var currency = line[MovingField.Currency].ToUpperInvariant();
        if (!Currencies.IsKnown(currency))
        {
            return (MovingFinding.Refuse(line, MovingProblem.CurrencyWrong, MovingField.Currency), null);
        }

        if (!TypedPurchase.TryAmount(line[MovingField.Amount], currency, out var amount) || amount is < 0 or > Money.Largest)
        {
            return (MovingFinding.Refuse(line, MovingProblem.AmountWrong, MovingField.Amount), null);
        }

        if (MovingAccounts.Time(line, MovingField.AsOf, now, out var asOf) is { } wrong)
        {
            return (wrong, null);
        }

        if (await MovingAccounts.PartnerAsync(db, line[MovingField.Partner], normalizer, ct) is not { } partner)
        {
            return (MovingFinding.Refuse(line, MovingProblem.NoSuchPartner, MovingField.Partner), null);
        }

        if (await OwnAccounts.InvolveAsync(db, actor, [partner.Id], ct))
        {
            return (MovingFinding.Refuse(line, MovingProblem.OwnAccount, MovingField.Partner), null);
        }

        var balance = new OpeningBalance(partner.Id, amount, currency, source, asOf);
        var key = balance.Key;
        var before = await db.Credits.AsNoTracking().FirstOrDefaultAsync(c => c.Key == key, ct);
        return before is not null && before.Amount != amount ? (MovingFinding.Refuse(line, MovingProblem.AmountDiffers, MovingField.Amount, Money.WritePlain(before.Amount, currency)), null)
            // Nothing is owed: there is nothing to post.
            : before is not null || amount == 0 ? (MovingFinding.Of(line, MovingVerdict.Known), null)
            : (MovingFinding.Of(line, MovingVerdict.New), balance);
    }
}
