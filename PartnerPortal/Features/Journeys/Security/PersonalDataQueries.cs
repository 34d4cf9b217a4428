using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>Everything the portal keeps about a person, for the person itself. Times are UTC.</summary>
public sealed record PersonalData(
    PersonalUser User,
    IReadOnlyList<PersonalAccount> Accounts,
    IReadOnlyList<PersonalAttribution> Attributions,
    IReadOnlyList<PersonalReceipt> Receipts,
    IReadOnlyList<PersonalSponsor> Sponsors,
    IReadOnlyList<PersonalConsent> Consents,
    IReadOnlyList<PersonalInvitation> Invitations,
    IReadOnlyList<PersonalSession> Sessions,
    IReadOnlyList<PersonalPurchase> Purchases,
    IReadOnlyList<PersonalInvoice> Invoices,
    IReadOnlyList<PersonalAccess> Access,
    IReadOnlyList<PersonalReview> Reviews,
    IReadOnlyList<PersonalMail> Mails);

public sealed record PersonalUser(string? Email, string FullName, string Language, bool EmailConfirmed, bool TwoFactorEnabled, DateTime CreatedAt, DateTime? FirstSignedInAt, DateTime? LastSeenAt);

public sealed record PersonalAccount(
    long Number, string Kind, string Name, string Role, string Code, string? Email, string? Phone, string? Website, string Language, string? RecommendedBy, DateTime CreatedAt, DateTime? LastSeenAt);

public sealed record PersonalAttribution(long Account, string Partner, string CameBy, DateTime StartedAt, DateTime? EndedAt, string? EndedBecause);

/// <summary>One partner that was in play when it was decided whose client an account is.</summary>
public sealed record PersonalReceipt(long Account, string Receipt, string Partner, string? Source, DateTime SeenAt, bool Won, DateTime DecidedAt);

/// <summary>Staff changed who recommends an account; null for nobody.</summary>
public sealed record PersonalSponsor(long Account, string? RecommendedBy, DateTime DecidedAt, DateTime CountsAt);

public sealed record PersonalConsent(long Account, string Partner, string Kind, int WordingVersion, string Language, DateTime GivenAt, DateTime? WithdrawnAt);

/// <summary>An invitation to the person's address; what the partner typed about the person stands in it.</summary>
public sealed record PersonalInvitation(string Partner, string Kind, string State, string Email, string? Name, string Language, DateTime CreatedAt, DateTime ExpiresAt, DateTime? AnsweredAt);

/// <summary>A sign-in on a device. Network is a keyed hash of the network it began from, while it is kept.</summary>
public sealed record PersonalSession(string Browser, string Network, DateTime CreatedAt, DateTime LastSeenAt, DateTime? EndedAt);

/// <summary>What one of the person's accounts bought; minor units.</summary>
public sealed record PersonalPurchase(long Account, string ExternalId, string Product, long Amount, long Discount, long Refunded, string Currency, DateTime OccurredAt);

/// <summary>With what the buyer wrote of itself.</summary>
public sealed record PersonalInvoice(long Account, string Number, string BuyerName, string BuyerAddress, string BuyerTaxId, DateTime IssuedAt);

/// <summary>Who asked to work in one of the person's accounts, and what became of it. Partner is null: support.</summary>
public sealed record PersonalAccess(long Account, string? Partner, string State, string Scopes, int Days, string Reason, string Answer, DateTime AskedAt, DateTime? AnsweredAt, DateTime? EndsAt, DateTime? ClosedAt);

/// <summary>A review of what one of the person's accounts earned or bought. Account is the person's.</summary>
public sealed record PersonalReview(long Account, string Kind, string State, DateTime RaisedAt, DateTime? DecidedAt, string Reason);

/// <summary>Mail to the person's address; its text as long as it is kept.</summary>
public sealed record PersonalMail(string Kind, string To, string Subject, string Text, DateTime WrittenAt, DateTime? SentAt);

