using System.Collections.Specialized;
using System.Globalization;
using System.Web;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>What the list shows, as it stands in the address: a link to it, and the way back, show the same again. What is wrong in an address is left out.</summary>
public sealed record ClientView
{
    /// <summary>In place of a saved view's id: the plain list.</summary>
    public const string All = "all";

    private const int MaxSavedId = 32;

    public string Search { get; init; } = "";

    public IReadOnlyList<ClientStatus> Statuses { get; init; } = [];

    public IReadOnlyList<CameBy> CameBy { get; init; } = [];

    /// <summary>First day, in the reader's time zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, in the reader's time zone.</summary>
    public DateOnly? To { get; init; }

    public string? Tag { get; init; }

    /// <summary>Whose paid time ends soon, or ended a short while ago; see <see cref="ClientFilter"/>.</summary>
    public bool Lapsing { get; init; }

    public ClientSorting Sorting { get; init; } = ClientSorting.Newest;

    /// <summary>The saved view that this is, unchanged, or <see cref="All"/> for the plain list where another view opens by itself; null otherwise. In an address it stands for all of it.</summary>
    public string? Saved { get; init; }

    /// <summary>The cursor of the page; null for the first.</summary>
    public string? At { get; init; }

    /// <summary>Something besides the status narrows the list.</summary>
    public bool IsFiltered => Search.Length > 0 || CameBy.Count > 0 || From is not null || To is not null || Tag is not null || Lapsing || Statuses.Count > 1;

    public static ClientView Parse(string? query)
    {
        var values = HttpUtility.ParseQueryString(query ?? "");
        if (values["view"] is { Length: > 0 and <= MaxSavedId } saved)
        {
            return new ClientView { Saved = saved, At = values["at"] };
        }

        var by = Named<ClientSort>(values, "sort").Append(ClientSort.Since).First();
        return new ClientView
        {
            Search = values["q"]?.Trim() ?? "",
            Statuses = Named<ClientStatus>(values, "status"),
            CameBy = Named<CameBy>(values, "came"),
            From = Day(values["from"]),
            To = Day(values["to"]),
            Tag = string.IsNullOrWhiteSpace(values["tag"]) ? null : values["tag"],
            Lapsing = values["lapsing"] == "1",
            Sorting = new ClientSorting(by, values["dir"] is { } dir ? dir == "asc" : StartsAscending(by)),
            At = values["at"],
        };
    }

    /// <summary>Times start with the newest, words with A, and what ends with what ends first.</summary>
    public static bool StartsAscending(ClientSort by) => by is not (ClientSort.Since or ClientSort.LastSeen);

    /// <summary>A page's path with what differs from the plain list.</summary>
    public string Address(string path) => Saved is not null ? PortalUrls.WithQuery(path, ("view", Saved), ("at", At)) : PortalUrls.WithQuery(
        path,
        ("status", string.Join(',', Statuses)),
        ("q", Search),
        ("came", string.Join(',', CameBy)),
        ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("tag", Tag),
        ("lapsing", Lapsing ? "1" : null),
        ("sort", Sorting.By is ClientSort.Since ? null : Sorting.By.ToString()),
        ("dir", Sorting.Ascending == StartsAscending(Sorting.By) ? null : Sorting.Ascending ? "asc" : "desc"),
        ("at", At));

    /// <summary>The same list sorted by a column; once more turns it round.</summary>
    public ClientView SortedBy(ClientSort by) =>
        this with { Sorting = new ClientSorting(by, by == Sorting.By ? !Sorting.Ascending : StartsAscending(by)), Saved = null, At = null };

    /// <param name="time">Says when the reader's days begin.</param>
    /// <param name="country">ISO 3166 alpha-2 in which a searched phone number is read.</param>
    /// <param name="now">UTC.</param>
    public ClientFilter ToFilter(ReaderTime time, string? country, DateTime now) => new(
        Search, Statuses, CameBy,
        From is { } from ? time.StartOfDay(from) : null,
        To is { } to && to < DateOnly.MaxValue ? time.StartOfDay(to.AddDays(1)) : null,
        Tag, country, Lapsing ? now : null);

    /// <summary>As far as somebody may see it: who may not see money is shown the list without it, also by an address that a colleague sent.</summary>
    public ClientView For(Actor actor) => actor.MaySeeMoney ? this : this with { Lapsing = false, Sorting = Sorting.For(actor) };

    private static List<T> Named<T>(NameValueCollection values, string key)
        where T : struct, Enum =>
        [.. (values[key] ?? "").Split(',')
            .Where(name => name.Length > 0 && char.IsAsciiLetter(name[0]) && Enum.TryParse<T>(name, ignoreCase: true, out _))
            .Select(name => Enum.Parse<T>(name, ignoreCase: true)).Distinct()];

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 9999 ? day : null;
}
