using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PartnerPortal.Data;

/// <summary>Every time in the database is UTC. SQLite hands back an unspecified kind, which Npgsql refuses; a local time is a bug.</summary>
public sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    time => time.Kind == DateTimeKind.Utc ? time : Refuse(time),
    time => DateTime.SpecifyKind(time, DateTimeKind.Utc))
{
    private static DateTime Refuse(DateTime time) => throw new InvalidOperationException($"A time that is not UTC was to be stored: {time:O} is {time.Kind}.");
}
