using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Caching.Memory;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;

namespace PartnerPortal.Startup;

/// <summary>Notes that a signed-in person is here, at most every quarter of an hour each.</summary>
internal sealed class SeenMiddleware(RequestDelegate next, IMemoryCache cache, ILogger<SeenMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } text
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var userId)
            && context.User.FindFirstValue(SessionCheck.SessionClaim) is var session
            && !cache.TryGetValue(KeyOf(userId, session), out _))
        {
            cache.Set(KeyOf(userId, session), true, RecordSeen.Every);
            try
            {
                await context.RequestServices.GetRequiredService<RecordSeen>().ExecuteAsync(userId, context.RequestAborted);
                if (session is not null)
                {
                    await context.RequestServices.GetRequiredService<RecordSessionSeen>().ExecuteAsync(session, context.RequestAborted);
                }
            }
            catch (Exception error) when (error is Microsoft.EntityFrameworkCore.DbUpdateException or System.Data.Common.DbException)
            {
                // "Last seen" is not worth failing somebody's page; the next quarter of an hour notes it.
                logger.LogWarning(error, "Could not note that user {UserId} was seen", userId);
                cache.Remove(KeyOf(userId, session));
            }
        }

        await next(context);
    }

    private static (string, long, string?) KeyOf(long userId, string? session) => (nameof(SeenMiddleware), userId, session);
}
