using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;

namespace PartnerPortal.Data;

/// <summary>
/// Invariant 11: every change has an audit entry in its transaction. A save that changes something of the business without one is a bug and throws;
/// changes of users, which Identity saves by itself, get their entry here.
/// </summary>
public sealed class AuditGuard(TimeProvider clock) : SaveChangesInterceptor
{
    /// <summary>Not changes of the business: the log itself, mail on its way, counts, keys, a user's own choices, what a machine told.</summary>
    private static readonly HashSet<Type> Exempt =
    [
        typeof(AuditEntry), typeof(Email.OutboxMessage), typeof(Features.Referrals.VisitCount), typeof(DataProtectionKeyRow), typeof(UserPreference), typeof(SetupToken), typeof(UserSession), typeof(SourceKey),
        typeof(Features.Purchases.IdempotentRequest),
        // What happened has its entries; how far it was read and told is no change.
        typeof(Features.Events.EventCursor), typeof(Features.Webhooks.WebhookDelivery), typeof(Features.Webhooks.WebhookAttempt),
        // What happened has its entries; who was told of it, and has read it, is no change.
        typeof(Features.Notifications.Notification), typeof(Features.Notifications.NotificationDigest),
        // What happened has its entries, and what an automation does has its own; which of them looked at it is a log of its own.
        typeof(Features.Automations.AutomationRun), typeof(Features.Automations.AutomationRunStep),
        // What Stripe told, as it came; the purchases and refunds that it makes have their entries.
        typeof(Features.Purchases.Stripe.StripePayment), typeof(Features.Purchases.Stripe.StripeInvoice), typeof(Features.Purchases.Stripe.StripeTakeBack), typeof(Features.Purchases.Stripe.StripeCustomer),
        typeof(Microsoft.AspNetCore.Identity.IdentityUserToken<long>), typeof(Microsoft.AspNetCore.Identity.IdentityUserLogin<long>),
        typeof(Microsoft.AspNetCore.Identity.IdentityUserClaim<long>), typeof(Microsoft.AspNetCore.Identity.IdentityRoleClaim<long>), typeof(PortalRole),
    ];

    /// <summary>Properties that say only that somebody came by.</summary>
    private static readonly HashSet<string> Quiet =
        [nameof(PortalUser.LastSeenAt), nameof(PortalUser.LastAccountId), nameof(PortalUser.ConcurrencyStamp), nameof(PortalUser.AccessFailedCount)];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PortalDbContext db)
        {
            Check(db);
        }

        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (eventData.Context is PortalDbContext db)
        {
            Check(db);
        }

        return base.SavingChanges(eventData, result);
    }

    private void Check(PortalDbContext db)
    {
        db.ChangeTracker.DetectChanges();
        var changed = db.ChangeTracker.Entries()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && !Exempt.Contains(e.Entity.GetType()) && !IsQuiet(e))
            .ToList();
        if (changed.Count == 0 || db.ChangeTracker.Entries<AuditEntry>().Any())
        {
            return;
        }

        foreach (var entry in changed)
        {
            switch (entry.Entity)
            {
                case PortalUser user:
                    db.AuditEntries.Add(UserEntry(entry, user));
                    break;
                case Microsoft.AspNetCore.Identity.IdentityUserRole<long> role:
                    throw new InvalidOperationException($"A role of user {role.UserId} is to be saved without an audit entry; use the staff use cases.");
                default:
                    throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} is to be saved without an audit entry in its transaction.");
            }
        }
    }

    private static bool IsQuiet(EntityEntry entry) =>
        entry.State is EntityState.Modified && entry.Entity is PortalUser or Features.Accounts.Account or Features.Clients.ClientRecord
        && entry.Properties.Where(p => p.IsModified).All(p => Quiet.Contains(p.Metadata.Name));

    private AuditEntry UserEntry(EntityEntry entry, PortalUser user)
    {
        var properties = entry.State is EntityState.Modified
            ? entry.Properties.Where(p => p.IsModified && !Quiet.Contains(p.Metadata.Name)).Select(p => p.Metadata.Name).ToList()
            : [];
        var action = entry.State switch
        {
            EntityState.Deleted => AuditActions.UserDeleted,
            EntityState.Added => AuditActions.UserRegistered,
            _ when properties.Contains(nameof(PortalUser.PasswordHash)) => AuditActions.UserPasswordChanged,
            _ when properties.Contains(nameof(PortalUser.NormalizedEmail)) => AuditActions.UserEmailChanged,
            _ when properties.Contains(nameof(PortalUser.TwoFactorEnabled)) => AuditActions.UserTwoFactorChanged,
            _ when properties.Contains(nameof(PortalUser.EmailConfirmed)) => AuditActions.UserConfirmed,
            _ when properties.Contains(nameof(PortalUser.LockoutEnd)) => AuditActions.UserLockedOut,
            _ => AuditActions.UserChanged,
        };
        // Identity's own pages change only the user who is signed in, or whom a mailed token names.
        var actor = new Actor(user.Id, user.FullName, null, "", null);
        var details = properties.Count > 0 ? JsonSerializer.Serialize(new { Changed = properties }, JsonSerializerOptions.Web) : null;
        return new AuditEntry(clock.GetUtcNow().UtcDateTime, actor, action, "user", entry.State is EntityState.Added ? null : user.Id, null, details);
    }
}
