using System.Text.Json;
using System.Text.Json.Serialization;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Audit;

/// <summary>Adds audit entries to the transaction of the change they tell of.</summary>
public static class AuditLog
{
    /// <summary>Enums by name: the log is read by people, and names outlive numbers.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <param name="work">The transaction of the change.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="action">A name of <see cref="AuditActions"/>.</param>
    /// <param name="subject">Kind and id of what was changed. The id may be null while the row has none yet.</param>
    /// <param name="accountId">The account the change is about, if one.</param>
    /// <param name="details">Serialised to JSON; must hold no secret and no personal address.</param>
    public static void Audit(this PortalTransaction work, Actor actor, string action, (string Kind, long? Id) subject, long? accountId = null, object? details = null)
    {
        work.Db.AuditEntries.Add(work.AuditEntry(actor, action, subject, accountId, details));
        work.SignalAccess(action, subject, accountId);
    }

    /// <summary>The entry alone, for a change whose rows the caller inserts past the change tracker; never for one of somebody's access.</summary>
    internal static AuditEntry AuditEntry(this PortalTransaction work, Actor actor, string action, (string Kind, long? Id) subject, long? accountId, object? details) =>
        new(work.Now, actor, action, subject.Kind, subject.Id, accountId, details is null ? null : Write(details));

    /// <summary>The details of an entry as they are kept.</summary>
    public static string Write(object details) => JsonSerializer.Serialize(details, Json);
}
