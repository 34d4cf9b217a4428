using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>Payee details while they are edited.</summary>
public sealed class PayeeForm
{
    public const int LineLength = 140;
    public const int AddressLength = 400;
    public const int NumberLength = 40;

    public string Holder { get; set; } = "";

    /// <summary>Empty keeps the one there is.</summary>
    public string Number { get; set; } = "";

    public string Bank { get; set; } = "";

    public string Country { get; set; } = "";

    public string Address { get; set; } = "";

    /// <summary>Empty keeps the one there is.</summary>
    public string TaxId { get; set; } = "";

    /// <param name="before">What is kept now; null when nothing is.</param>
    /// <returns>The details, or what is wrong with the form.</returns>
    public Result<PayeeDetails> Read(PayeeDetails? before)
    {
        var errors = new List<PayeeFieldWrong>();
        Check(nameof(Holder), Holder, LineLength, required: true);
        Check(nameof(Number), Number, NumberLength, required: before is null);
        Check(nameof(Bank), Bank, LineLength, required: false);
        Check(nameof(Address), Address.ReplaceLineEndings(" "), AddressLength, required: true);
        Check(nameof(TaxId), TaxId, NumberLength, required: false);
        if (PhoneCountries.Find(Country) is null)
        {
            errors.Add(new PayeeFieldWrong(nameof(Country), PayeeProblem.UnknownCountry));
        }

        var typed = Number.Trim();
        var isTypedIban = Iban.TryRead(typed, out var iban);
        var (number, isIban) = typed.Length == 0 ? (before?.Number ?? "", before?.IsIban ?? false) : (isTypedIban ? iban : typed, isTypedIban);
        if (typed.Length > 0 && !isIban && LooksLikeIban(iban))
        {
            errors.Add(new PayeeFieldWrong(nameof(Number), PayeeProblem.NotAnIban));
        }
        else if (!isIban && Bank.Trim().Length == 0)
        {
            // A number alone finds no bank.
            errors.Add(new PayeeFieldWrong(nameof(Bank), PayeeProblem.Missing));
        }

        return errors.Count > 0
            ? new PayeeRefused(errors)
            : new PayeeDetails(Holder.Trim(), number, isIban, Bank.Trim(), Country, string.Join('\n', Lines(Address)), TaxId.Trim().Length == 0 ? before?.TaxId ?? "" : TaxId.Trim());

        void Check(string name, string value, int most, bool required)
        {
            var text = value.Trim();
            PayeeProblem? problem = required && text.Length == 0 ? PayeeProblem.Missing : text.Length > most ? PayeeProblem.TooLong : text.Any(char.IsControl) ? PayeeProblem.BadCharacter : null;
            if (problem is { } wrong)
            {
                errors.Add(new PayeeFieldWrong(name, wrong, most));
            }
        }
    }

    public static IEnumerable<string> Lines(string address) => address.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Two letters and two digits begin no account number of another kind that we know of.</summary>
    private static bool LooksLikeIban(string number) =>
        number.Length >= 4 && char.IsAsciiLetter(number[0]) && char.IsAsciiLetter(number[1]) && char.IsAsciiDigit(number[2]) && char.IsAsciiDigit(number[3]);
}
