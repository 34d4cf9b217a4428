using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Journeys;

/// <summary>Puts a message to each admin of an account into the transaction's outbox, composed in the reader's language.</summary>
public sealed class AdminMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls)
{
    public async Task ToAdminsAsync(PortalTransaction work, long accountId, string kind, long aboutAccountId, Func<MailContent> compose, CancellationToken ct)
    {
        var brand = (await settings.GetAsync(ct)).ToMailBrand(urls);
        foreach (var recipient in await AccountPeople.AdminsAsync(work.Db, accountId, ct))
        {
            using (Languages.Speak(recipient.Language))
            {
                outbox.Add(work, kind, recipient, brand, compose(), aboutAccountId);
            }
        }
    }
}
