using System.Threading.RateLimiting;

namespace PartnerPortal.Startup;

/// <summary>How often one address may ask what could be guessed at.</summary>
internal static class RateLimits
{
    /// <summary>Looking codes up: 30 a minute from one address. With 21^8 codes, a guesser finds one of a million in about 20 years.</summary>
    public const string Codes = "codes";

    /// <summary>Forms that send mail or test a password: 20 a minute from one address.</summary>
    public const string Forms = "forms";

    public static void AddPortalRateLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(Codes, context => PerAddress(context, 30));
        options.AddPolicy(Forms, context => HttpMethods.IsPost(context.Request.Method) ? PerAddress(context, 20) : RateLimitPartition.GetNoLimiter("reading"));
    });

    private static RateLimitPartition<string> PerAddress(HttpContext context, int perMinute) =>
        RateLimitPartition.GetSlidingWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        });
}
