namespace PartnerPortal.Features.Automations;

public enum AutomationState
{
    Active,

    /// <summary>Begins nothing, and what has begun stands still.</summary>
    Paused,

    /// <summary>Gone from the list; its log stays.</summary>
    Deleted,
}

/// <summary>Something that is done by itself when something happens.</summary>
public sealed class Automation
{
    public const int NameLength = 100;

    private Automation()
    {
    }

    internal Automation(string name, DateTime now) => (Name, State, CreatedAt, ChangedAt) = (name, AutomationState.Paused, now, now);

    public long Id { get; private set; }

    public string Name { get; private set; } = "";

    public AutomationState State { get; private set; }

    public AutomationTrigger Trigger { get; private set; }

    /// <summary>The version that begins now; 0 while it is made.</summary>
    public int Version { get; private set; }

    /// <summary>Of silence: who is silent that long already when it starts is reached too.</summary>
    public bool ReachesPast { get; private set; }

    /// <summary>Minor units; all bonuses together never exceed it. Null when it grants none.</summary>
    public long? Budget { get; private set; }

    /// <summary>ISO 4217, of the bonuses and the budget; null when it grants none.</summary>
    public string? Currency { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime ChangedAt { get; private set; }

    /// <summary>UTC; what happened before begins nothing. Null while it was never started.</summary>
    public DateTime? ActiveSince { get; private set; }

    /// <summary>Under this key the ledger keeps how much of the budget is spent.</summary>
    public static string BudgetKeyOf(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"automation:{id}");

    /// <summary>What may be changed without a new version: nothing of it is looked at by runs in their middle but the budget, which is one for all.</summary>
    internal void Change(string name, bool reachesPast, long? budget, string? currency, DateTime now) =>
        (Name, ReachesPast, Budget, Currency, ChangedAt) = (name, reachesPast, budget, currency, now);

    internal AutomationVersion Define(AutomationDefinition definition, DateTime now)
    {
        (Trigger, Version) = (definition.Trigger, Version + 1);
        return new AutomationVersion(this, Version, definition, now);
    }

    /// <returns>False unless it was active.</returns>
    internal bool Pause()
    {
        if (State is not AutomationState.Active)
        {
            return false;
        }

        State = AutomationState.Paused;
        return true;
    }

    /// <returns>False unless it was paused.</returns>
    internal bool Resume(DateTime now)
    {
        if (State is not AutomationState.Paused)
        {
            return false;
        }

        (State, ActiveSince) = (AutomationState.Active, now);
        return true;
    }

    internal void Delete() => State = AutomationState.Deleted;
}

/// <summary>An automation as it was from one change to the next.</summary>
public sealed class AutomationVersion
{
    private AutomationVersion()
    {
    }

    internal AutomationVersion(Automation automation, int number, AutomationDefinition definition, DateTime now) =>
        (Automation, Number, Definition, MadeAt) = (automation, number, definition.Write(), now);

    public long AutomationId { get; private set; }

    public Automation? Automation { get; private set; }

    public int Number { get; private set; }

    /// <summary>JSON; see <see cref="AutomationDefinition"/>.</summary>
    public string Definition { get; private set; } = "";

    public DateTime MadeAt { get; private set; }
}
