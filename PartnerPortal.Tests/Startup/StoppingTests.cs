using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using PartnerPortal.Startup;

namespace PartnerPortal.Tests.Startup;

public sealed class StoppingTests
{
    [Theory]
    [InlineData("/_blazor/negotiate", true, StatusCodes.Status503ServiceUnavailable)]
    [InlineData("/_blazor", true, StatusCodes.Status503ServiceUnavailable)]
    [InlineData("/_blazor", false, StatusCodes.Status200OK)]
    [InlineData("/clients", true, StatusCodes.Status200OK)]
    public async Task Invoke_OnceStopping_OpensNoCircuits(string path, bool isStopping, int expected)
    {
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        if (isStopping)
        {
            lifetime.StopApplication();
        }

        var context = new DefaultHttpContext();
        context.Request.Path = path;

        await new Stopping(_ => Task.CompletedTask, lifetime).InvokeAsync(context);

        Assert.Equal(expected, context.Response.StatusCode);
    }
}
