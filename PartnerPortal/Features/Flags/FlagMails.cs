using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Flags;

/// <summary>Tells a partner that some of its commissions are looked at, and what came of it. What made the portal look is not said, nor of whom.</summary>
public sealed class FlagMails(AdminMails mail, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<FlagsText> text)
{
    public Task RaisedAsync(PortalTransaction work, ReviewFlag flag, CancellationToken ct) => SendAsync(work, flag, "Raised", ct);

    public Task DecidedAsync(PortalTransaction work, ReviewFlag flag, bool voids, CancellationToken ct) => SendAsync(work, flag, voids ? "Voided" : "Cleared", ct);

    private async Task SendAsync(PortalTransaction work, ReviewFlag flag, string step, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await mail.ToAdminsAsync(work, flag.PartnerId, MailKinds.CommissionReview, flag.PartnerId, () => new MailContent(
            text[$"Mail.{step}.Subject"],
            text[$"Mail.{step}.Preheader"],
            [
                new MailText(text[$"Mail.{step}.Body", program.Name]),
                .. flag.Reason.Length > 0 && step is "Voided" ? [new MailText(text["Mail.Reason", flag.Reason])] : Array.Empty<MailBlock>(),
                new MailText(text[$"Mail.{step}.Next"]),
                new MailButton(text["Mail.Button"], urls.Of(PortalUrls.Wallet), text["Mail.ButtonIntro"]),
            ]), ct);
    }
}
