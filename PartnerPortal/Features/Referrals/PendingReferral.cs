using System.Text.Json;
using PartnerPortal.Features.Attributions;

namespace PartnerPortal.Features.Referrals;

/// <summary>
/// The partner that a person agreed to while registering, with all that was in play. It becomes an attribution when the e-mail is confirmed.
/// </summary>
public sealed class PendingReferral
{
    private PendingReferral()
    {
    }

    public PendingReferral(long userId, long clientId, ReferralDecision decision, int wordingVersion, string language, DateTime now)
    {
        UserId = userId;
        ClientId = clientId;
        PartnerId = decision.PartnerId;
        CameBy = decision.CameBy;
        Rule = decision.Rule;
        InvitationId = decision.InvitationId;
        ContendersJson = JsonSerializer.Serialize(decision.Contenders, JsonSerializerOptions.Web);
        WordingVersion = wordingVersion;
        Language = language;
        AgreedAt = now;
    }

    public long UserId { get; private set; }

    public long ClientId { get; private set; }

    public long PartnerId { get; private set; }

    public CameBy CameBy { get; private set; }

    public AttributionRule Rule { get; private set; }

    public long? InvitationId { get; private set; }

    public string ContendersJson { get; private set; } = "[]";

    public int WordingVersion { get; private set; }

    public string Language { get; private set; } = "";

    /// <summary>UTC; when the registration form that named the partner was sent.</summary>
    public DateTime AgreedAt { get; private set; }

    public IReadOnlyList<Contender> Contenders =>
        JsonSerializer.Deserialize<List<Contender>>(ContendersJson, JsonSerializerOptions.Web) ?? [];
}

/// <summary>Who won, under which rule, among whom.</summary>
public sealed record ReferralDecision(long PartnerId, AttributionRule Rule, CameBy CameBy, long? InvitationId, IReadOnlyList<Contender> Contenders);

/// <summary>How often an account's link was opened on a day (UTC), by source.</summary>
public sealed class VisitCount
{
    public long AccountId { get; set; }

    public DateOnly Day { get; set; }

    /// <summary>The link's <c>s</c>; empty when it had none.</summary>
    public string Source { get; set; } = "";

    public long Count { get; set; }
}
