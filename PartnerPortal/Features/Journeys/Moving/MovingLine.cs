using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>What a file brings; one kind a file, as other systems export them.</summary>
public enum MovingKind
{
    /// <summary>Partners, each with who recommended it.</summary>
    Partners,

    /// <summary>Clients, each with its partner and since when.</summary>
    Clients,

    /// <summary>What the other system owes partners.</summary>
    Balances,
}

/// <summary>What a column can be.</summary>
public enum MovingField
{
    ExternalId,
    Name,
    FirstName,
    LastName,
    Company,
    Email,
    Language,

    /// <summary>External id, e-mail or code of the partner that recommended this one.</summary>
    Sponsor,

    /// <summary>External id, e-mail or code of a partner.</summary>
    Partner,
    Since,
    Amount,
    Currency,
    AsOf,
}

/// <summary>A line as it stands in the file.</summary>
/// <param name="Number">From 1, the head included, as an editor counts.</param>
/// <param name="Values">Null when the line cannot be read.</param>
public sealed record MovingLine(int Number, IReadOnlyDictionary<MovingField, string>? Values)
{
    public string this[MovingField field] => Values?.GetValueOrDefault(field) ?? "";

    public string Name => this[MovingField.Name] is { Length: > 0 } name ? name : $"{this[MovingField.FirstName]} {this[MovingField.LastName]}".Trim();

    /// <summary>What the line is called in reports.</summary>
    public string Label => this[MovingField.ExternalId] is { Length: > 0 } id ? id : this[MovingField.Partner] is { Length: > 0 } partner ? partner : this[MovingField.Email];
}

/// <summary>The head lacks columns that the kind needs.</summary>
/// <param name="Columns">As the template calls them, with commas.</param>
public sealed record MovingColumnsMissing(string Columns) : Error;

/// <summary>Nothing says where the data comes from, or too much.</summary>
public sealed record MovingSourceMissing : Error;
