using System.Text.Json.Serialization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>Where an account's money goes. What it holds is encrypted at rest; see <see cref="PayeeVault"/>.</summary>
public sealed class Payee
{
    private Payee()
    {
    }

    internal Payee(long accountId) => AccountId = accountId;

    public long AccountId { get; private set; }

    public byte[] Sealed { get; private set; } = [];

    /// <summary>UTC.</summary>
    public DateTime ChangedAt { get; private set; }

    internal void Change(byte[] sealedDetails, DateTime now) => (Sealed, ChangedAt) = (sealedDetails, now);
}

/// <summary>What is sealed. Never in a log, an audit entry or a page.</summary>
/// <param name="Holder">Of the bank account.</param>
/// <param name="Number">An IBAN without spaces, or a number of the country's own kind.</param>
/// <param name="IsIban">It passed the check of its digits.</param>
/// <param name="Bank">BIC or name; may be empty beside an IBAN.</param>
/// <param name="Country">ISO 3166-1, two letters.</param>
/// <param name="Address">Lines of the postal address.</param>
/// <param name="TaxId">May be empty.</param>
public sealed record PayeeDetails(string Holder, string Number, bool IsIban, string Bank, string Country, string Address, string TaxId)
{
    /// <summary>"•••• 4321": enough to know one's own.</summary>
    [JsonIgnore]
    public string MaskedNumber => Mask(Number);

    [JsonIgnore]
    public string MaskedTaxId => TaxId.Length == 0 ? "" : Mask(TaxId);

    public override string ToString() => "PayeeDetails";

    /// <summary>The last four letters and digits, of a short one fewer.</summary>
    private static string Mask(string secret)
    {
        var plain = string.Concat(secret.Where(char.IsLetterOrDigit));
        return "•••• " + plain[^Math.Min(4, plain.Length / 2)..];
    }
}

/// <summary>What is wrong with a field of the form; each has a sentence.</summary>
public enum PayeeProblem
{
    Missing,
    TooLong,

    /// <summary>The country writes IBANs, and the digits do not fit each other.</summary>
    NotAnIban,
    UnknownCountry,

    /// <summary>Control characters, which could break the bank's file.</summary>
    BadCharacter,
}

/// <param name="Name">A property of <see cref="PayeeForm"/>.</param>
/// <param name="Most">Characters, where there is a limit.</param>
public sealed record PayeeFieldWrong(string Name, PayeeProblem Problem, int Most = 0) : Error
{
    public override string Field => Name;
}

/// <summary>Something is wrong with the form; nothing was saved.</summary>
public sealed record PayeeRefused(IReadOnlyList<PayeeFieldWrong> Errors) : Error;
