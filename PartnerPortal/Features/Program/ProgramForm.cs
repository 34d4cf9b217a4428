using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>The program's settings while the owner edits them. Numbers are kept as they were typed, so that a wrong one is not lost.</summary>
public sealed class ProgramForm
{
    /// <summary>The version the form was filled from.</summary>
    public int Version { get; set; }

    public string Name { get; set; } = "";

    public string About { get; set; } = "";

    public string Footer { get; set; } = "";

    public bool LogoInQr { get; set; }

    /// <summary>As typed; see <see cref="Color"/>.</summary>
    public string Accent { get; set; } = "";

    public string SenderName { get; set; } = "";

    public string SenderAddress { get; set; } = "";

    public string CookieWindowDays { get; set; } = "";

    public TouchRule TouchRule { get; set; }

    public SwitchingRule Leaving { get; set; }

    public SwitchingRule Switching { get; set; }

    public string SwitchingLockDays { get; set; } = "";

    public string CoolingOffDays { get; set; } = "";

    /// <summary>Leaving or switching asks for some days with the partner.</summary>
    public bool HasLock => Leaving is SwitchingRule.LockedForDays || Switching is SwitchingRule.LockedForDays;

    public ClientSection HiddenSections { get; set; }

    public bool ShowsEarnings { get; set; }

    public CreatedClientMail CreatedClientMail { get; set; }

    public string LapseAfterDays { get; set; } = "";

    public string InvitationsPerDay { get; set; } = "";

    public string AccessMaxDays { get; set; } = "";

    public string ReassignUndoDays { get; set; } = "";
    public string ClaimAnswerDays { get; set; } = "";

    public string FlagBurstCount { get; set; } = "";

    public string FlagBurstHours { get; set; } = "";

    public string FlagDomainCount { get; set; } = "";

    public string FlagRefundCount { get; set; } = "";

    public string FlagRefundDays { get; set; } = "";

    public string FlagUnseenCount { get; set; } = "";

    public string FlagUnseenDays { get; set; } = "";

    public string RetentionDays { get; set; } = "";

    public string DefaultLanguage { get; set; } = "";

    public string DefaultCountry { get; set; } = "";

    public string SellerName { get; set; } = "";

    public string SellerAddress { get; set; } = "";

    public string SellerTaxId { get; set; } = "";

    public string PaymentDetails { get; set; } = "";

    /// <summary>A file to take the logo's place; null keeps what there is.</summary>
    public byte[]? NewLogo { get; set; }

    /// <summary>Take the logo away. A new one wins over it.</summary>
    public bool RemoveLogo { get; set; }

    public static ProgramForm Of(ProgramSettings settings) => new()
    {
        Version = settings.Version,
        Name = settings.Name,
        About = settings.About,
        Footer = settings.Footer,
        LogoInQr = settings.LogoInQr,
        Accent = settings.Accent,
        SenderName = settings.SenderName,
        SenderAddress = settings.SenderAddress,
        CookieWindowDays = Digits(settings.CookieWindowDays),
        TouchRule = settings.TouchRule,
        Leaving = settings.Leaving,
        Switching = settings.Switching,
        SwitchingLockDays = Digits(settings.SwitchingLockDays),
        CoolingOffDays = Digits(settings.CoolingOffDays),
        HiddenSections = settings.HiddenSections,
        ShowsEarnings = settings.ShowsEarnings,
        CreatedClientMail = settings.CreatedClientMail,
        LapseAfterDays = Digits(settings.LapseAfterDays),
        InvitationsPerDay = Digits(settings.InvitationsPerDay),
        AccessMaxDays = Digits(settings.AccessMaxDays),
        ReassignUndoDays = Digits(settings.ReassignUndoDays),
        ClaimAnswerDays = Digits(settings.ClaimAnswerDays),
        FlagBurstCount = Digits(settings.FlagBurstCount),
        FlagBurstHours = Digits(settings.FlagBurstHours),
        FlagDomainCount = Digits(settings.FlagDomainCount),
        FlagRefundCount = Digits(settings.FlagRefundCount),
        FlagRefundDays = Digits(settings.FlagRefundDays),
        FlagUnseenCount = Digits(settings.FlagUnseenCount),
        FlagUnseenDays = Digits(settings.FlagUnseenDays),
        RetentionDays = Digits(settings.RetentionDays),
        DefaultLanguage = settings.DefaultLanguage,
        DefaultCountry = settings.DefaultCountry,
        SellerName = settings.SellerName,
        SellerAddress = settings.SellerAddress,
        SellerTaxId = settings.SellerTaxId,
        PaymentDetails = settings.PaymentDetails,
    };

    /// <summary>A typed colour as it is kept, <c>#rrggbb</c>; what is none as it was typed.</summary>
    public static string Color(string typed) => Rgb.TryParse(typed, out var color) ? color.ToString() : typed.Trim();

