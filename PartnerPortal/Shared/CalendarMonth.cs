using System.Globalization;
using System.Runtime.InteropServices;

namespace PartnerPortal.Shared;

/// <summary>A month of the calendar in UTC, by which earnings are summed. In the database it is one number: 202611.</summary>
/// <param name="Year">1 to 9999.</param>
/// <param name="Month">1 to 12.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CalendarMonth(int Year, int Month)
{
    private const string Pattern = "yyyy-MM";

    /// <summary>Year and month as one number that sorts: 202611.</summary>
    public int Number => (Year * 100) + Month;

    /// <summary>UTC; its first moment.</summary>
    public DateTime Start => new(Year, Month, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The month that a time (UTC) lies in.</summary>
    public static CalendarMonth Of(DateTime utc) => new(utc.Year, utc.Month);

    /// <summary>Of its <see cref="Number"/>.</summary>
    public static CalendarMonth FromNumber(int number) => new(number / 100, number % 100);

    /// <summary>Reads "2026-11"; false for anything else, and outside of 2000 to 2999.</summary>
    public static bool TryParse(string? text, out CalendarMonth month)
    {
        var read = DateOnly.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 3000;
        month = read ? new(day.Year, day.Month) : default;
        return read;
    }

    public CalendarMonth Plus(int months) => Of(Start.AddMonths(months));

    /// <summary>"November 2026", as the reader's language writes it.</summary>
    public string Write() => Start.ToString("Y", CultureInfo.CurrentCulture);

    /// <summary>"Nov".</summary>
    public string WriteShort() => Start.ToString("MMM", CultureInfo.CurrentCulture);

    /// <summary>"2026-11", for addresses and files.</summary>
    public override string ToString() => Start.ToString(Pattern, CultureInfo.InvariantCulture);
}

/// <summary>What a month came to.</summary>
/// <param name="Value">Minor units of any sign.</param>
/// <param name="IsRunning">The month is not over.</param>
public sealed record MonthBar(CalendarMonth Month, long Value, bool IsRunning);
