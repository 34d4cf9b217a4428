using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>What can be wrong with a setting; each has a sentence.</summary>
public enum ProgramProblem
{
    Missing,
    TooLong,

    /// <summary>Not whole days, or outside the limits; the details are the limits.</summary>
    DaysOutOfRange,

    /// <summary>Not a whole number, or outside the limits; likewise.</summary>
    OutOfRange,

    NotAColor,
    UnknownLanguage,
    UnknownCountry,

    /// <summary>Line ends and other control characters, which could add headers to a mail.</summary>
    BadCharacter,
}

/// <param name="Name">The setting.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Least">The lower limit, where there is one.</param>
/// <param name="Most">The upper limit: days or characters.</param>
public sealed record ProgramFieldWrong(string Name, ProgramProblem Problem, int Least = 0, int Most = 0) : Error
{
    public override string Field => Name;
}

public sealed record SenderAddressWrong(EmailProblem Problem) : Error
{
    public override string Field => nameof(ProgramForm.SenderAddress);
}

public sealed record LogoWrong(LogoProblem Problem) : Error
{
    public override string Field => ProgramField.Logo;
}

/// <summary>Holds the form to the limits of each setting.</summary>
public static class ProgramRules
{
    /// <summary>Everything that is wrong, setting by setting; empty when the form can be saved.</summary>
    public static IReadOnlyList<Error> Check(ProgramForm form)
    {
        var errors = new List<Error>();
        Text(nameof(form.Name), form.Name, 60, required: true);
        Text(nameof(form.About), form.About, 300, required: false);
        Text(nameof(form.Footer), form.Footer, 200, required: false);
        Text(nameof(form.SenderName), form.SenderName, 60, required: true);
        Text(nameof(form.SellerName), form.SellerName, 120, required: false);
        Text(nameof(form.SellerAddress), form.SellerAddress, 300, required: false, lines: true);
        Text(nameof(form.SellerTaxId), form.SellerTaxId, 60, required: false);
        Text(nameof(form.PaymentDetails), form.PaymentDetails, 300, required: false, lines: true);
        if (ProgramForm.Color(form.Accent) is { Length: > 0 } accent && !Rgb.TryParse(accent, out _))
        {
            errors.Add(new ProgramFieldWrong(nameof(form.Accent), ProgramProblem.NotAColor));
        }

        if (!EmailAddress.TryParse(form.SenderAddress, out _, out var problem))
        {
            errors.Add(new SenderAddressWrong(problem));
        }

        Days(nameof(form.CookieWindowDays), form.CookieWindowDays, 1, 365);
        if (form.HasLock)
        {
            Days(nameof(form.SwitchingLockDays), form.SwitchingLockDays, 1, 3650);
        }

        Days(nameof(form.CoolingOffDays), form.CoolingOffDays, 0, 90);
        Days(nameof(form.LapseAfterDays), form.LapseAfterDays, 1, 365);
        Number(nameof(form.InvitationsPerDay), form.InvitationsPerDay, 0, 100_000);
        Days(nameof(form.AccessMaxDays), form.AccessMaxDays, 1, 365);
        Days(nameof(form.ReassignUndoDays), form.ReassignUndoDays, 1, 90);
        Days(nameof(form.ClaimAnswerDays), form.ClaimAnswerDays, 1, 60);
        Number(nameof(form.FlagBurstCount), form.FlagBurstCount, 0, 1000);
        Number(nameof(form.FlagBurstHours), form.FlagBurstHours, 1, 720);
        Number(nameof(form.FlagDomainCount), form.FlagDomainCount, 0, 1000);
        Number(nameof(form.FlagRefundCount), form.FlagRefundCount, 0, 1000);
        Days(nameof(form.FlagRefundDays), form.FlagRefundDays, 1, 365);
        Number(nameof(form.FlagUnseenCount), form.FlagUnseenCount, 0, 1000);
        Days(nameof(form.FlagUnseenDays), form.FlagUnseenDays, 1, 365);
        Days(nameof(form.RetentionDays), form.RetentionDays, 30, 3650);
        if (!Languages.IsSupported(form.DefaultLanguage))
        {
            errors.Add(new ProgramFieldWrong(nameof(form.DefaultLanguage), ProgramProblem.UnknownLanguage));
        }

        if (PhoneCountries.Find(form.DefaultCountry) is null)
        {
            errors.Add(new ProgramFieldWrong(nameof(form.DefaultCountry), ProgramProblem.UnknownCountry));
        }

        if (form.NewLogo is { } logo && LogoFile.Check(logo, out _) is { } wrong)
        {
            errors.Add(new LogoWrong(wrong));
        }

        return errors;

        void Text(string name, string value, int most, bool required, bool lines = false)
        {
            var text = lines ? ProgramForm.Lines(value) : value.Trim();
            if (required && text.Length == 0)
            {
                errors.Add(new ProgramFieldWrong(name, ProgramProblem.Missing));
            }
            else if (text.Length > most)
            {
                errors.Add(new ProgramFieldWrong(name, ProgramProblem.TooLong, Most: most));
            }
            else if (text.Any(c => char.IsControl(c) && !(lines && c == '\n')))
            {
                errors.Add(new ProgramFieldWrong(name, ProgramProblem.BadCharacter));
            }
        }

        void Days(string name, string value, int least, int most) => Whole(name, value, least, most, ProgramProblem.DaysOutOfRange);

        void Number(string name, string value, int least, int most) => Whole(name, value, least, most, ProgramProblem.OutOfRange);

        void Whole(string name, string value, int least, int most, ProgramProblem problem)
        {
            if (TryDays(value) is not { } number || number < least || number > most)
            {
                errors.Add(new ProgramFieldWrong(name, problem, least, most));
            }
        }
    }

    /// <summary>A whole number as typed; null when it is none.</summary>
    public static int? TryDays(string typed) =>
        int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;
}
