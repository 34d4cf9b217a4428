using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Events;

namespace PartnerPortal.Features.Notifications;

/// <summary>Who is to be told of what happened.</summary>
internal static class NotificationSources
{
    public static IEnumerable<NotificationDraft> Of(PortalEvent told) => told.Kind switch
    {
        EventKinds.ClientJoined => ToPartner(told, NotificationKind.ClientJoined),
        EventKinds.ClientRefused => told.Partners.Select(p => Client(told, NotificationKind.ClientRefused, p)),
        EventKinds.ClientLeft => ToPartner(told, NotificationKind.ClientLeft),
        EventKinds.ClientReassigned => Moved(told),
        EventKinds.InvitationBounced => ToPartner(told, NotificationKind.InvitationBounced),
        EventKinds.PurchaseRecorded => told.Partners.Select(p => Client(told, NotificationKind.Purchase, p) with { SubjectId = told.PurchaseId }),
        EventKinds.PurchaseRefunded => told.Partners.Select(p => Client(told, NotificationKind.Refund, p) with { SubjectId = told.RefundId }),
        EventKinds.CommissionsReleased => told.Partners.Select(p => new NotificationDraft(NotificationKind.CommissionAvailable, p, told.At)),
        EventKinds.PayoutPaid => ToPartner(told, NotificationKind.PayoutPaid),
        EventKinds.PayoutFailed => ToPartner(told, NotificationKind.PayoutFailed),
        EventKinds.PartnerApplied => [new NotificationDraft(NotificationKind.Application, null, told.At) { SubjectId = told.PartnerId }],
        EventKinds.PartnerApproved or EventKinds.PartnerRejected or EventKinds.PartnerSuspended or EventKinds.PartnerReinstated or EventKinds.PartnerClosed =>
            told.PartnerId is { } partner ? [new NotificationDraft(NotificationKind.PartnerStanding, partner, told.At) { Detail = told.Kind["partner.".Length..] }] : [],
        _ => [],
    };

    /// <param name="entry">Of the audit log.</param>
    /// <param name="askers">The partner that asked, by grant; none where staff did.</param>
    /// <param name="others">The partner that answers, by claim.</param>
    public static IEnumerable<NotificationDraft> Of(OtherSource entry, IReadOnlyDictionary<long, long> askers, IReadOnlyDictionary<long, long> others) => entry.Action switch
    {
        AuditActions.AccessAsked => entry.AccountId is { } client ? [Draft(entry, NotificationKind.AccessAsked, client)] : [],
        AuditActions.AccessApproved => Answered(entry, askers, "approved"),
        AuditActions.AccessRefused => Answered(entry, askers, "refused"),
        AuditActions.AccessRevoked => Answered(entry, askers, "revoked"),
        // The entry of a claim that is filed has no id of it yet.
        AuditActions.ClaimFiled => [Draft(entry, NotificationKind.ClaimWaits, null) with { SubjectId = null, Detail = "filed" }],
        AuditActions.ClaimAnswered => [Draft(entry, NotificationKind.ClaimWaits, null) with { Detail = "answered" }],
        AuditActions.ClaimNamed => entry.Number("partnerId") is { } asked ? [Draft(entry, NotificationKind.ClaimAsked, asked)] : [],
        AuditActions.ClaimMoved or AuditActions.ClaimClosed => Decided(entry, others),
        AuditActions.FlagRaised => [Draft(entry, NotificationKind.FlagRaised, null)],
        AuditActions.PayoutRequested => [Draft(entry, NotificationKind.PayoutWaits, null)],
        _ => [],
    };

    private static IEnumerable<NotificationDraft> Moved(PortalEvent told)
    {
        if (told.PartnerId is { } to)
        {
            yield return new NotificationDraft(NotificationKind.ClientMoved, to, told.At) { ClientId = told.ClientId, Detail = "to" };
        }

        if (told.FormerPartnerId is { } from && from != told.PartnerId)
        {
            yield return new NotificationDraft(NotificationKind.ClientMoved, from, told.At) { ClientId = told.ClientId, Detail = "from" };
        }

        if (told.ClientId is { } client)
        {
            yield return new NotificationDraft(NotificationKind.PartnerChanged, client, told.At) { SubjectId = told.PartnerId, Detail = told.PartnerId is null ? "none" : "" };
        }
    }

    private static IEnumerable<NotificationDraft> ToPartner(PortalEvent told, NotificationKind kind) =>
        told.PartnerId is { } partner ? [Client(told, kind, partner) with { SubjectId = told.PayoutId }] : [];

    private static NotificationDraft Client(PortalEvent told, NotificationKind kind, long partner) =>
        new(kind, partner, told.At) { RecordId = partner == told.PartnerId ? told.RecordId : null, ClientId = told.ClientId };

    private static IEnumerable<NotificationDraft> Answered(OtherSource entry, IReadOnlyDictionary<long, long> askers, string how) =>
        entry.SubjectId is { } grant && askers.TryGetValue(grant, out var partner) ? [Draft(entry, NotificationKind.AccessAnswered, partner) with { ClientId = entry.AccountId, Detail = how }] : [];

    private static IEnumerable<NotificationDraft> Decided(OtherSource entry, IReadOnlyDictionary<long, long> others)
    {
        if (entry.AccountId is { } claimant)
        {
            yield return Draft(entry, NotificationKind.ClaimDecided, claimant);
        }

        if (entry.SubjectId is { } claim && others.TryGetValue(claim, out var other))
        {
            yield return Draft(entry, NotificationKind.ClaimDecided, other);
        }
    }

    private static NotificationDraft Draft(OtherSource entry, NotificationKind kind, long? account) => new(kind, account, entry.At) { SubjectId = entry.SubjectId, ByUserId = entry.ByUserId };
}
