using System.Globalization;
using Microsoft.Extensions.Localization;

namespace PartnerPortal.Resources;

/// <summary>Writes times for the reader: in its language and time zone, short where the eye only compares.</summary>
public sealed class ReaderTime(TimeProvider clock, IStringLocalizer<SharedText> text)
{
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <param name="zone">IANA name from the browser; anything else leaves UTC.</param>
    public void UseZone(string? zone)
    {
        if (zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(Uri.UnescapeDataString(zone), out var found))
        {
            (_zone, Zone) = (found, found.Id);
        }
    }

    /// <summary>IANA name of the reader's time zone; null while it is not known.</summary>
    public string? Zone { get; private set; }

    /// <summary>"20 Nov 2026, 10:18".</summary>
    public string Full(DateTime utc) => text["Format.DateTime", Date(utc), Local(utc).ToString("t", CultureInfo.CurrentCulture)];

    /// <summary>"20 Nov 2026".</summary>
    public string Date(DateTime utc) => Local(utc).ToString(text["Format.Date"], CultureInfo.CurrentCulture);

    /// <summary>"20 November 2026".</summary>
    public string LongDate(DateTime utc) => Local(utc).ToString(text["Format.LongDate"], CultureInfo.CurrentCulture);

    /// <summary>"Just now", "2 hours ago", "Yesterday", "19 Nov", "11 Mar 2025": the current year is left out.</summary>
    public string Brief(DateTime utc)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var age = now - utc;
        var days = (Local(now).Date - Local(utc).Date).Days;
        return age switch
        {
            { TotalMinutes: < 2 } => text["Time.JustNow"],
            { TotalMinutes: < 60 } => text.Counted("Time.MinutesAgo", (int)age.TotalMinutes),
            _ when days == 0 => text.Counted("Time.HoursAgo", (int)age.TotalHours),
            _ when days == 1 => text["Time.Yesterday"],
            _ when Local(utc).Year == Local(now).Year => Local(utc).ToString(text["Format.DayMonth"], CultureInfo.CurrentCulture),
            _ => Date(utc),
        };
    }

    /// <summary>The reader's local time of a UTC time.</summary>
    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), _zone);

    /// <summary>The UTC time of a time that the reader typed. One that the clocks skip in spring is an hour later.</summary>
    public DateTime Utc(DateTime local)
    {
        var typed = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(_zone.IsInvalidTime(typed) ? typed.AddHours(1) : typed, _zone);
    }

    /// <summary>The UTC time at which the reader's local day begins.</summary>
    public DateTime StartOfDay(DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified), _zone);
}
