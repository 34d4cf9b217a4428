using System.Globalization;

namespace PartnerPortal.Features.Clients;

/// <summary>How wide a person has made the columns, in CSS pixels, as kept in its preferences. Without any choice the style sheet decides.</summary>
public sealed class ClientWidths
{
    public const string Preference = "clients.widths";

    /// <summary>The column that is always there and no <see cref="ClientColumn"/>.</summary>
    public const string Name = "Name";

    public const int Min = 72;

    public const int Max = 640;

    /// <summary>Of the column with the checkboxes.</summary>
    private const int Pick = 44;

    /// <summary>What the style sheet gives them (list.css); the e-mail takes the rest there.</summary>
    private static readonly Dictionary<string, int> Usual = new(StringComparer.Ordinal)
    {
        [Name] = 184,
        [nameof(ClientColumn.Email)] = 208,
        [nameof(ClientColumn.Phone)] = 152,
        [nameof(ClientColumn.Status)] = 148,
        [nameof(ClientColumn.CameBy)] = 112,
        [nameof(ClientColumn.Since)] = 112,
        [nameof(ClientColumn.LastSeen)] = 120,
        [nameof(ClientColumn.Purchases)] = 104,
        [nameof(ClientColumn.Earned)] = 128,
        [nameof(ClientColumn.PaidUntil)] = 152,
        [nameof(ClientColumn.Tags)] = 112,
    };

    private readonly Dictionary<string, int> _chosen;

    private ClientWidths(Dictionary<string, int> chosen) => _chosen = chosen;

    public static ClientWidths None { get; } = new([]);

    public bool IsNone => _chosen.Count == 0;

    /// <param name="kept">What <see cref="Format"/> made; null, or what is damaged in it, is left out.</param>
    public static ClientWidths Parse(string? kept) => None.With((kept ?? "").Split(',').Select(part => part.Split(':')).Where(p => p.Length == 2)
        .Select(p => (Column: p[0], Width: int.TryParse(p[1], NumberStyles.None, CultureInfo.InvariantCulture, out var width) ? width : 0)).Where(p => p.Width > 0)
        .GroupBy(p => p.Column).ToDictionary(g => g.Key, g => g.Last().Width));

    public string Format() => string.Join(',', _chosen.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Key}:{w.Value}")));

    /// <summary>With the widths of some columns chosen; unknown columns are left out, widths brought into their bounds.</summary>
    public ClientWidths With(IReadOnlyDictionary<string, int> widths)
    {
        var chosen = new Dictionary<string, int>(_chosen);
        foreach (var (column, width) in widths.Where(w => Usual.ContainsKey(w.Key)))
        {
            chosen[column] = Math.Clamp(width, Min, Max);
        }

        return chosen.Count == 0 ? None : new ClientWidths(chosen);
    }

    /// <summary>With one column as wide as usual.</summary>
    public ClientWidths Without(string column) => new(_chosen.Where(w => w.Key != column).ToDictionary());

    public int Of(string column) => _chosen.GetValueOrDefault(column, Usual[column]);

    /// <summary>
    /// The style of a column's head; null where the style sheet decides. The last column takes the rest. Where the window is too narrow for what was chosen on a
    /// wider one, all give way in the same measure.
    /// </summary>
    public string? StyleOf(string column, IReadOnlyList<ClientColumn> shown)
    {
        if (IsNone || column == LastOf(shown))
        {
            return IsNone ? null : "inline-size:auto";
        }

        var all = Pick + shown.Select(c => c.ToString()).Prepend(Name).Sum(c => c == LastOf(shown) ? Min : Of(c));
        return string.Create(CultureInfo.InvariantCulture, $"inline-size:min({Of(column)}px,{100m * Of(column) / all:0.##}cqi)");
    }

    /// <summary>The last column takes what the others leave, and has no width of its own.</summary>
    public static string LastOf(IReadOnlyList<ClientColumn> shown) => shown is [.., var last] ? last.ToString() : Name;
}
