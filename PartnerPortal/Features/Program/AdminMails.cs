using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Program;

/// <summary>Puts a message to each admin of an account into the transaction's outbox, composed in the reader's language.</summary>
public sealed class AdminMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls)
{
    /// <param name="work">The transaction of what it tells of.</param>
    /// <param name="accountId">Whose admins.</param>
    /// <param name="kind">Of <see cref="MailKinds"/>.</param>
    /// <param name="aboutAccountId">The account it is about.</param>
    /// <param name="compose">What it says, in the language spoken.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="about">Without those who do not want mail about it; null for what everybody has to get.</param>
    public Task ToAdminsAsync(PortalTransaction work, long accountId, string kind, long aboutAccountId, Func<MailContent> compose, CancellationToken ct, NotificationKind? about = null) =>
        ToAdminsAsync(work, accountId, kind, aboutAccountId, _ => compose(), ct, about);

    /// <summary>The same of one that names its reader.</summary>
    public async Task ToAdminsAsync(PortalTransaction work, long accountId, string kind, long aboutAccountId, Func<MailRecipient, MailContent> compose, CancellationToken ct, NotificationKind? about = null)
    {
        var brand = (await settings.GetAsync(ct)).ToMailBrand(urls);
        foreach (var recipient in await AccountPeople.AdminsAsync(work.Db, accountId, ct, about))
        {
            using (Languages.Speak(recipient.Language))
            {
                outbox.Add(work, kind, recipient, brand, compose(recipient), aboutAccountId);
            }
        }
    }
}
