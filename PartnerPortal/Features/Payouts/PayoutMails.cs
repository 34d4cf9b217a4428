using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Payouts;

/// <summary>Tells those who see an account's money how it stands with a payout, each in its language, in the transaction of the step.</summary>
public sealed class PayoutMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<PayoutsText> text)
{
    public Task RequestedAsync(PortalTransaction work, Payout payout, CancellationToken ct) => SendAsync(work, payout, MailKinds.PayoutRequested, "Requested", null, ct);

    public Task PaidAsync(PortalTransaction work, Payout payout, CancellationToken ct) => SendAsync(work, payout, MailKinds.PayoutPaid, "Paid", NotificationKind.PayoutPaid, ct);

    public Task FailedAsync(PortalTransaction work, Payout payout, CancellationToken ct) => SendAsync(work, payout, MailKinds.PayoutFailed, "Failed", NotificationKind.PayoutFailed, ct);

    private async Task SendAsync(PortalTransaction work, Payout payout, string kind, string step, NotificationKind? about, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        foreach (var reader in await AccountPeople.WhoSeeMoneyAsync(work.Db, payout.AccountId, ct, about))
        {
            using (Languages.Speak(reader.Language))
            {
                var (number, amount) = (PayoutNumber.Write(payout.Id), Money.Write(payout.Amount, payout.Currency));
                List<MailBlock> blocks =
                [
                    new MailText(text["Mail.Hello", reader.Name]),
                    new MailText(text[$"Mail.{step}.Body", amount, program.Name]),
                    new MailFacts([new MailFact(text["Mail.Number"], number), new MailFact(text["Mail.Amount"], amount)]),
                ];
                if (payout.FailureReason is { } reason)
                {
                    blocks.Add(new MailText(text["Mail.Reason", reason]));
                }

                blocks.Add(new MailText(text[$"Mail.{step}.Next"]));
                blocks.Add(new MailButton(text["Mail.Button"], urls.Of(PortalUrls.Payouts), text["Mail.ButtonIntro"]));
                outbox.Add(work, kind, reader, program.ToMailBrand(urls), new MailContent(text[$"Mail.{step}.Subject", amount], text[$"Mail.{step}.Preheader", program.Name], blocks), payout.AccountId);
            }
        }
    }
}
