using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Program;

/// <summary>Puts a message to each admin of an account into the transaction's outbox, composed in the reader's language.</summary>
public sealed class AdminMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls)
{
    public Task ToAdminsAsync(PortalTransaction work, long accountId, string kind, long aboutAccountId, Func<MailContent> compose, CancellationToken ct) =>
        ToAdminsAsync(work, accountId, kind, aboutAccountId, _ => compose(), ct);

    /// <summary>The same of one that names its reader.</summary>
    public async Task ToAdminsAsync(PortalTransaction work, long accountId, string kind, long aboutAccountId, Func<MailRecipient, MailContent> compose, CancellationToken ct)
    {
        var brand = (await settings.GetAsync(ct)).ToMailBrand(urls);
        foreach (var recipient in await AccountPeople.AdminsAsync(work.Db, accountId, ct))
        {
            using (Languages.Speak(recipient.Language))
            {
                outbox.Add(work, kind, recipient, brand, compose(recipient), aboutAccountId);
            }
        }
    }
}
