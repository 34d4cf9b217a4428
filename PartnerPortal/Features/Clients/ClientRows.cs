using PartnerPortal.Features.Attributions;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>One line of "My clients", as its partner may see it.</summary>
/// <param name="Id">The line's id, not the account's.</param>
/// <param name="Name">The account's name, the typed one, or initials.</param>
/// <param name="Email">Null when there is none to show.</param>
/// <param name="Phone">E.164; null when there is none to show.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="CameBy">How it came.</param>
/// <param name="Since">UTC.</param>
/// <param name="LastSeenAt">UTC; null when never seen, or hidden.</param>
/// <param name="IsShared">The client agrees to be seen.</param>
/// <param name="Tags">In alphabetical order.</param>
/// <param name="Money">Null when it bought nothing, was not asked for, or may not be seen.</param>
public sealed record ClientRow(
    long Id, string Name, string? Email, string? Phone, ClientStatus Status, CameBy CameBy, DateTime Since, DateTime? LastSeenAt, bool IsShared, IReadOnlyList<string> Tags, ClientRowMoney? Money = null);

/// <summary>What a client bought while it was the partner's.</summary>
/// <param name="PaidUntil">UTC; null for what is bought once, or was wholly refunded.</param>
/// <param name="Purchases">How many.</param>
/// <param name="Earned">What they brought the partner, by currency (ISO 4217) in alphabetical order; minor units.</param>
public sealed record ClientRowMoney(DateTime? PaidUntil, int Purchases, IReadOnlyList<(string Currency, long Minor)> Earned);

/// <summary>One page of lines with its place in the whole.</summary>
/// <param name="Page">The lines, with cursors to the pages around.</param>
/// <param name="Total">How many lines the filter finds, as far as they were counted.</param>
/// <param name="Before">How many of them stand before the first of the page. Lines that came since the page before was read are not in it.</param>
/// <param name="IsMore">There are more than <paramref name="Total"/>.</param>
public sealed record ClientPage(Page<ClientRow> Page, int Total, int Before, bool IsMore = false);

/// <summary>What stands around the list.</summary>
/// <param name="Counts">Lines by status, whatever is searched for; a status without lines is missing.</param>
/// <param name="Tags">All tags of the list, in alphabetical order.</param>
/// <param name="LatestSince">UTC: when the newest line came; null for an empty list.</param>
/// <param name="Arrived">How many came after the moment that was asked about.</param>
public sealed record ClientOverview(IReadOnlyDictionary<ClientStatus, int> Counts, IReadOnlyList<string> Tags, DateTime? LatestSince, int Arrived)
{
    public int All => Counts.Values.Sum();
}

/// <summary>A client's record with its history.</summary>
/// <param name="Row">What the list shows.</param>
/// <param name="ClientId">The client's account; null while there is none. For looking up, not for showing: it may stand behind a line that must not tell.</param>
/// <param name="Number">The client's number; null while its data is not shared.</param>
/// <param name="Language">IETF tag of the language in which it is written to.</param>
/// <param name="Note">The partner's own.</param>
/// <param name="SponsorName">"Recommended by"; null when nobody, or while its data is not shared.</param>
/// <param name="SharedSince">UTC: since when the client agrees to be seen; null when it does not.</param>
/// <param name="InvitationCode">The partner's code, for the invitation's link; null unless an answer is outstanding.</param>
/// <param name="InvitationToken">The invitation's own mark in that link.</param>
/// <param name="Events">Newest first.</param>
public sealed record ClientCard(
    ClientRow Row, long? ClientId, long? Number, string Language, string Note, string? SponsorName, DateTime? SharedSince,
    string? InvitationCode, string? InvitationToken, IReadOnlyList<ClientHappening> Events);

/// <param name="Kind">What happened.</param>
/// <param name="At">UTC.</param>
/// <param name="Detail">A name that belongs in the sentence; null when it needs none.</param>
public sealed record ClientHappening(ClientEventKind Kind, DateTime At, string? Detail);

/// <summary>The ids of the lines above and below one, in the order of the list; null at its ends.</summary>
public sealed record ClientNeighbours(long? Above, long? Below);
