using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>How a line's states and events are drawn and said.</summary>
internal static class ClientWords
{
    public static BadgeTone Tone(this ClientStatus status) => status switch
    {
        ClientStatus.Active => BadgeTone.Ok,
        ClientStatus.Invited => BadgeTone.Ring,
        ClientStatus.NeverSignedIn => BadgeTone.Warn,
        ClientStatus.Lapsed or ClientStatus.Left or ClientStatus.Declined => BadgeTone.Idle,
    };

    public static string Icon(this CameBy cameBy) => cameBy switch
    {
        CameBy.Link => "link",
        CameBy.Code => "code",
        CameBy.Qr => "qr",
        CameBy.Created => "created",
        CameBy.Joined => "joined",
        CameBy.Invitation => "invite",
        CameBy.Support => "swap",
        CameBy.Returned => "undo",
        CameBy.MovedIn => "download",
    };

    public static string Icon(this ClientEventKind kind) => kind switch
    {
        ClientEventKind.Created => "created",
        ClientEventKind.Invited => "invite",
        ClientEventKind.SentAgain => "send",
        ClientEventKind.LinkFollowed => "link",
        ClientEventKind.Registered => "user-check",
        ClientEventKind.Joined or ClientEventKind.Confirmed => "joined",
        ClientEventKind.Declined => "minus",
        ClientEventKind.FirstSignedIn => "login",
        ClientEventKind.Left => "logout",
        ClientEventKind.SwitchedAway or ClientEventKind.MovedAway or ClientEventKind.MovedHere => "swap",
        ClientEventKind.Lapsed => "clock",
        ClientEventKind.SharingStarted => "eye",
        ClientEventKind.SharingEnded => "eye-off",
        ClientEventKind.NoteChanged => "edit",
        ClientEventKind.Withdrawn or ClientEventKind.Returned => "undo",
    };

    /// <summary>What happened, in a sentence; with who did it, where that was one of the partner's people.</summary>
    public static string Sentence(this IStringLocalizer<ClientsText> text, ClientHappening happening)
    {
        var by = text[$"Event.{happening.Kind}.By", happening.Detail ?? ""];
        return happening.Detail is { Length: > 0 } && !by.ResourceNotFound ? by : text["Event." + happening.Kind];
    }

    /// <summary>Why a line shows no contact details; null when nothing is hidden.</summary>
    public static string? WhyHidden(this IStringLocalizer<ClientsText> text, ClientRow row) => row switch
    {
        { IsShared: true } or { Email: not null } => null,
        { Status: ClientStatus.Left } => text["Hidden.Left"].Value,
        { Status: ClientStatus.Active or ClientStatus.NeverSignedIn } => text["Hidden.NotAgreed"].Value,
        _ => null,
    };

    /// <summary>"€43.20 · $5.00": what a client's purchases earned, by currency.</summary>
    public static string Earned(ClientRowMoney money) => string.Join(" · ", money.Earned.Select(e => Money.Write(e.Minor, e.Currency)));

    /// <summary>A kept number as people of its country write it.</summary>
    public static string Phone(string e164) => PhoneNumber.DisplayOf(e164);

    public static string CssClass(this ClientColumn column) => column switch
    {
        ClientColumn.Email => "mail",
        ClientColumn.Phone => "tel",
        ClientColumn.Status => "st",
        ClientColumn.CameBy => "came",
        ClientColumn.Since => "since",
        ClientColumn.LastSeen => "seen",
        ClientColumn.Purchases => "buys num",
        ClientColumn.Earned => "earned num",
        ClientColumn.PaidUntil => "until",
        ClientColumn.Tags => "tags",
    };

    /// <summary>By what a click on the column's head sorts; null where it does not.</summary>
    public static ClientSort? Sort(this ClientColumn column) => column switch
    {
        ClientColumn.Email => ClientSort.Email,
        ClientColumn.Status => ClientSort.Status,
        ClientColumn.Since => ClientSort.Since,
        ClientColumn.LastSeen => ClientSort.LastSeen,
        ClientColumn.PaidUntil => ClientSort.PaidUntil,
        ClientColumn.Phone or ClientColumn.CameBy or ClientColumn.Purchases or ClientColumn.Earned or ClientColumn.Tags => null,
    };
}
