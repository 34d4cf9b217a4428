using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>Tells the diary in plain words.</summary>
public static class DiaryWords
{
    /// <summary>"Ana of Nordwind opened your purchases and invoices".</summary>
    /// <param name="text">In the reader's language.</param>
    /// <param name="line">The line.</param>
    /// <param name="program">The program's name, for support.</param>
    public static string Sentence(this IStringLocalizer<AccessText> text, DiaryLine line, string program) =>
        text["Diary." + line.Action, Who(text, line.Person, line.PartnerName, program), About(text, line)];

    /// <summary>"Ana of Nordwind"; "Sven of Fernhill's support".</summary>
    public static string Who(this IStringLocalizer<AccessText> text, string person, string? partnerName, string program)
    {
        var name = person.Length > 0 ? person : text["Who.Gone"].Value;
        return partnerName is null ? text["Who.Support", name, program] : text["Who.Partner", name, partnerName];
    }

    public static string Asker(this IStringLocalizer<AccessText> text, AccessRow row, string program) => row.PartnerName ?? text["Asker.Support", program].Value;

    public static string IconOf(DiaryLine line) => line.Action switch
    {
        Audit.AuditActions.AccessStarted => "login",
        Audit.AuditActions.AccessStopped => "logout",
        Audit.AuditActions.AccessProfileRead or Audit.AuditActions.AccessRecordRead => "profile",
        Audit.AuditActions.AccessInvoiceTaken => "download",
        Audit.AuditActions.AccountChanged => "edit",
        Audit.AuditActions.OrderPlaced => "check",
        _ => "receipt",
    };

    /// <summary>What was read or changed, by the names that forms use.</summary>
    private static string About(IStringLocalizer<AccessText> text, DiaryLine line)
    {
        if (line.Details is null)
        {
            return "";
        }

        using var document = JsonDocument.Parse(line.Details);
        var root = document.RootElement;
        return line.Action switch
        {
            Audit.AuditActions.AccountChanged => string.Join(", ", root.GetProperty("changed").EnumerateArray().Select(p => Field(text, p.GetString()!)).Where(n => n.Length > 0).Distinct()),
            Audit.AuditActions.OrderPlaced => $"{root.GetProperty("product").GetString()}, {root.GetProperty("total").GetString()} {root.GetProperty("currency").GetString()}",
            _ when root.TryGetProperty("invoice", out var number) => number.GetString()!,
            _ => "",
        };
    }

    /// <summary>A column that no form shows is left out.</summary>
    private static string Field(IStringLocalizer<AccessText> text, string property)
    {
        var name = text["Field." + property];
        return name.ResourceNotFound ? "" : name.Value;
    }
}
