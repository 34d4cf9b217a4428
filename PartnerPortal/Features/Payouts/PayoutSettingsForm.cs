using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>What can be wrong with a setting; each has a sentence.</summary>
public enum PayoutSettingProblem
{
    /// <summary>Not a whole day from 1 to 28, which every month has.</summary>
    DayOutOfRange,

    /// <summary>A line that is no currency and amount; the detail is the line.</summary>
    NotAMinimum,
    TooLong,
}

/// <param name="Name">A property of <see cref="PayoutSettingsForm"/>.</param>
public sealed record PayoutSettingWrong(string Name, PayoutSettingProblem Problem, string Detail = "") : Error
{
    public override string Field => Name;
}

/// <summary>Something is wrong with the form; nothing was saved.</summary>
public sealed record PayoutSettingsRefused(IReadOnlyList<PayoutSettingWrong> Errors) : Error;

/// <summary>Somebody else saved after the form was opened; nothing was saved.</summary>
public sealed record PayoutSettingsChangedMeanwhile : Error;

/// <summary>The rules for payouts while the owner edits them, as typed.</summary>
public sealed class PayoutSettingsForm
{
    public const int IssuerLength = 500;
    public const int TaxIdLength = 40;
    public const int LastDay = 28;

    /// <summary>The version the form was filled from.</summary>
    public int Version { get; set; }

    public PayoutRhythm Rhythm { get; set; }

    public string MonthlyDay { get; set; } = "1";

    public bool NeedsApproval { get; set; } = true;

    /// <summary>A line for each currency: "EUR 25.00".</summary>
    public string Minimums { get; set; } = "";

    public string Issuer { get; set; } = "";

    public string IssuerTaxId { get; set; } = "";

    public static PayoutSettingsForm Of(PayoutSettings settings) => new()
    {
        Version = settings.Version,
        Rhythm = settings.Rhythm,
        MonthlyDay = settings.MonthlyDay.ToString(CultureInfo.InvariantCulture),
        NeedsApproval = settings.NeedsApproval,
        Minimums = string.Join('\n', settings.Minimums.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} {Money.WritePlain(m.Value, m.Key)}")),
        Issuer = settings.Issuer,
        IssuerTaxId = settings.IssuerTaxId,
    };

    /// <summary>Takes the form over into the settings, or says what is wrong and changes nothing.</summary>
    internal PayoutSettingsRefused? Apply(PayoutSettings settings)
    {
        var errors = new List<PayoutSettingWrong>();
        var day = settings.MonthlyDay;
        if (Rhythm is PayoutRhythm.Monthly && (!int.TryParse(MonthlyDay.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out day) || day is < 1 or > LastDay))
        {
            errors.Add(new PayoutSettingWrong(nameof(MonthlyDay), PayoutSettingProblem.DayOutOfRange));
        }

        var minimums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in PayeeForm.Lines(Minimums))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var code, var amount] && code.ToUpperInvariant() is var currency
                && Currencies.IsKnown(currency) && Money.TryRead(amount, currency, out var least))
            {
                minimums[currency] = least;
            }
            else
            {
                errors.Add(new PayoutSettingWrong(nameof(Minimums), PayoutSettingProblem.NotAMinimum, line.Length > 40 ? line[..40] : line));
            }
        }

        if (Issuer.Trim().Length > IssuerLength)
        {
            errors.Add(new PayoutSettingWrong(nameof(Issuer), PayoutSettingProblem.TooLong, IssuerLength.ToString(CultureInfo.InvariantCulture)));
        }

        if (IssuerTaxId.Trim().Length > TaxIdLength)
        {
            errors.Add(new PayoutSettingWrong(nameof(IssuerTaxId), PayoutSettingProblem.TooLong, TaxIdLength.ToString(CultureInfo.InvariantCulture)));
        }

        if (errors.Count > 0)
        {
            return new PayoutSettingsRefused(errors);
        }

        settings.Change(Rhythm, day, NeedsApproval, minimums, string.Join('\n', PayeeForm.Lines(Issuer)), IssuerTaxId.Trim());
        return null;
    }
}
