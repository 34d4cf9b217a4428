using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>What a referral link is held against: a minimal API that answers 302 and does nothing else, as a process of its own.</summary>
internal static class BareRedirect
{
    public const string Argument = "--serve=redirect";

    public static Task<ServerProcess> StartAsync() =>
        ServerProcess.StartAsync(typeof(BareRedirect).Assembly.Location, "Production", new Dictionary<string, string> { ["serve"] = "redirect" });

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        var app = builder.Build();
        app.MapGet("/r/{code}", (string code) => Results.Redirect("/join/" + code));
        await app.RunAsync();
        return 0;
    }
}
