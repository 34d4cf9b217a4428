using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;

namespace PartnerPortal.Components.Layout;

/// <summary>
/// Loads an open page anew when what its reader may do has changed: the server then answers as it would to anybody who opens it now, with the sign-in page, a refusal, or the page as it is
/// for a suspended partner. What was being typed is kept by the browser.
/// </summary>
public sealed class AccessWatch : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly List<IDisposable> _subscriptions = [];
    private object? _access;

    [Inject] public required AuthenticationStateProvider Authentication { get; init; }

    [Inject] public required ActorSource Actors { get; init; }

    [Inject] public required AdmittedActor Admitted { get; init; }

    [Inject] public required SessionCheck Sessions { get; init; }

    [Inject] public required Signals News { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    public void Dispose()
    {
        Authentication.AuthenticationStateChanged -= HearOfReader;
        _subscriptions.ForEach(s => s.Dispose());
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        var actor = await ActorAsync();
        if (!RendererInfo.IsInteractive || actor.UserId is not { } userId)
        {
            return;
        }

        _access = AccessOf(Admitted.Actor ?? actor);
        _subscriptions.Add(News.Subscribe(AccessSignals.OfUser(userId), _ => Hear()));
        _subscriptions.Add(News.Subscribe(PostgresSignalRelay.CatchUp, _ => Hear()));
        _subscriptions.Add(News.Subscribe(ProgramSettingsSource.ChangedSignal, _ => Hear()));
        foreach (var accountId in new[] { actor.AccountId, actor.Acting?.ClientId, actor.Acting?.PartnerId }.OfType<long>())
        {
            _subscriptions.Add(News.Subscribe(AccessSignals.OfAccount(accountId), _ => Hear()));
        }

        // A connection that was lost comes back with the browser's present cookies.
        Authentication.AuthenticationStateChanged += HearOfReader;
        if (actor.Acting is { } acting)
        {
            // Nobody signals that time has passed. A timer waits 49 days at most, so that it looks every day, the last time when the access ends.
            var wait = Math.Max(0, (acting.Until - Clock.GetUtcNow().UtcDateTime).Ticks) % TimeSpan.TicksPerDay;
            _subscriptions.Add(Clock.CreateTimer(_ => Hear(), null, TimeSpan.FromTicks(wait + TimeSpan.TicksPerMillisecond), TimeSpan.FromDays(1)));
        }

        // What changed between the page's being let in and the subscription was signalled to nobody.
        await LookAsync();
    }

    /// <summary>What of an actor decides which pages open, and as what.</summary>
    private static object AccessOf(Actor actor) => (actor.UserId, actor.AccountId, actor.Role, actor.IsPartner, actor.IsActivePartner, actor.IsIntegrator, actor.IsSupport, actor.IsOwner, actor.Hidden, actor.HasLostAccess, actor.Acting?.SessionId, actor.Acting?.Scopes);

    private async Task<Actor> ActorAsync() => await Actors.GetAsync((await Authentication.GetAuthenticationStateAsync()).User, _gone.Token);

    private void HearOfReader(Task<AuthenticationState> state) => Hear();

    private void Hear() => _ = InvokeAsync(async () =>
    {
        try
        {
            await LookAsync();
        }
        catch (Exception error) when (_gone.IsCancellationRequested && error is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left while it looked.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            await DispatchExceptionAsync(error);
        }
    });

    private async Task LookAsync()
    {
        var state = await Authentication.GetAuthenticationStateAsync();
        var actor = await Actors.GetAsync(state.User, _gone.Token);
        if (!await Sessions.HoldsAsync(state.User, _gone.Token) || actor.HasLostAccess || !Equals(AccessOf(actor), _access))
        {
            Navigation.Refresh(forceReload: true);
        }
    }
}
