using System.Text.Json;

namespace PartnerPortal.Features.Payouts;

/// <summary>When money goes out.</summary>
public enum PayoutRhythm
{
    /// <summary>When the partner asks.</summary>
    OnRequest,

    /// <summary>On a day of each month, by itself.</summary>
    Monthly,
}

/// <summary>The program's rules for payouts; one row, and the defaults before the owner saved any.</summary>
public sealed class PayoutSettings
{
    public const long SingleId = 1;

    public long Id { get; private set; } = SingleId;

    public PayoutRhythm Rhythm { get; private set; }

    /// <summary>Of the month, 1 to 28, in UTC; for the monthly ones.</summary>
    public int MonthlyDay { get; private set; } = 1;

    /// <summary>Somebody of staff approves each before it goes out.</summary>
    public bool NeedsApproval { get; private set; } = true;

    /// <summary>As JSON; see <see cref="Minimums"/>.</summary>
    public string MinimumsJson { get; private set; } = "{}";

    /// <summary>Who pays, with its address, as statements name it; empty for the program's name.</summary>
    public string Issuer { get; private set; } = "";

    public string IssuerTaxId { get; private set; } = "";

    /// <summary>Of two owners who save at once, the second is told.</summary>
    public int Version { get; private set; }

    /// <summary>The least that is paid out, in minor units by ISO 4217 currency; of a currency that is not here anything is.</summary>
    public IReadOnlyDictionary<string, long> Minimums => JsonSerializer.Deserialize<Dictionary<string, long>>(MinimumsJson) ?? [];

    internal void Change(PayoutRhythm rhythm, int monthlyDay, bool needsApproval, IReadOnlyDictionary<string, long> minimums, string issuer, string issuerTaxId)
    {
        (Rhythm, MonthlyDay, NeedsApproval) = (rhythm, monthlyDay, needsApproval);
        (MinimumsJson, Issuer, IssuerTaxId) = (JsonSerializer.Serialize(minimums), issuer, issuerTaxId);
        Version++;
    }
}
