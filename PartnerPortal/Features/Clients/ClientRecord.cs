using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

public enum ClientStatus
{
    /// <summary>Asked, has not answered. Says nothing about whether the address has an account.</summary>
    Invited,

    Active,

    /// <summary>Is the partner's client, has not signed in yet.</summary>
    NeverSignedIn,

    /// <summary>Asked and did not answer in time.</summary>
    Lapsed,

    Left,

    /// <summary>Answered No.</summary>
    Declined,
}

/// <summary>What a partner typed about a client. It stays the partner's own, whatever the client withdraws.</summary>
public sealed record TypedContact(string? Name, string? Email, string? NormalizedEmail, string? Phone);

/// <summary>
/// A line in one partner's "My clients". It holds what the partner typed and, while the client agrees, a copy of what the client's account says;
/// the copy is erased when the client leaves or withdraws, so that no query can show it.
/// </summary>
public sealed class ClientRecord
{
    private readonly List<ClientTag> _tags = [];
    private readonly List<ClientEvent> _events = [];

    private ClientRecord()
    {
    }

    public long Id { get; private set; }

    /// <summary>The account whose list this line is in.</summary>
    public long PartnerId { get; private set; }

    /// <summary>The client's account; null until it said Yes.</summary>
    public long? ClientId { get; private set; }

    public long? InvitationId { get; private set; }

    public ClientStatus Status { get; private set; }

    public CameBy CameBy { get; private set; }

    public string? TypedName { get; private set; }

    public string? TypedEmail { get; private set; }

    public string? TypedNormalizedEmail { get; private set; }

    public string? TypedPhone { get; private set; }

    /// <summary>What is shown as name: the account's, else the typed one, else initials.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What is shown as e-mail; null when nothing may be shown.</summary>
    public string? Email { get; private set; }

    /// <summary>The shown e-mail in its normal form; by it the list is sorted and a line found again.</summary>
    public string? NormalizedEmail { get; private set; }

    /// <summary>What is shown as phone, E.164; null when nothing may be shown.</summary>
    public string? Phone { get; private set; }

    /// <summary>The client agrees that the partner sees its data.</summary>
    public bool IsShared { get; private set; }

    /// <summary>IETF tag of the language in which the client is written to.</summary>
    public string Language { get; private set; } = Languages.Default;

    /// <summary>UTC: asked, or the partner's client, since.</summary>
    public DateTime Since { get; private set; }

    /// <summary>UTC; null when never seen, or hidden.</summary>
    public DateTime? LastSeenAt { get; private set; }

    /// <summary>
    /// UTC; the latest end of what the client paid for by purchases that this partner brought, and that were not wholly refunded. Null when there is none. A trigger of the database keeps it, as
    /// purchases know of lists and not the other way round.
    /// </summary>
    public DateTime? PaidUntil { get; private set; }

    public string Note { get; private set; } = "";

    /// <summary>The name folded, for sorting.</summary>
    public string SortName { get; private set; } = "";

    /// <summary>Name, e-mail, digits of the phone and tags, folded: what a search looks in.</summary>
    public string SearchText { get; private set; } = "";

    public IReadOnlyList<ClientTag> Tags => _tags;

    public IReadOnlyList<ClientEvent> Events => _events;

    /// <summary>A line for somebody who was invited or created and has not answered.</summary>
    public static ClientRecord Invite(long partnerId, TypedContact typed, CameBy cameBy, string language, string note, DateTime now)
    {
        var record = new ClientRecord
        {
            PartnerId = partnerId,
            Status = ClientStatus.Invited,
            CameBy = cameBy,
            Language = language,
            Note = note,
            Since = now,
        };
        record.Type(typed);
        return record;
    }

    /// <summary>A line for an account that came by itself, or that support moved here.</summary>
    public static ClientRecord Join(long partnerId, DateTime now) => new() { PartnerId = partnerId, Since = now };

    public Invitation? Invitation { get; private set; }

    public void BelongTo(Invitation invitation) => (Invitation, InvitationId) = (invitation, invitation.Id == 0 ? InvitationId : invitation.Id);

    /// <summary>Tags and events take the line's id, where they are inserted by themselves.</summary>
    internal void NumberParts()
    {
        _tags.ForEach(t => t.BelongTo(this));
        _events.ForEach(e => e.BelongTo(this));
    }

