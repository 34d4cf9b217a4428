namespace PartnerPortal.Features.Program;

/// <summary>One thing that changes for people.</summary>
/// <param name="Name">Of the setting, or of the setting and its new value where those read differently.</param>
/// <param name="Values">What was, what is.</param>
public sealed record ProgramEffect(string Name, IReadOnlyList<string> Values);

/// <summary>Tells, before the owner saves, what a change means for the people it concerns.</summary>
public static class ProgramEffects
{
    public static IReadOnlyList<ProgramEffect> Of(ProgramForm before, ProgramForm after, bool hasLogo)
    {
        // What cannot be saved as it is has no effect yet; its field says why.
        var wrong = ProgramRules.Check(after).Select(e => e.Field).ToHashSet();
        var effects = ProgramField.Differing(before, after).Where(f => !wrong.Contains(f.Name)).Select(f => new ProgramEffect(NameOf(f, before, after), [f.Read(before), f.Read(after)])).ToList();
        if (after.NewLogo is not null || (after.RemoveLogo && hasLogo))
        {
            effects.Add(new ProgramEffect(after.NewLogo is null ? "Logo.Removed" : ProgramField.Logo, []));
        }

        return effects;
    }

    private static string NameOf(ProgramField field, ProgramForm before, ProgramForm after) => field.Name switch
    {
        nameof(ProgramForm.Accent) when after.Accent.Trim().Length == 0 => "Accent.Own",
        nameof(ProgramForm.LogoInQr) => "LogoInQr." + field.Read(after),
        nameof(ProgramForm.ShowsEarnings) => "ShowsEarnings." + field.Read(after),
        nameof(ProgramForm.TouchRule) => "TouchRule." + after.TouchRule,
        nameof(ProgramForm.Leaving) => "Leaving." + after.Leaving,
        nameof(ProgramForm.CoolingOffDays) when ProgramRules.TryDays(after.CoolingOffDays) == 0 => field.Name + ".None",
        nameof(ProgramForm.InvitationsPerDay) when ProgramRules.TryDays(after.InvitationsPerDay) == 0 => field.Name + ".None",
        nameof(ProgramForm.Switching) => "Switching." + after.Switching,
        nameof(ProgramForm.CreatedClientMail) => "CreatedMail." + after.CreatedClientMail,
        nameof(ProgramForm.CookieWindowDays) when IsShorter(before.CookieWindowDays, after.CookieWindowDays) => field.Name + ".Shorter",
        nameof(ProgramForm.RetentionDays) when IsShorter(before.RetentionDays, after.RetentionDays) => field.Name + ".Shorter",
        _ => field.Name,
    };

    private static bool IsShorter(string before, string after) => ProgramRules.TryDays(after) < ProgramRules.TryDays(before);
}