    /// <summary>Typed lines without empty ones and without spaces around, parted by line feeds.</summary>
    public static string Lines(string typed) => string.Join('\n', typed.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Digits(int days) => days.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One setting of the form, so that all of them can be compared and taken over alike. The logo stands apart: it is a file.</summary>
/// <param name="Name">Of the property.</param>
/// <param name="Read">The value as text.</param>
/// <param name="Copy">Takes the value from the first form over into the second.</param>
public sealed record ProgramField(string Name, Func<ProgramForm, string> Read, Action<ProgramForm, ProgramForm> Copy)
{
    public const string Logo = nameof(ProgramSettings.Logo);

    public static readonly IReadOnlyList<ProgramField> All =
    [
        new(nameof(ProgramForm.Name), f => f.Name.Trim(), (a, b) => b.Name = a.Name),
        new(nameof(ProgramForm.About), f => f.About.Trim(), (a, b) => b.About = a.About),
        new(nameof(ProgramForm.Footer), f => f.Footer.Trim(), (a, b) => b.Footer = a.Footer),
        new(nameof(ProgramForm.LogoInQr), f => f.LogoInQr ? "Yes" : "No", (a, b) => b.LogoInQr = a.LogoInQr),
        new(nameof(ProgramForm.Accent), f => ProgramForm.Color(f.Accent), (a, b) => b.Accent = a.Accent),
        new(nameof(ProgramForm.SenderName), f => f.SenderName.Trim(), (a, b) => b.SenderName = a.SenderName),
        new(nameof(ProgramForm.SenderAddress), f => f.SenderAddress.Trim(), (a, b) => b.SenderAddress = a.SenderAddress),
        new(nameof(ProgramForm.CookieWindowDays), f => f.CookieWindowDays.Trim(), (a, b) => b.CookieWindowDays = a.CookieWindowDays),
        new(nameof(ProgramForm.TouchRule), f => f.TouchRule.ToString(), (a, b) => b.TouchRule = a.TouchRule),
        new(nameof(ProgramForm.Leaving), f => f.Leaving.ToString(), (a, b) => b.Leaving = a.Leaving),
        new(nameof(ProgramForm.Switching), f => f.Switching.ToString(), (a, b) => b.Switching = a.Switching),
        new(nameof(ProgramForm.SwitchingLockDays), f => f.SwitchingLockDays.Trim(), (a, b) => b.SwitchingLockDays = a.SwitchingLockDays),
        new(nameof(ProgramForm.CoolingOffDays), f => f.CoolingOffDays.Trim(), (a, b) => b.CoolingOffDays = a.CoolingOffDays),
        new(nameof(ProgramForm.HiddenSections), f => f.HiddenSections.ToString(), (a, b) => b.HiddenSections = a.HiddenSections),
        new(nameof(ProgramForm.ShowsEarnings), f => f.ShowsEarnings ? "Yes" : "No", (a, b) => b.ShowsEarnings = a.ShowsEarnings),
        new(nameof(ProgramForm.CreatedClientMail), f => f.CreatedClientMail.ToString(), (a, b) => b.CreatedClientMail = a.CreatedClientMail),
        new(nameof(ProgramForm.LapseAfterDays), f => f.LapseAfterDays.Trim(), (a, b) => b.LapseAfterDays = a.LapseAfterDays),
        new(nameof(ProgramForm.InvitationsPerDay), f => f.InvitationsPerDay.Trim(), (a, b) => b.InvitationsPerDay = a.InvitationsPerDay),
        new(nameof(ProgramForm.AccessMaxDays), f => f.AccessMaxDays.Trim(), (a, b) => b.AccessMaxDays = a.AccessMaxDays),
        new(nameof(ProgramForm.ReassignUndoDays), f => f.ReassignUndoDays.Trim(), (a, b) => b.ReassignUndoDays = a.ReassignUndoDays),
        new(nameof(ProgramForm.ClaimAnswerDays), f => f.ClaimAnswerDays.Trim(), (a, b) => b.ClaimAnswerDays = a.ClaimAnswerDays),
        new(nameof(ProgramForm.FlagBurstCount), f => f.FlagBurstCount.Trim(), (a, b) => b.FlagBurstCount = a.FlagBurstCount),
        new(nameof(ProgramForm.FlagBurstHours), f => f.FlagBurstHours.Trim(), (a, b) => b.FlagBurstHours = a.FlagBurstHours),
        new(nameof(ProgramForm.FlagDomainCount), f => f.FlagDomainCount.Trim(), (a, b) => b.FlagDomainCount = a.FlagDomainCount),
        new(nameof(ProgramForm.FlagRefundCount), f => f.FlagRefundCount.Trim(), (a, b) => b.FlagRefundCount = a.FlagRefundCount),
        new(nameof(ProgramForm.FlagRefundDays), f => f.FlagRefundDays.Trim(), (a, b) => b.FlagRefundDays = a.FlagRefundDays),
        new(nameof(ProgramForm.FlagUnseenCount), f => f.FlagUnseenCount.Trim(), (a, b) => b.FlagUnseenCount = a.FlagUnseenCount),
        new(nameof(ProgramForm.FlagUnseenDays), f => f.FlagUnseenDays.Trim(), (a, b) => b.FlagUnseenDays = a.FlagUnseenDays),
        new(nameof(ProgramForm.RetentionDays), f => f.RetentionDays.Trim(), (a, b) => b.RetentionDays = a.RetentionDays),
        new(nameof(ProgramForm.DefaultLanguage), f => f.DefaultLanguage, (a, b) => b.DefaultLanguage = a.DefaultLanguage),
        new(nameof(ProgramForm.DefaultCountry), f => f.DefaultCountry, (a, b) => b.DefaultCountry = a.DefaultCountry),
        new(nameof(ProgramForm.SellerName), f => f.SellerName.Trim(), (a, b) => b.SellerName = a.SellerName),
        new(nameof(ProgramForm.SellerAddress), f => ProgramForm.Lines(f.SellerAddress), (a, b) => b.SellerAddress = a.SellerAddress),
        new(nameof(ProgramForm.SellerTaxId), f => f.SellerTaxId.Trim(), (a, b) => b.SellerTaxId = a.SellerTaxId),
        new(nameof(ProgramForm.PaymentDetails), f => ProgramForm.Lines(f.PaymentDetails), (a, b) => b.PaymentDetails = a.PaymentDetails),
    ];

    /// <summary>The settings in which two forms differ.</summary>
    public static IEnumerable<ProgramField> Differing(ProgramForm left, ProgramForm right) => All.Where(f => f.Read(left) != f.Read(right));
}
