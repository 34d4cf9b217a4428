using System.Globalization;

namespace PartnerPortal.Features.Program;

/// <summary>The program's settings while the owner edits them. Numbers are kept as they were typed, so that a wrong one is not lost.</summary>
public sealed class ProgramForm
{
    /// <summary>The version the form was filled from.</summary>
    public int Version { get; set; }

    public string Name { get; set; } = "";

    public string About { get; set; } = "";

    public string Footer { get; set; } = "";

    public string SenderName { get; set; } = "";

    public string SenderAddress { get; set; } = "";

    public string CookieWindowDays { get; set; } = "";

    public TouchRule TouchRule { get; set; }

    public SwitchingRule Switching { get; set; }

    public string SwitchingLockDays { get; set; } = "";

    public CreatedClientMail CreatedClientMail { get; set; }

    public string LapseAfterDays { get; set; } = "";

    public string RetentionDays { get; set; } = "";

    public string DefaultLanguage { get; set; } = "";

    public string DefaultCountry { get; set; } = "";

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
        SenderName = settings.SenderName,
        SenderAddress = settings.SenderAddress,
        CookieWindowDays = Digits(settings.CookieWindowDays),
        TouchRule = settings.TouchRule,
        Switching = settings.Switching,
        SwitchingLockDays = Digits(settings.SwitchingLockDays),
        CreatedClientMail = settings.CreatedClientMail,
        LapseAfterDays = Digits(settings.LapseAfterDays),
        RetentionDays = Digits(settings.RetentionDays),
        DefaultLanguage = settings.DefaultLanguage,
        DefaultCountry = settings.DefaultCountry,
    };

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
        new(nameof(ProgramForm.SenderName), f => f.SenderName.Trim(), (a, b) => b.SenderName = a.SenderName),
        new(nameof(ProgramForm.SenderAddress), f => f.SenderAddress.Trim(), (a, b) => b.SenderAddress = a.SenderAddress),
        new(nameof(ProgramForm.CookieWindowDays), f => f.CookieWindowDays.Trim(), (a, b) => b.CookieWindowDays = a.CookieWindowDays),
        new(nameof(ProgramForm.TouchRule), f => f.TouchRule.ToString(), (a, b) => b.TouchRule = a.TouchRule),
        new(nameof(ProgramForm.Switching), f => f.Switching.ToString(), (a, b) => b.Switching = a.Switching),
        new(nameof(ProgramForm.SwitchingLockDays), f => f.SwitchingLockDays.Trim(), (a, b) => b.SwitchingLockDays = a.SwitchingLockDays),
        new(nameof(ProgramForm.CreatedClientMail), f => f.CreatedClientMail.ToString(), (a, b) => b.CreatedClientMail = a.CreatedClientMail),
        new(nameof(ProgramForm.LapseAfterDays), f => f.LapseAfterDays.Trim(), (a, b) => b.LapseAfterDays = a.LapseAfterDays),
        new(nameof(ProgramForm.RetentionDays), f => f.RetentionDays.Trim(), (a, b) => b.RetentionDays = a.RetentionDays),
        new(nameof(ProgramForm.DefaultLanguage), f => f.DefaultLanguage, (a, b) => b.DefaultLanguage = a.DefaultLanguage),
        new(nameof(ProgramForm.DefaultCountry), f => f.DefaultCountry, (a, b) => b.DefaultCountry = a.DefaultCountry),
    ];

    /// <summary>The settings in which two forms differ.</summary>
    public static IEnumerable<ProgramField> Differing(ProgramForm left, ProgramForm right) => All.Where(f => f.Read(left) != f.Read(right));
}
