using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>One line of "How it went".</summary>
/// <param name="At">UTC.</param>
/// <param name="Icon">Name of a symbol.</param>
/// <param name="Text">What happened.</param>
/// <param name="Small">What belongs to it, after the time; may be empty.</param>
/// <param name="AttributionId">Whose receipt can be opened here; null when none.</param>
public sealed record HistoryLine(DateTime At, string Icon, string Text, string Small, long? AttributionId = null);

/// <summary>Tells an account's history in words, newest first.</summary>
public static class ClientHistory
{
    /// <summary>The audit log says these too; here they are told from what they changed. What was only read for the client stands in its access diary and in the log.</summary>
    private static readonly HashSet<string> ToldAlready = new(StringComparer.Ordinal)
    {
        AuditActions.AttributionOpened, AuditActions.AttributionEnded, AuditActions.AttributionReassigned, AuditActions.JoinRefused,
        AuditActions.CredentialIssued, AuditActions.CredentialUsed,
        AuditActions.AccessStarted, AuditActions.AccessStopped, AuditActions.AccessRecordRead, AuditActions.AccessProfileRead, AuditActions.AccessPurchasesRead, AuditActions.AccessInvoiceRead, AuditActions.AccessInvoiceTaken,
        AuditActions.AccessOrderFormRead, AuditActions.AccessDiaryExported,
    };

    public static IReadOnlyList<HistoryLine> Lines(ClientFile file, IStringLocalizer<SupportText> text, IStringLocalizer<AuditText> audit, ReaderTime time) =>
    [
        // What happened at the same moment stays in this order: agreed, and so became a client.
        .. new[] { Consents(file, text), Spans(file, text), Refusals(file, text), Invitations(file, text), Credentials(file, text, time), Entries(file, audit) }
            .SelectMany(lines => lines).OrderByDescending(line => line.At),
    ];

    private static IEnumerable<HistoryLine> Spans(ClientFile file, IStringLocalizer<SupportText> text)
    {
        foreach (var span in file.Spans)
        {
            yield return new HistoryLine(span.StartedAt, IconOf(span.CameBy), text["History.Came." + span.CameBy, span.PartnerName, span.DecidedBy],
                span.ReceiptId is { } receipt ? text["History.Receipt", receipt] : "", span.Id);
            if (span is { EndedAt: { } endedAt, EndedBecause: { } because })
            {
                yield return new HistoryLine(endedAt, "logout", text["History.Ended." + because, span.PartnerName], "");
            }
        }
    }

    private static IEnumerable<HistoryLine> Consents(ClientFile file, IStringLocalizer<SupportText> text)
    {
        foreach (var consent in file.Consents)
        {
            yield return new HistoryLine(consent.GivenAt, "eye", text["History.Agreed." + consent.Kind, consent.PartnerName],
                text["History.Wording", consent.WordingVersion, Languages.NameOf(consent.Language)]);
            if (consent.WithdrawnAt is { } withdrawnAt)
            {
                yield return new HistoryLine(withdrawnAt, "eye-off", text["History.Withdrew." + consent.Kind, consent.PartnerName], "");
            }
        }
    }

    private static IEnumerable<HistoryLine> Refusals(ClientFile file, IStringLocalizer<SupportText> text) =>
        file.Refusals.Select(refusal => new HistoryLine(refusal.RefusedAt, "x", text["History.Refused", refusal.PartnerName], ""));

    private static IEnumerable<HistoryLine> Invitations(ClientFile file, IStringLocalizer<SupportText> text)
    {
        foreach (var invitation in file.Invitations)
        {
            yield return new HistoryLine(invitation.CreatedAt, invitation.Kind is InvitationKind.Created ? "created" : "invite", text["History.Invited." + invitation.Kind, invitation.PartnerName], "");
            if (invitation.FollowedAt is { } followedAt)
            {
                yield return new HistoryLine(followedAt, "link", text["History.Followed", invitation.PartnerName], "");
            }

            if (invitation is { AnsweredAt: { } answeredAt, State: InvitationState.Withdrawn })
            {
                yield return new HistoryLine(answeredAt, "undo", text["History.InvitationWithdrawn", invitation.PartnerName], "");
            }
        }
    }

    private static IEnumerable<HistoryLine> Credentials(ClientFile file, IStringLocalizer<SupportText> text, ReaderTime time)
    {
        foreach (var credential in file.Credentials)
        {
            yield return new HistoryLine(credential.IssuedAt, "key", text["History.Credential", credential.UserName], text["History.CredentialUntil", time.Date(credential.ExpiresAt)]);
            if (credential.UsedAt is { } usedAt)
            {
                yield return new HistoryLine(usedAt, "login", text["History.CredentialUsed", credential.UserName], "");
            }
            else if (credential.VoidedAt is { } voidedAt)
            {
                yield return new HistoryLine(voidedAt, "lock", text["History.CredentialVoid", credential.UserName], "");
            }
        }
    }

    private static IEnumerable<HistoryLine> Entries(ClientFile file, IStringLocalizer<AuditText> audit) =>
        from row in file.Audit
        where !ToldAlready.Contains(row.Action)
        let details = audit.Details(row, file.Names)
        select new HistoryLine(row.At, "audit", audit.Sentence(row, file.Account.Name), string.Join(" · ", details.Select(d => $"{d.Label}: {d.Value}")));

    private static string IconOf(CameBy cameBy) => cameBy switch
    {
        CameBy.Link => "link",
        CameBy.Code => "code",
        CameBy.Qr => "qr",
        CameBy.Created => "created",
        CameBy.Joined => "joined",
        CameBy.Invitation => "invite",
        CameBy.Support => "swap",
        CameBy.Returned => "undo",
        CameBy.MovedIn => "download",
    };
}