    /// <summary>The account is the partner's client from now on.</summary>
    public void Open(long clientId, CameBy cameBy, bool signedInBefore, DateTime now)
    {
        ClientId = clientId;
        CameBy = cameBy;
        Since = now;
        Status = signedInBefore ? ClientStatus.Active : ClientStatus.NeverSignedIn;
    }

    /// <summary>The client agrees to be seen: copies what its account says.</summary>
    public void Share(Account client) => Share(client.Name, client.Email, client.Phone, client.Language, client.LastSeenAt);

    /// <inheritdoc cref="Share(Account)"/>
    public void Share(string name, string? email, string? phone, string language, DateTime? lastSeenAt)
    {
        IsShared = true;
        Language = language;
        LastSeenAt = lastSeenAt;
        Show(name, email, phone);
    }

    /// <summary>Nothing of the account is shown any more, or not yet: initials, and what the partner typed itself.</summary>
    public void Hide(string accountName)
    {
        IsShared = false;
        LastSeenAt = null;
        Show(TypedName ?? Initials.Of(accountName), TypedEmail, TypedPhone);
    }

    public void Leave(string accountName)
    {
        Hide(accountName);
        Status = ClientStatus.Left;
    }

    /// <summary>The client deleted its account: what the partner typed about it goes, too. The line stays for its dates and totals.</summary>
    public void Forget()
    {
        (IsShared, LastSeenAt, Note) = (false, null, "");
        (TypedName, TypedEmail, TypedNormalizedEmail, TypedPhone) = (null, null, null, null);
        Show(Initials.Of(Name), null, null);
    }

    public void Seen(DateTime at)
    {
        if (Status is ClientStatus.NeverSignedIn)
        {
            Status = ClientStatus.Active;
        }

        if (IsShared)
        {
            LastSeenAt = at;
        }
    }

    public void Lapse() => Status = Status is ClientStatus.Invited ? ClientStatus.Lapsed : Status;

    public void Decline() => Status = Status is ClientStatus.Invited or ClientStatus.Lapsed ? ClientStatus.Declined : Status;

    public void InviteAgain() => Status = Status is ClientStatus.Lapsed ? ClientStatus.Invited : Status;

    /// <summary>Said No to being invited, and took that back.</summary>
    public void AskAgain() => Status = Status is ClientStatus.Declined && ClientId is null ? ClientStatus.Invited : Status;

    public void ChangeNote(string note) => Note = note;

    public bool AddTag(string tag)
    {
        if (_tags.Any(t => string.Equals(t.Name, tag, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        _tags.Add(new ClientTag(tag));
        Index();
        return true;
    }

    public bool RemoveTag(string tag)
    {
        var removed = _tags.RemoveAll(t => string.Equals(t.Name, tag, StringComparison.OrdinalIgnoreCase)) > 0;
        Index();
        return removed;
    }

    public void Tell(ClientEventKind kind, DateTime at, string? detail = null) => _events.Add(new ClientEvent(kind, at, detail));

    /// <summary>Takes over what the partner typed on another line that turned out to be the same client.</summary>
    public void Absorb(ClientRecord other)
    {
        Type(new TypedContact(TypedName ?? other.TypedName, TypedEmail ?? other.TypedEmail, TypedNormalizedEmail ?? other.TypedNormalizedEmail, TypedPhone ?? other.TypedPhone));
        Note = Note.Length == 0 ? other.Note : other.Note.Length == 0 ? Note : Note + "\n" + other.Note;
        foreach (var tag in other._tags)
        {
            AddTag(tag.Name);
        }

        InvitationId = other.InvitationId ?? InvitationId;
    }

    private void Type(TypedContact typed)
    {
        TypedName = typed.Name;
        TypedEmail = typed.Email;
        TypedNormalizedEmail = typed.NormalizedEmail;
        TypedPhone = typed.Phone;
        if (!IsShared)
        {
            Show(typed.Name ?? typed.Email ?? "", typed.Email, typed.Phone);
        }
    }

    private void Show(string name, string? email, string? phone)
    {
        Name = name;
        Email = email;
        NormalizedEmail = EmailAddress.TryParse(email, out var address, out _) ? address.Normalized : null;
        Phone = phone;
        Index();
    }

    private void Index()
    {
        SortName = SearchTextOf(Name);
        SearchText = SearchTextOf(string.Join(' ', [Name, Email, Phone, .. _tags.Select(t => t.Name)]));
    }

    private static string SearchTextOf(string text) => Shared.SearchText.Fold(text);
}
