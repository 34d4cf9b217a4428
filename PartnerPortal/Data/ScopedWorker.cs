namespace PartnerPortal.Data;

/// <summary>A <see cref="SpacedWorker"/> for work that needs what is made anew each time, as use cases are.</summary>
public abstract class ScopedWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger logger) : SpacedWorker(signals, clock, logger)
{
    protected sealed override async Task WorkAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await WorkAsync(scope.ServiceProvider, ct);
    }

    /// <param name="services">Until the work is done.</param>
    /// <param name="ct">Cancels.</param>
    protected abstract Task WorkAsync(IServiceProvider services, CancellationToken ct);
}
