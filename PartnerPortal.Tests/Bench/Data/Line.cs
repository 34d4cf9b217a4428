using System.Globalization;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;

namespace PartnerPortal.Tests.Bench.Data;

/// <summary>One invented client of the million; the same number gives the same line.</summary>
internal sealed record Line(string Name, string Email, string Phone, ClientStatus Status, CameBy CameBy, DateTime Since, DateTime? LastSeen, string? Tag)
{
    private static readonly string[] First =
        "Ana Luca Maria José Noah Emma Liam Olivia Mateo Sofía Hugo Léa Finn Ida Omar Layla Yousef Fátima Chen Wei Yuki Haruto Ivan Olga Marta Pavel Lars Ingrid Erik Nora".Split(' ');

    private static readonly string[] Last =
        "García Silva Müller Schmidt Rossi Dubois Novák Kowalski Jensen Larsen Petrov Smith Jones Okafor Haddad Nguyen Tanaka Kim Santos Pereira Fischer Weber Moreau Bianchi Horváth Popescu Andersson Virtanen"
            .Split(' ');

    private static readonly string[] Tags = ["vip", "trial", "north", "south", "fair 2026", "newsletter", "reseller", "school", "health", "retail"];

    private static readonly ClientStatus[] Statuses =
    [
        .. Enumerable.Repeat(ClientStatus.Active, 60), .. Enumerable.Repeat(ClientStatus.NeverSignedIn, 15), .. Enumerable.Repeat(ClientStatus.Invited, 15),
        .. Enumerable.Repeat(ClientStatus.Lapsed, 5), .. Enumerable.Repeat(ClientStatus.Left, 3), .. Enumerable.Repeat(ClientStatus.Declined, 2),
    ];

    public static Line Of(int number)
    {
        var (first, last) = (First[Mixed(number, 1, First.Length)], Last[Mixed(number, 2, Last.Length)]);
        // One in 50,000 has a letter that nobody else's text has.
        var name = number % 50_000 == 7 ? $"Quinn {last}" : number % 1_000 == 5 ? $"{first} {last} Zenith" : $"{first} {last}";
        var domain = number % 10 < 3 ? "example" : "mail";
        var status = Statuses[Mixed(number, 3, Statuses.Length)];
        var since = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds(Mixed(number, 4, 1_000_000_000) * 88L);
        return new Line(
            name,
            string.Create(CultureInfo.InvariantCulture, $"{PartnerPortal.Shared.SearchText.Fold($"{first}.{last}")}{number}@{domain}{number % 50}.test"),
            string.Create(CultureInfo.InvariantCulture, $"+4930{Mixed(number, 5, 100_000_000):00000000}"),
            status,
            (CameBy)Mixed(number, 6, 4),
            since,
            status is ClientStatus.Active ? since.AddSeconds(Mixed(number, 7, 5_000_000)) : null,
            Mixed(number, 8, 5) == 0 ? Tags[Mixed(number, 9, Tags.Length)] : null);
    }

    /// <summary>A number below the limit that looks like chance (the finalizer of SplitMix64).</summary>
    private static int Mixed(int number, int salt, int limit)
    {
        var mixed = unchecked(((ulong)number * 0x9E3779B97F4A7C15UL) + ((ulong)salt * 0xBF58476D1CE4E5B9UL));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return (int)((mixed ^ (mixed >> 31)) % (ulong)limit);
    }
}
