using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>What an account says about itself, as typed.</summary>
/// <param name="Name">Required.</param>
/// <param name="Phone">Any spelling; empty for none.</param>
/// <param name="Country">ISO 3166-1 alpha-2 for a phone without a country code.</param>
/// <param name="Website">With or without "https://"; empty for none.</param>
/// <param name="Language">In which the account is written to, IETF tag.</param>
public sealed record ProfileRequest(string? Name, AccountKind Kind, string? Phone, string Country, string? Website, string Language);

/// <summary>Everything that is wrong with the form, field by field.</summary>
public sealed record ProfileWrong(IReadOnlyList<Error> Errors) : Error;

public sealed record ProfileNameMissing : Error
{
    public override string Field => nameof(ProfileRequest.Name);
}

public sealed record ProfileNameTooLong(int Limit) : Error
{
    public override string Field => nameof(ProfileRequest.Name);
}

public sealed record ProfilePhoneWrong(PhoneProblem Problem) : Error
{
    public override string Field => nameof(ProfileRequest.Phone);
}

public sealed record ProfileWebsiteWrong : Error
{
    public override string Field => nameof(ProfileRequest.Website);
}

/// <summary>An admin changes what the account says about itself, or somebody whom a client lets do it. Partners that may see it see the new data at once.</summary>
public sealed class UpdateProfile(PortalDb portal)
{
    private const int NameLength = 200;
    private const int WebsiteLength = 200;

    public async Task<Result<Done>> ExecuteAsync(ProfileRequest request, Actor actor, CancellationToken ct)
    {
        if (actor.ChangesProfileOf is not { } accountId)
        {
            return new NotAllowed();
        }

        var errors = new List<Error>();
        var name = request.Name?.Trim() ?? "";
        if (name.Length is 0 or > NameLength)
        {
            errors.Add(name.Length == 0 ? new ProfileNameMissing() : new ProfileNameTooLong(NameLength));
        }

        string? phone = null;
        if (!string.IsNullOrWhiteSpace(request.Phone))
        {
            if (PhoneNumber.TryParse(request.Phone, request.Country, out var number, out var problem))
            {
                phone = number.E164;
            }
            else
            {
                errors.Add(new ProfilePhoneWrong(problem));
            }
        }

        if (!TryReadWebsite(request.Website, out var website))
        {
            errors.Add(new ProfileWebsiteWrong());
        }

        if (errors.Count > 0)
        {
            return new ProfileWrong(errors);
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, accountId, ct);
        if (!await AccessGrantBook.HoldsAsync(work, actor, ct))
        {
            return new NotAllowed();
        }

        var account = await work.Db.Accounts.FirstAsync(a => a.Id == accountId, ct);
        account.ChangeContact(name, account.Email, phone, website);
        account.ChangeKind(request.Kind);
        account.ChangeLanguage(request.Language);
        var changed = work.Db.Entry(account).Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name).ToList();
        if (changed.Count == 0)
        {
            return Done.Value;
        }

        await ClientList.RefreshAsync(work, account, ct);
        work.Audit(actor, AuditActions.AccountChanged, ("account", accountId), accountId, new { changed });
        await work.CommitAsync(ct);
        return Done.Value;
    }

    /// <summary>Only addresses that a browser opens as a website: it is shown as a link to those whom the account invites.</summary>
    private static bool TryReadWebsite(string? typed, out string? website)
    {
        website = null;
        var text = typed?.Trim() ?? "";
        if (text.Length == 0)
        {
            return true;
        }

        var full = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        if (!Uri.TryCreate(full, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")
            || uri.UserInfo.Length > 0 || uri.HostNameType is not UriHostNameType.Dns || !uri.IdnHost.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }

        website = uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.SafeUnescaped).TrimEnd('/');
        return website.Length <= WebsiteLength;
    }
}
