using Microsoft.AspNetCore.Http.Features;

namespace PartnerPortal.Startup;

/// <summary>
/// A circuit's WebSocket is one request, which lasts as long as its page is open. What checking its sign-in took (Identity's stores, a database context of the pool) would be held until
/// then: 20 KB a page, and one of the pool's 1,024 contexts. It gets a scope of its own, which ends before the circuit begins.
/// </summary>
internal static class CircuitScope
{
    private static readonly object Key = new();

    /// <summary>Before the first part that needs services.</summary>
    public static void UseCircuitScope(this WebApplication app)
    {
        var scopes = app.Services.GetRequiredService<IServiceScopeFactory>();
        app.Use(async (context, next) =>
        {
            if (!context.Request.Path.Equals("/_blazor", StringComparison.Ordinal))
            {
                await next(context);
                return;
            }

            // In a box that is emptied: what waits here until the page is closed would hold the scope, and all that was made in it, as long.
            var checking = new Box { Scope = scopes.CreateAsyncScope() };
            context.RequestServices = checking.Scope.Value.ServiceProvider;
            context.Items[Key] = checking;
            try
            {
                await next(context);
            }
            finally
            {
                // Whatever comes between may answer itself, or fail.
                await checking.EmptyAsync();
            }
        });
    }

    /// <summary>After the last part that asks who is there.</summary>
    public static void EndCircuitScope(this WebApplication app)
    {
        var scopes = app.Services.GetRequiredService<IServiceScopeFactory>();
        app.Use(async (context, next) =>
        {
            if (!context.Items.Remove(Key, out var checking))
            {
                await next(context);
                return;
            }

            await using var circuit = scopes.CreateAsyncScope();
            context.RequestServices = circuit.ServiceProvider;
            await ((Box)checking!).EmptyAsync();
            // Whom they sign in is known. Nobody asks for them again as long as the page is open, and they are 3 KB of it.
            context.Request.Headers.Cookie = default;
            context.Features.Set<IRequestCookiesFeature>(null);
            await next(context);
        });
    }

    private sealed class Box
    {
        public AsyncServiceScope? Scope { get; set; }

        public async ValueTask EmptyAsync()
        {
            if (Scope is { } scope)
            {
                Scope = null;
                await scope.DisposeAsync();
            }
        }
    }
}
