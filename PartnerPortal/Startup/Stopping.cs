namespace PartnerPortal.Startup;

/// <summary>
/// A portal that is being stopped opens no circuits. Otherwise open pages, whose lines it has just closed, come back to it until it is gone, and are cut off a second time.
/// </summary>
internal sealed class Stopping(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    /// <summary>What still runs gets so long to end: a request, a mail on its way.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public Task InvokeAsync(HttpContext context)
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested || !context.Request.Path.StartsWithSegments("/_blazor"))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        return Task.CompletedTask;
    }
}
