using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Caching.Memory;
using PartnerPortal.Features.Journeys;

namespace PartnerPortal.Startup;

/// <summary>Notes that a signed-in person is here, at most every quarter of an hour each.</summary>
internal sealed class SeenMiddleware(RequestDelegate next, IMemoryCache cache, ILogger<SeenMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context, RecordSeen seen)
    {
        if (context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } text
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var userId)
            && !cache.TryGetValue(KeyOf(userId), out _))
        {
            cache.Set(KeyOf(userId), true, RecordSeen.Every);
            try
            {
                await seen.ExecuteAsync(userId, context.RequestAborted);
            }
            catch (Exception error) when (error is Microsoft.EntityFrameworkCore.DbUpdateException or System.Data.Common.DbException)
            {
                // "Last seen" is not worth failing somebody's page; the next quarter of an hour notes it.
                logger.LogWarning(error, "Could not note that user {UserId} was seen", userId);
                cache.Remove(KeyOf(userId));
            }
        }

        await next(context);
    }

    private static (string, long) KeyOf(long userId) => (nameof(SeenMiddleware), userId);
}
