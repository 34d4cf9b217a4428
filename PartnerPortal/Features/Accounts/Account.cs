using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

public enum AccountKind
{
    Person,
    Firm,
}

public enum AccountState
{
    /// <summary>Created by a partner or registered, and nobody has shown yet that the address is theirs.</summary>
    Unclaimed,

    Active,

    /// <summary>Created by a partner and never signed in to; its credentials are void. It can still be claimed by registering.</summary>
    Lapsed,

    /// <summary>Its owner deleted the personal data. The row stays for the books, without a name.</summary>
    Closed,
}

/// <summary>A firm or a person: a client, a partner, or both. Attribution, money and consent belong to it.</summary>
public sealed class Account
{
    private Account()
    {
    }

    public Account(AccountKind kind, string name, string code, string language, AccountState state, DateTime now)
    {
        Kind = kind;
        Name = name;
        Code = code;
        Language = language;
        State = state;
        CreatedAt = now;
        Index();
    }

    public long Id { get; private set; }

    /// <summary>The number in the account's address (<c>ref</c>) and on papers.</summary>
    public long Number => AccountNumber.Offset + Id;

    public AccountKind Kind { get; private set; }

    public AccountState State { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The referral code: eight characters, see <see cref="ReferralCode"/>.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The id that another system gave this account (<c>refexternal</c>); null when none did.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>E-mail for business, usually the first member's; null once closed.</summary>
    public string? Email { get; private set; }

    /// <summary>E.164; null when not given.</summary>
    public string? Phone { get; private set; }

    /// <summary>Shown to those whom the account invites; null when not given.</summary>
    public string? Website { get; private set; }

    /// <summary>IETF tag.</summary>
    public string Language { get; private set; } = Languages.Default;

    /// <summary>"Recommended by": the partner of the first attribution, unless staff changed it; null when there was none or it would have made a loop.</summary>
    public long? SponsorId { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>UTC, to the quarter of an hour: the last time a member was seen.</summary>
    public DateTime? LastSeenAt { get; private set; }

    /// <summary>Name, e-mail, phone, code and external id, folded: what staff's search looks in. The number is found by the id.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>The first attribution, which made it, was undone.</summary>
    public void ForgetSponsor() => SponsorId = null;

    /// <summary>Staff decided so. Whether it would make a loop is checked by who sets it, under the sponsor lock.</summary>
    public void ChangeSponsor(long? sponsorId) => SponsorId = sponsorId != Id ? sponsorId : throw new InvalidOperationException("The sponsor of an account is never the account itself.");

    /// <summary>The first attribution makes the sponsor, once. Whether it would make a loop is checked by who sets it, under the sponsor lock.</summary>
    public void Recommend(long sponsorId)
    {
        if (SponsorId is not null || sponsorId == Id)
        {
            throw new InvalidOperationException("The sponsor of an account is set once and is never the account itself.");
        }

        SponsorId = sponsorId;
    }

    public void ChangeContact(string name, string? email, string? phone, string? website)
    {
        Name = name;
        Email = email;
        Phone = phone;
        Website = website;
        Index();
    }

    public void ChangeLanguage(string language) => Language = Languages.Nearest(language);

    public void ChangeEmail(string? email)
    {
        Email = email;
        Index();
    }

    public void ChangeKind(AccountKind kind) => Kind = kind;

    public void SetExternalId(string? externalId)
    {
        ExternalId = string.IsNullOrWhiteSpace(externalId) ? null : externalId.Trim();
        Index();
    }

    public void Claim() => State = State is AccountState.Closed
        ? throw new InvalidOperationException("A closed account cannot be claimed.")
        : AccountState.Active;

    /// <summary>True when the account was unclaimed and has lapsed now.</summary>
    public bool Lapse()
    {
        if (State is not AccountState.Unclaimed)
        {
            return false;
        }

        State = AccountState.Lapsed;
        return true;
    }

    /// <summary>A partner created it anew, or credentials were sent again.</summary>
    public void Revive() => State = State is AccountState.Lapsed ? AccountState.Unclaimed : State;

    public void Close()
    {
        State = AccountState.Closed;
        Name = "";
        Email = Phone = Website = ExternalId = null;
        Index();
    }

    public void Seen(DateTime at) => LastSeenAt = LastSeenAt is { } seen && seen > at ? seen : at;

    private void Index() => SearchText = Shared.SearchText.Fold(string.Join(' ', Name, Email, Phone, Code, ExternalId));
}
