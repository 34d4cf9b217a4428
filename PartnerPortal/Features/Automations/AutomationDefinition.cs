using System.Text.Json;
using System.Text.Json.Serialization;

namespace PartnerPortal.Features.Automations;

public enum ConditionKind
{
    /// <summary>How the client came to its partner.</summary>
    CameBy,
    Partner,

    /// <summary>The partner's group.</summary>
    Group,

    /// <summary>Of the telephone number.</summary>
    Country,
    Language,
    Amount,

    /// <summary>On the client's line in the partner's list.</summary>
    Tag,

    /// <summary>The how-manyth client of its partner it is.</summary>
    ClientCount,

    /// <summary>The how-manyth purchase of the client it is; for what is no purchase, how many there were.</summary>
    PurchaseCount,

    /// <summary>Nobody of the client was ever seen.</summary>
    NeverSignedIn,
}

public enum StepKind
{
    /// <summary>A mail from a template.</summary>
    Mail,

    /// <summary>A bonus from the automation's budget.</summary>
    Bonus,

    /// <summary>A new one-time link for who has never signed in.</summary>
    Access,
    Tag,

    /// <summary>The partner is put into a group.</summary>
    Group,

    /// <summary>Staff or the partner's people have something to do.</summary>
    Task,

    /// <summary>An endpoint of the program is told.</summary>
    Webhook,
    Wait,

    /// <summary>The invitation's mail once more.</summary>
    InviteAgain,
}

/// <summary>Whom a step is for.</summary>
public enum StepTarget
{
    Client,
    Partner,
    Staff,
}

/// <summary>One thing that has to hold.</summary>
/// <param name="Kind">What is looked at.</param>
/// <param name="IsNot">It must not hold.</param>
public sealed record AutomationCondition(ConditionKind Kind, bool IsNot)
{
    /// <summary>One of them has to be found: names of <c>CameBy</c>, ids of accounts or groups, ISO countries, IETF languages, tags.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Of an amount (minor units) or a count; null for no limit.</summary>
    public long? Least { get; init; }

    /// <summary>The same.</summary>
    public long? Most { get; init; }

    /// <summary>ISO 4217, of an amount: one in another currency does not hold.</summary>
    public string? Currency { get; init; }
}

/// <summary>One thing to do.</summary>
public sealed record AutomationStep(StepKind Kind)
{
    public StepTarget Target { get; init; }

    public long? TemplateId { get; init; }

    /// <summary>Minor units.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217, of the amount.</summary>
    public string? Currency { get; init; }

    /// <summary>A tag, the title of a task, what is told, why a bonus is given.</summary>
    public string Text { get; init; } = "";

    public long? GroupId { get; init; }

    public long? EndpointId { get; init; }

    public int? Days { get; init; }
}

/// <summary>What an automation does and when. Kept for each version, so that what has begun goes on as it began.</summary>
/// <param name="Days">Of silence; null for what happens at a moment.</param>
public sealed record AutomationDefinition(AutomationTrigger Trigger, int? Days, IReadOnlyList<AutomationCondition> Conditions, IReadOnlyList<AutomationStep> Steps)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static AutomationDefinition Read(string json) => JsonSerializer.Deserialize<AutomationDefinition>(json, Json) ?? throw new InvalidOperationException("The automation's definition is empty.");
}

/// <summary>What came of a condition.</summary>
/// <param name="Kind">What was looked at.</param>
/// <param name="Holds">It let the run go on.</param>
/// <param name="Found">A code, an id or a number, "4999:EUR" for an amount; null when nothing was found, and for a tag, which is a partner's own word.</param>
public sealed record ConditionVerdict(ConditionKind Kind, bool Holds, string? Found)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static string Write(IReadOnlyList<ConditionVerdict> verdicts) => JsonSerializer.Serialize(verdicts, Json);

    public static IReadOnlyList<ConditionVerdict> Read(string json) => JsonSerializer.Deserialize<List<ConditionVerdict>>(json, Json) ?? [];
}
