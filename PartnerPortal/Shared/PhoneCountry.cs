namespace PartnerPortal.Shared;

/// <summary>
/// What a country's telephone numbers look like (ITU-T E.164 and the national numbering plan).
/// </summary>
/// <param name="Alpha2">ISO 3166-1 alpha-2, upper case.</param>
/// <param name="CallingCode">Country calling code, digits only; several countries may share one.</param>
/// <param name="TrunkPrefix">What is dialled before a national number inside the country and dropped from abroad; empty when nothing is.</param>
/// <param name="MinDigits">Fewest digits of the national number, trunk prefix not counted.</param>
/// <param name="MaxDigits">Most digits of the national number.</param>
public sealed record PhoneCountry(string Alpha2, string CallingCode, string TrunkPrefix, int MinDigits, int MaxDigits)
{
    /// <summary>Trunk prefixes people still type, the one in use first.</summary>
    internal IReadOnlyList<string> Trunks { get; init; } = [];

    /// <summary>A leading zero is part of the number (Italy): it is never dropped.</summary>
    internal bool KeepsLeadingZero { get; init; }

    /// <summary>Leading national digits that say this country among those with the same calling code.</summary>
    internal IReadOnlyList<string> Leads { get; init; } = [];

    /// <summary>Has all numbers of its calling code that no other country claims by leading digits.</summary>
    internal bool IsMain { get; init; }

    /// <summary>What is dialled before a foreign number, besides 00.</summary>
    internal IReadOnlyList<string> DialOut { get; init; } = [];
}
