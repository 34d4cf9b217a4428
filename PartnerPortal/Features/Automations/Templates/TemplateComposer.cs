using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>Who is written to, and about what.</summary>
/// <param name="AccountId">The client, or for <see cref="MailOccasion.Partner"/> the integrator.</param>
/// <param name="PartnerId">The client's partner at that time; null for none.</param>
/// <param name="PurchaseId">Null when it is about no purchase.</param>
public sealed record TemplateSubject(long AccountId, long? PartnerId = null, long? PurchaseId = null);

/// <summary>Fills templates: for somebody, or with sample values.</summary>
public sealed class TemplateComposer(ProgramSettingsSource settings, PublicUrl urls, QrLogoSource logos, IStringLocalizer<TemplatesText> text)
{
    private const int QrPixels = 352;
    private const string SampleCode = "K7M4Q2XT";
    private const long SampleAmount = 12_900;

    /// <summary>The facts about somebody, to be told in any language.</summary>
    internal async Task<Result<TemplateFacts>> FactsAsync(PortalDbContext db, MailOccasion occasion, TemplateSubject subject, CancellationToken ct)
    {
        var account = await db.Accounts.Where(a => a.Id == subject.AccountId).Select(a => new { a.Name, a.Code, a.State }).FirstOrDefaultAsync(ct);
        if (account is null or { State: AccountState.Closed })
        {
            return new NobodyToMail(account is null ? NobodyReason.NoSuchAccount : NobodyReason.Closed);
        }

        var partner = subject.PartnerId is { } id ? await db.Accounts.Where(a => a.Id == id).Select(a => a.Name).FirstOrDefaultAsync(ct) : null;
        var purchase = subject.PurchaseId is { } bought
            ? await db.Purchases.Where(p => p.Id == bought && p.ClientId == subject.AccountId).Select(p => new TemplatePurchase(p.Product, p.Amount - p.Discount + p.Tax, p.Currency, p.OccurredAt)).FirstOrDefaultAsync(ct)
            : null;
        if (occasion is MailOccasion.Purchase && purchase is null)
        {
            return new TemplateLacks(occasion);
        }

        return new TemplateFacts(account.Name, account.Code, partner is { Length: > 0 } ? partner : null, purchase);
    }

    /// <summary>Sample values, in the language that is spoken.</summary>
    internal TemplateFacts Sample(DateTime now) => new(text["Sample.Client"], SampleCode, text["Sample.Partner"], new TemplatePurchase(text["Sample.Product"], SampleAmount, "EUR", now));

    /// <summary>The mail, in the language that is spoken.</summary>
    /// <param name="written">The template in that language.</param>
    /// <param name="occasion">Of the template.</param>
    /// <param name="facts">About whom.</param>
    /// <param name="person">The reader's name.</param>
    /// <param name="stopUrl">Where the reader stops such mail; null when it cannot be stopped.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task<MailContent> ComposeAsync(TypedText written, MailOccasion occasion, TemplateFacts facts, string person, string? stopUrl, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var qr = QrCode.OfLink(urls, facts.Code, await logos.GetAsync(ct)).ToPng(QrPixels);
        var content = TemplateDrawing.Draw(written, occasion, Languages.Current, new TemplateValues(Values(occasion, facts, person.Length > 0 ? person : facts.Name, program.Name), qr), text);
        return stopUrl is null ? content : content with { Blocks = [.. content.Blocks, new MailQuietLink(text["Mail.Stop", program.Name], stopUrl)] };
    }

    private Dictionary<string, string> Values(MailOccasion occasion, TemplateFacts facts, string person, string program)
    {
        var link = urls.Of(PortalUrls.Referral(facts.Code));
        var values = new Dictionary<string, string>
        {
            [MailFields.PersonName] = person,
            [MailFields.ProgramName] = program,
            [MailFields.SignInAddress] = urls.Of(PortalUrls.SignIn),
            [MailFields.PlansAddress] = urls.Of(PortalUrls.Plans),
            [MailFields.ClientName] = facts.Name,
            [MailFields.ClientLink] = link,
            [MailFields.ClientCode] = facts.Code,
            [MailFields.PartnerLink] = link,
            [MailFields.PartnerCode] = facts.Code,
        };
        if ((occasion is MailOccasion.Partner ? facts.Name : facts.PartnerName) is { } partner)
        {
            values[MailFields.PartnerName] = partner;
        }

        if (facts.Purchase is { } purchase)
        {
            values[MailFields.PurchaseProduct] = purchase.Product;
            values[MailFields.PurchaseAmount] = Money.Write(purchase.Paid, purchase.Currency);
            values[MailFields.PurchaseDate] = purchase.At.ToString("D", CultureInfo.CurrentCulture);
        }

        return values;
    }
}

/// <summary>What a template can tell about somebody.</summary>
/// <param name="Name">Of the account.</param>
/// <param name="Code">Its referral code.</param>
/// <param name="PartnerName">Null when it has no partner.</param>
/// <param name="Purchase">Null when it is about none.</param>
internal sealed record TemplateFacts(string Name, string Code, string? PartnerName, TemplatePurchase? Purchase);

/// <param name="Paid">Minor units, after discount and with tax.</param>
/// <param name="At">UTC.</param>
internal sealed record TemplatePurchase(string Product, long Paid, string Currency, DateTime At);
