using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>Something is wrong with the form; nothing was saved.</summary>
public sealed record ProgramRefused(IReadOnlyList<Error> Errors) : Error;

/// <summary>Somebody else saved after the form was opened; nothing was saved. The form is brought up to date and sent again.</summary>
public sealed record ProgramChangedMeanwhile : Error;

/// <summary>The owner changes the program's settings. Every page and mail follows at once, on every node.</summary>
public sealed class ChangeProgram(PortalDb portal)
{
    /// <returns>The version that is in force now.</returns>
    public async Task<Result<int>> ExecuteAsync(ProgramForm form, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        if (ProgramRules.Check(form) is { Count: > 0 } errors)
        {
            return new ProgramRefused(errors);
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        var settings = await work.Db.ProgramSettings.SingleOrDefaultAsync(ct);
        if (settings is null)
        {
            work.Db.ProgramSettings.Add(settings = new ProgramSettings());
        }

        if (settings.Version != form.Version)
        {
            return new ProgramChangedMeanwhile();
        }

        var changes = Apply(form, settings);
        if (changes.Count == 0)
        {
            return settings.Version;
        }

        settings.Version++;
        settings.ChangedAt = work.Now;
        work.Audit(actor, AuditActions.ProgramChanged, ("program", ProgramSettings.SingleId), null, new { changes });
        work.Signal(ProgramSettingsSource.ChangedSignal);
        await work.CommitAsync(ct);
        return settings.Version;
    }

    /// <summary>What was and what is, setting by setting; of the logo only that it changed.</summary>
    private static Dictionary<string, string[]> Apply(ProgramForm form, ProgramSettings settings)
    {
        var before = ProgramForm.Of(settings);
        settings.Name = form.Name.Trim();
        settings.About = form.About.Trim();
        settings.Footer = form.Footer.Trim();
        settings.LogoInQr = form.LogoInQr;
        settings.Accent = ProgramForm.Color(form.Accent);
        settings.SenderName = form.SenderName.Trim();
        settings.SenderAddress = EmailAddress.TryParse(form.SenderAddress, out var address, out _) ? address.Value : settings.SenderAddress;
        settings.CookieWindowDays = ProgramRules.TryDays(form.CookieWindowDays) ?? settings.CookieWindowDays;
        settings.TouchRule = form.TouchRule;
        settings.HiddenSections = form.HiddenSections;
        settings.ShowsEarnings = form.ShowsEarnings;
        settings.Leaving = form.Leaving;
        settings.Switching = form.Switching;
        settings.CoolingOffDays = ProgramRules.TryDays(form.CoolingOffDays) ?? settings.CoolingOffDays;
        if (form.HasLock)
        {
            settings.SwitchingLockDays = ProgramRules.TryDays(form.SwitchingLockDays) ?? settings.SwitchingLockDays;
        }

        settings.CreatedClientMail = form.CreatedClientMail;
        settings.InvitationsPerDay = ProgramRules.TryDays(form.InvitationsPerDay) ?? settings.InvitationsPerDay;
        settings.AccessMaxDays = ProgramRules.TryDays(form.AccessMaxDays) ?? settings.AccessMaxDays;
        settings.ReassignUndoDays = ProgramRules.TryDays(form.ReassignUndoDays) ?? settings.ReassignUndoDays;
        settings.ClaimAnswerDays = ProgramRules.TryDays(form.ClaimAnswerDays) ?? settings.ClaimAnswerDays;
        settings.LapseAfterDays = ProgramRules.TryDays(form.LapseAfterDays) ?? settings.LapseAfterDays;
        settings.FlagBurstCount = ProgramRules.TryDays(form.FlagBurstCount) ?? settings.FlagBurstCount;
        settings.FlagBurstHours = ProgramRules.TryDays(form.FlagBurstHours) ?? settings.FlagBurstHours;
        settings.FlagDomainCount = ProgramRules.TryDays(form.FlagDomainCount) ?? settings.FlagDomainCount;
        settings.FlagRefundCount = ProgramRules.TryDays(form.FlagRefundCount) ?? settings.FlagRefundCount;
        settings.FlagRefundDays = ProgramRules.TryDays(form.FlagRefundDays) ?? settings.FlagRefundDays;
        settings.FlagUnseenCount = ProgramRules.TryDays(form.FlagUnseenCount) ?? settings.FlagUnseenCount;
        settings.FlagUnseenDays = ProgramRules.TryDays(form.FlagUnseenDays) ?? settings.FlagUnseenDays;
        settings.RetentionDays = ProgramRules.TryDays(form.RetentionDays) ?? settings.RetentionDays;
        settings.DefaultLanguage = form.DefaultLanguage;
        settings.DefaultCountry = form.DefaultCountry;
        (settings.SellerName, settings.SellerAddress) = (form.SellerName.Trim(), ProgramForm.Lines(form.SellerAddress));
        (settings.SellerTaxId, settings.PaymentDetails) = (form.SellerTaxId.Trim(), ProgramForm.Lines(form.PaymentDetails));
        var after = ProgramForm.Of(settings);
        var changes = ProgramField.Differing(before, after).ToDictionary(f => f.Name, f => new[] { f.Read(before), f.Read(after) });
        if (ApplyLogo(form, settings) is { } logo)
        {
            changes[ProgramField.Logo] = logo;
        }

        return changes;
    }

    private static string[]? ApplyLogo(ProgramForm form, ProgramSettings settings)
    {
        var before = settings.LogoContentType ?? "";
        if (form.NewLogo is { } logo)
        {
            LogoFile.Check(logo, out var type);
            (settings.Logo, settings.LogoContentType) = (logo, type);
            return [before, type];
        }

        if (form.RemoveLogo && settings.Logo is not null)
        {
            (settings.Logo, settings.LogoContentType) = (null, null);
            return [before, ""];
        }

        return null;
    }
}
