using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;

namespace PartnerPortal.Features.Events;

/// <summary>Makes events of audit entries.</summary>
internal static class EventTranslation
{
    public static async Task<IReadOnlyList<PortalEvent>> OfAsync(PortalDbContext db, IReadOnlyList<EventSource> entries, CancellationToken ct)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var facts = await EventFacts.LoadAsync(db, entries, ct);
        return [.. entries.Select(e => Of(e, facts)).OfType<PortalEvent>()];
    }

    /// <returns>Null for an entry of which no event is made, such as the two halves of a move.</returns>
    private static PortalEvent? Of(EventSource entry, EventFacts facts) => entry.Action switch
    {
        AuditActions.UserRegistered => OfPerson(entry, facts, EventKinds.ClientRegistered),
        AuditActions.UserConfirmed => OfPerson(entry, facts, EventKinds.ClientEmailConfirmed),
        AuditActions.ClientCreated => Created(entry, facts),
        AuditActions.AttributionOpened => Attributed(entry, facts, EventKinds.ClientJoined, entry.Word("cameBy"), nameof(CameBy.Support), nameof(CameBy.MovedIn)),
        AuditActions.AttributionEnded => Attributed(entry, facts, EventKinds.ClientLeft, entry.Word("because"), nameof(AttributionEnd.Reassigned)),
        AuditActions.AttributionReassigned => Reassigned(entry, facts),
        AuditActions.JoinRefused => Refused(entry, facts),
        AuditActions.ConsentGiven => Consented(entry, facts, EventKinds.ClientShared),
        AuditActions.ConsentWithdrawn => Consented(entry, facts, EventKinds.ClientUnshared),
        // The others say that an invitation was typed, or asked for again; its mail follows at once.
        AuditActions.InvitationCreated => entry.Number("sendings") is null ? null : Asked(entry, facts, EventKinds.InvitationSent),
        AuditActions.InvitationDelivered => Asked(entry, facts, EventKinds.InvitationDelivered),
        AuditActions.InvitationBounced => Asked(entry, facts, EventKinds.InvitationBounced),
        AuditActions.InvitationsStopped => Asked(entry, facts, EventKinds.InvitationStopped),
        AuditActions.InvitationFollowed => Asked(entry, facts, EventKinds.InvitationFollowed),
        AuditActions.InvitationWithdrawn => Asked(entry, facts, EventKinds.InvitationWithdrawn),
        AuditActions.InvitationLapsed => Asked(entry, facts, EventKinds.InvitationExpired),
        AuditActions.PurchaseRecorded => Bought(entry, facts),
        AuditActions.PurchaseRefunded => Refunded(entry, facts),
        AuditActions.CommissionsReleased => Released(entry, facts),
        AuditActions.PayoutPaid => PaidOut(entry, facts, EventKinds.PayoutPaid),
        AuditActions.PayoutFailed => PaidOut(entry, facts, EventKinds.PayoutFailed),
        AuditActions.PartnerApplied => OfPartner(entry, EventKinds.PartnerApplied),
        AuditActions.PartnerApproved => OfPartner(entry, EventKinds.PartnerApproved),
        AuditActions.PartnerCreated => OfPartner(entry, EventKinds.PartnerCreated),
        AuditActions.PartnerRejected => OfPartner(entry, EventKinds.PartnerRejected),
        AuditActions.PartnerSuspended => OfPartner(entry, EventKinds.PartnerSuspended),
        AuditActions.PartnerReinstated => OfPartner(entry, EventKinds.PartnerReinstated),
        AuditActions.PartnerClosed => OfPartner(entry, EventKinds.PartnerClosed),
        AuditActions.PartnerChanged => entry.Flag("regrouped") ? OfPartner(entry, EventKinds.PartnerGroupChanged) : null,
        _ => null,
    };

    private static PortalEvent? OfPerson(EventSource entry, EventFacts facts, string kind)
    {
        if ((entry.AccountId ?? (entry.SubjectId is { } user && facts.OwnAccounts.TryGetValue(user, out var own) ? own : null)) is not { } client)
        {
            return null;
        }

        var partner = facts.PartnerAt(client, entry.At);
        return New(entry, kind, partner) with { ClientId = client, RecordId = facts.RecordOf(partner, client) };
    }

    private static PortalEvent? Created(EventSource entry, EventFacts facts) => facts.Record(entry.SubjectId) is { } record
        ? New(entry, EventKinds.ClientCreated, record.PartnerId) with { ClientId = record.ClientId, RecordId = record.Id, InvitationId = record.InvitationId }
        : null;

    private static PortalEvent? Attributed(EventSource entry, EventFacts facts, string kind, string? how, params string[] byStaff) =>
        entry.AccountId is not { } client || byStaff.Contains(how) || facts.IsReassignment(client, entry.At)
            ? null
            : New(entry, kind, entry.Number("partnerId")) with { ClientId = client, RecordId = facts.RecordOf(entry.Number("partnerId"), client), How = how };

    private static PortalEvent Reassigned(EventSource entry, EventFacts facts)
    {
        var (from, to) = (entry.Number("from"), entry.Number("to"));
        return New(entry, EventKinds.ClientReassigned, to) with
        {
            ClientId = entry.AccountId,
            RecordId = facts.RecordOf(to ?? from, entry.AccountId),
            FormerPartnerId = from,
            Partners = [.. new[] { from, to }.OfType<long>().Distinct()],
        };
    }

    /// <summary>A No on a bare link stands in no list: the partner is not told by whom.</summary>
    private static PortalEvent? Refused(EventSource entry, EventFacts facts)
    {
        if (entry.AccountId is not { } client)
        {
            return null;
        }

        var partner = entry.Number("partnerId");
        var invitation = facts.DeclinedInvitation(partner, client, entry.At);
        return New(entry, EventKinds.ClientRefused, partner) with
        {
            ClientId = client,
            InvitationId = invitation,
            RecordId = facts.RecordOfInvitation(invitation),
            Partners = invitation is null || partner is null ? [] : [partner.Value],
        };
    }

    private static PortalEvent? Consented(EventSource entry, EventFacts facts, string kind) => entry.Word("kind") == nameof(ConsentKind.Data)
        ? New(entry, kind, entry.Number("partnerId")) with { ClientId = entry.AccountId, RecordId = facts.RecordOf(entry.Number("partnerId"), entry.AccountId) }
        : null;

    /// <summary>Who answers an invitation is told by what it answers; before that nobody is to learn whether its address has an account.</summary>
    private static PortalEvent? Asked(EventSource entry, EventFacts facts, string kind) => facts.Invitation(entry.SubjectId) is { } invitation
        ? New(entry, kind, invitation.PartnerId) with { InvitationId = entry.SubjectId, RecordId = facts.RecordOfInvitation(entry.SubjectId) }
        : null;

    private static PortalEvent? Bought(EventSource entry, EventFacts facts) => facts.Purchase(entry) is { } purchase
        ? New(entry, EventKinds.PurchaseRecorded, purchase.PartnerId) with
        {
            ClientId = purchase.ClientId,
            RecordId = facts.RecordOf(purchase.PartnerId, purchase.ClientId),
            PurchaseId = purchase.Id,
            IsFirst = facts.IsFirst(purchase),
            Amount = purchase.Amount,
            Discount = purchase.Discount,
            Tax = purchase.Tax,
            Currency = purchase.Currency,
            Product = purchase.Product,
            ExternalId = purchase.ExternalId,
            OccurredAt = purchase.OccurredAt,
            Partners = facts.SeeingPartners(purchase),
        }
        : null;

    /// <summary>One that waits for its purchase tells of nobody's money yet; it has an entry of its own once it is applied.</summary>
    private static PortalEvent? Refunded(EventSource entry, EventFacts facts) => entry.AccountId is not null && facts.Refund(entry) is { } found
        ? New(entry, EventKinds.PurchaseRefunded, found.Purchase.PartnerId) with
        {
            ClientId = found.Purchase.ClientId,
            RecordId = facts.RecordOf(found.Purchase.PartnerId, found.Purchase.ClientId),
            PurchaseId = found.Purchase.Id,
            RefundId = found.Refund.Id,
            Amount = found.Refund.Applied,
            Currency = found.Purchase.Currency,
            Product = found.Purchase.Product,
            ExternalId = found.Refund.ExternalId,
            OccurredAt = found.Refund.OccurredAt,
            Partners = facts.SeeingPartners(found.Purchase),
        }
        : null;

    private static PortalEvent? Released(EventSource entry, EventFacts facts) => entry.AccountId is { } client && facts.ReleasedTo(client, entry.At) is { Count: > 0 } partners
        ? new PortalEvent(entry.Id, EventKinds.CommissionsReleased, entry.At) { ClientId = client, Partners = partners }
        : null;

    private static PortalEvent? PaidOut(EventSource entry, EventFacts facts, string kind) => entry.SubjectId is { } id && facts.Payouts.TryGetValue(id, out var payout)
        ? New(entry, kind, payout.AccountId) with { PayoutId = id, Amount = payout.Amount, Currency = payout.Currency }
        : null;

    private static PortalEvent OfPartner(EventSource entry, string kind) => New(entry, kind, entry.AccountId);

    private static PortalEvent New(EventSource entry, string kind, long? partner) =>
        new(entry.Id, kind, entry.At) { PartnerId = partner, Partners = partner is { } known && EventKinds.OfPartners.Contains(kind) ? [known] : [], RunId = entry.Number("run") };
}