/// <summary>Gathers a person's own data for download.</summary>
public sealed class PersonalDataQueries(PortalDb portal)
{
    public async Task<PersonalData> OfAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var user = await db.Users.Where(u => u.Id == actor.UserId)
            .Select(u => new PersonalUser(u.Email, u.FullName, u.Language, u.EmailConfirmed, u.TwoFactorEnabled, u.CreatedAt, u.FirstSignedInAt, u.LastSeenAt)).FirstAsync(ct);
        var accounts = await (
            from m in db.Members
            join a in db.Accounts on m.AccountId equals a.Id
            join s in db.Accounts on a.SponsorId equals s.Id into sponsors
            from s in sponsors.DefaultIfEmpty()
            where m.UserId == actor.UserId
            orderby a.Id
            select new { a.Id, a.Kind, a.Name, m.Role, a.Code, a.Email, a.Phone, a.Website, a.Language, Sponsor = s.Name, a.CreatedAt, a.LastSeenAt }).ToListAsync(ct);
        var ids = accounts.ConvertAll(a => a.Id);
        var attributions = await (
            from a in db.Attributions
            join p in db.Accounts on a.PartnerId equals p.Id
            where ids.Contains(a.ClientId)
            orderby a.Id
            select new { a.ClientId, p.Name, a.CameBy, a.StartedAt, a.EndedAt, a.EndedBecause }).ToListAsync(ct);
        var receipts = await (from r in db.Receipts join a in db.Attributions on r.AttributionId equals a.Id where ids.Contains(a.ClientId) orderby r.Id select new { a.ClientId, a.PartnerId, Receipt = r }).ToListAsync(ct);
        var recommended = await db.SponsorChanges.Where(c => ids.Contains(c.AccountId)).OrderBy(c => c.Id)
            .Select(c => new PersonalSponsor(AccountNumber.Offset + c.AccountId, db.Accounts.Where(a => a.Id == c.ToSponsorId).Select(a => a.Name).FirstOrDefault(), c.DecidedAt, c.CountsFrom)).ToListAsync(ct);
        var consents = await (
            from c in db.Consents
            join p in db.Accounts on c.PartnerId equals p.Id
            where ids.Contains(c.ClientId)
            orderby c.Id
            select new { c.ClientId, p.Name, c.Kind, c.WordingVersion, c.Language, c.GivenAt, c.WithdrawnAt }).ToListAsync(ct);
        var email = EmailAddress.TryParse(user.Email, out var address, out _) ? address.Normalized : "";
        var invitations = await (
            from i in db.Invitations
            join p in db.Accounts on i.PartnerId equals p.Id
            where i.NormalizedEmail == email
            orderby i.Id
            select new { p.Name, i.Kind, i.State, i.Email, Typed = i.Name, i.Language, i.CreatedAt, i.ExpiresAt, i.AnsweredAt }).ToListAsync(ct);
        var sessions = await db.UserSessions.Where(s => s.UserId == actor.UserId).OrderBy(s => s.Id)
            .Select(s => new PersonalSession(s.UserAgent, s.Source, s.CreatedAt, s.LastSeenAt, s.EndedAt)).ToListAsync(ct);
        var purchases = await (
            from b in db.Purchases
            where ids.Contains(b.ClientId)
            orderby b.Id
            select new PersonalPurchase(AccountNumber.Offset + b.ClientId, b.ExternalId, b.Product, b.Amount, b.Discount, b.Refunded, b.Currency, b.OccurredAt)).ToListAsync(ct);
        var invoices = await (
            from i in db.Invoices
            join o in db.Orders on i.OrderId equals o.Id
            where ids.Contains(o.ClientId)
            orderby i.Id
            select new PersonalInvoice(AccountNumber.Offset + o.ClientId, i.Number, i.BuyerName, i.BuyerAddress, i.BuyerTaxId, i.IssuedAt)).ToListAsync(ct);
        var access = await (
            from g in db.AccessGrants
            where ids.Contains(g.ClientId)
            orderby g.Id
            select new { g.ClientId, Partner = db.Accounts.Where(a => a.Id == g.PartnerId).Select(a => a.Name).FirstOrDefault(), g.State, g.Scopes, g.Days, g.Reason, g.Answer, g.AskedAt, g.AnsweredAt, g.EndsAt, g.ClosedAt })
            .ToListAsync(ct);
        var reviews = await (
            from f in db.ReviewFlags
            from a in db.Accounts
            where ids.Contains(a.Id) && (f.PartnerId == a.Id || db.FlaggedClients.Any(c => c.FlagId == f.Id && c.ClientId == a.Id))
            orderby f.Id, a.Id
            select new { a.Id, f.Kind, f.State, f.RaisedAt, f.DecidedAt, Reason = f.PartnerId == a.Id ? f.Reason : "" }).ToListAsync(ct);
        var mails = await db.OutboxMessages.Where(m => user.Email != null && m.ToAddress == user.Email).OrderBy(m => m.Id)
            .Select(m => new PersonalMail(m.Kind, m.ToAddress, m.Subject, m.Text, m.CreatedAt, m.SentAt)).ToListAsync(ct);
        return new PersonalData(
            user,
            accounts.ConvertAll(a => new PersonalAccount(AccountNumber.Offset + a.Id, a.Kind.ToString(), a.Name, a.Role.ToString(), a.Code, a.Email, a.Phone, a.Website, a.Language, a.Sponsor, a.CreatedAt, a.LastSeenAt)),
            attributions.ConvertAll(a => new PersonalAttribution(AccountNumber.Offset + a.ClientId, a.Name, a.CameBy.ToString(), a.StartedAt, a.EndedAt, a.EndedBecause?.ToString())),
            // That others claim the client is between them and support.
            [
                .. from r in receipts
                   from c in r.Receipt.Contenders
                   where c.Rule is not AttributionRule.Claim || c.PartnerId == r.PartnerId
                   select new PersonalReceipt(AccountNumber.Offset + r.ClientId, $"R-{r.Receipt.Id}", c.PartnerName, c.Source, c.SeenAt, c.Outcome is ContenderOutcome.Won, r.Receipt.At),
            ],
            recommended,
            consents.ConvertAll(c => new PersonalConsent(AccountNumber.Offset + c.ClientId, c.Name, c.Kind.ToString(), c.WordingVersion, c.Language, c.GivenAt, c.WithdrawnAt)),
            invitations.ConvertAll(i => new PersonalInvitation(i.Name, i.Kind.ToString(), i.State.ToString(), i.Email, i.Typed, i.Language, i.CreatedAt, i.ExpiresAt, i.AnsweredAt)),
            sessions,
            purchases,
            invoices,
            access.ConvertAll(g => new PersonalAccess(AccountNumber.Offset + g.ClientId, g.Partner, g.State.ToString(), g.Scopes.ToString(), g.Days, g.Reason, g.Answer, g.AskedAt, g.AnsweredAt, g.EndsAt, g.ClosedAt)),
            reviews.ConvertAll(r => new PersonalReview(AccountNumber.Offset + r.Id, r.Kind.ToString(), r.State.ToString(), r.RaisedAt, r.DecidedAt, r.Reason)),
            mails);
    }
}
