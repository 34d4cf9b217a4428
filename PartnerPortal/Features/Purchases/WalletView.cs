using System.Globalization;
using System.Web;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>Which lines the wallet shows, as it stands in the address: a link to it, and the way back, show the same again. What is wrong in an address is left out.</summary>
public sealed record WalletView
{
    /// <summary>ISO 4217, in capitals; null for the wallet's first, in a file for all.</summary>
    public string? Currency { get; init; }

    public WalletLineState? State { get; init; }

    /// <summary>1 to <see cref="PlanRules.MaxLevels"/>.</summary>
    public int? Level { get; init; }

    /// <summary>When the client bought (UTC).</summary>
    public CalendarMonth? Month { get; init; }

    /// <summary>A line whose client is looked for: the wallet has no other name for a client than its initials.</summary>
    public long? ClientOf { get; init; }

    /// <summary>The cursor of the page; null for the newest.</summary>
    public string? At { get; init; }

    /// <summary>Something besides currency and state narrows the lines.</summary>
    public bool IsFiltered => Level is not null || Month is not null || ClientOf is not null;

    /// <summary>Whether the file shows a bonus or an opening balance: they are of no client and no level, and can be paid out as soon as they are there.</summary>
    public bool Shows(CreditLine credit) => Level is null && ClientOf is null && (Month is not { } month || month == CalendarMonth.Of(credit.At))
        && (State is null || State == credit.State());

    public static WalletView Parse(string? query)
    {
        var values = HttpUtility.ParseQueryString(query ?? "");
        return Of(values["currency"], values["state"], values["level"], values["month"], values["client"], values["at"]);
    }

    /// <summary>Of the parameters of an address.</summary>
    public static WalletView Of(string? currency, string? state, string? level, string? month, string? client, string? at) => new()
    {
        Currency = currency?.ToUpperInvariant() is { } code && Currencies.IsKnown(code) ? code : null,
        State = state is { Length: > 0 } && char.IsAsciiLetter(state[0]) && Enum.TryParse<WalletLineState>(state, ignoreCase: true, out var named) ? named : null,
        Level = int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= PlanRules.MaxLevels ? number : null,
        Month = CalendarMonth.TryParse(month, out var read) ? read : null,
        ClientOf = long.TryParse(client, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null,
        At = at,
    };

    /// <summary>A path with what differs from the plain wallet.</summary>
    public string Address(string path) => PortalUrls.WithQuery(
        path,
        ("currency", Currency),
        ("state", State?.ToString()),
        ("level", Level?.ToString(CultureInfo.InvariantCulture)),
        ("month", Month?.ToString()),
        ("client", ClientOf?.ToString(CultureInfo.InvariantCulture)),
        ("at", At));
}
