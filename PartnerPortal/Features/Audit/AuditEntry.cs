namespace PartnerPortal.Features.Audit;

/// <summary>One change: who did what to which thing, when. Written in the transaction of the change, never updated or deleted.</summary>
public sealed class AuditEntry
{
    private AuditEntry()
    {
    }

    public AuditEntry(DateTime at, Identity.Actor actor, string action, string subjectKind, long? subjectId, long? accountId, string? details)
    {
        At = at;
        ActorUserId = actor.UserId;
        ActorAccountId = actor.Acting is { } acting ? acting.PartnerId : actor.AccountId;
        GrantId = actor.Acting?.GrantId;
        ActorName = actor.Name;
        ActorSearch = Shared.SearchText.Fold(actor.Name);
        Action = action;
        SubjectKind = subjectKind;
        SubjectId = subjectId;
        AccountId = accountId ?? actor.Acting?.ClientId;
        Details = details;
    }

    public long Id { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }

    /// <summary>Null when the portal itself or a visitor acted.</summary>
    public long? ActorUserId { get; private set; }

    public long? ActorAccountId { get; private set; }

    /// <summary>The access grant by which the actor acted for <see cref="AccountId"/>; null when it acted for itself. These entries are the client's access diary.</summary>
    public long? GrantId { get; private set; }

    public string ActorName { get; private set; } = "";

    /// <summary>The name folded, for searching.</summary>
    public string ActorSearch { get; private set; } = "";

    /// <summary>A name of <see cref="AuditActions"/>.</summary>
    public string Action { get; private set; } = "";

    public string SubjectKind { get; private set; } = "";

    public long? SubjectId { get; private set; }

    /// <summary>The account the change is about; null when it is about none.</summary>
    public long? AccountId { get; private set; }

    /// <summary>JSON with what a reader needs to understand the change. No secrets, no addresses of people.</summary>
    public string? Details { get; private set; }
}
