using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Components.Ui;

/// <summary>
/// Amounts by month as bars with their figure on top and no axis, the running month lighter, what is below zero under the line; and the same as a table. Drawn on the
/// server, once wide and once for a phone, which shows the last six.
/// </summary>
public sealed partial class MonthChart
{
    private const int Height = 184;
    private const int Top = 40;
    private const int Slim = 6;

    [Inject] public required IStringLocalizer<SharedText> L { get; init; }

    /// <summary>Of the section; ids in it begin with it.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    [Parameter, EditorRequired] public required string Title { get; set; }

    /// <summary>What the figures are, in a sentence; may be left out.</summary>
    [Parameter] public string? Text { get; set; }

    /// <summary>The oldest first, without gaps.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<MonthBar> Bars { get; set; }

    /// <summary>ISO 4217.</summary>
    [Parameter, EditorRequired] public required string Currency { get; set; }

    private IEnumerable<(string Name, int Width, IReadOnlyList<MonthBar> Bars)> Drawings =>
        [("wide", 1104, Bars), ("slim", 340, [.. Bars.Skip(Math.Max(0, Bars.Count - Slim))])];

    /// <summary>All in one sentence, for who hears it.</summary>
    private static string Told(IReadOnlyList<MonthBar> bars, string currency, IStringLocalizer<SharedText> text) =>
        string.Join(", ", bars.Select(b => $"{b.Month.WriteShort()} {Money.Write(b.Value, currency)}{(b.IsRunning ? " " + text["Chart.SoFar"] : "")}"));

    private static Plot Draw(int width, IReadOnlyList<MonthBar> bars)
    {
        var (high, low) = (Math.Max(0m, bars.Max(b => (decimal)b.Value)), Math.Min(0m, bars.Min(b => (decimal)b.Value)));
        // Below the lowest bar stands its figure.
        var bottom = low < 0 ? 136 : 152;
        var scale = (double)((bottom - Top) / Math.Max(1m, high - low));
        var zero = Top + ((double)high * scale);
        var slot = width / (double)bars.Count;
        var size = Math.Min(40, slot * 0.7);
        // Months run the way the language is written.
        var isMirrored = CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft;
        return new Plot(zero, size, [.. bars.Select((bar, i) =>
        {
            var middle = (slot * ((isMirrored ? bars.Count - 1 - i : i) + 0.5));
            var height = Math.Max(bar.Value == 0 ? 0 : 1, Math.Abs(bar.Value) * scale);
            return bar.Value >= 0 ? new Drawn(bar, middle, zero - height, height, zero - height - 8) : new Drawn(bar, middle, zero, height, zero + height + 16);
        })]);
    }

    private static string F(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <param name="Zero">Where the line stands, from above.</param>
    /// <param name="Size">How wide a bar is.</param>
    private sealed record Plot(double Zero, double Size, IReadOnlyList<Drawn> Bars);

    /// <param name="FigureAt">The base line of the figure.</param>
    private sealed record Drawn(MonthBar Bar, double Middle, double Y, double Height, double FigureAt);
}
