using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Commissions;

/// <summary>Runs the simulation, shows how far it is, and ends it when its page is left.</summary>
public sealed partial class PlanSimulationPanel : IDisposable
{
    /// <summary>So often the page follows; each client would be too much to draw.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource? _running;
    private SimulationProgress? _progress;
    private PlanSimulation? _result;
    private string? _terms;
    private string? _problem;
    private long _drawn;

    [Parameter, EditorRequired] public required long PlanId { get; set; }

    [Parameter, EditorRequired] public required PlanForm Form { get; set; }

    [Inject] public required SimulatePlanVersion Simulate { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required IStringLocalizer<CommissionsText> L { get; init; }

    private string? TermsNow => Form.Read().Rules?.Write();

    public void Dispose()
    {
        _running?.Cancel();
        _running?.Dispose();
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Signed(long minor, string currency) => minor > 0 ? "+" + Money.Write(minor, currency) : Money.Write(minor, currency);

    private void Stop() => _running?.Cancel();

    private async Task RunAsync()
    {
        if (_progress is not null)
        {
            return;
        }

        _running?.Dispose();
        _running = new CancellationTokenSource();
        (_progress, _result, _problem, _terms) = (new SimulationProgress(0, 0), null, null, TermsNow);
        try
        {
            var result = await Simulate.ExecuteAsync(PlanId, Form, new Follower(this), await Current.GetAsync(), _running.Token);
            (_result, _problem) = result switch
            {
                { Ok: true } => (result.Value, null),
                { Error: PlanRefused refused } => ((PlanSimulation?)null, (string?)L.Describe(refused.Kind)),
                { Error: var error } => throw new InvalidOperationException($"The page does not know {error}."),
            };
        }
        catch (OperationCanceledException) when (_running.IsCancellationRequested)
        {
            _problem = L["Sim.Stopped"];
        }
        finally
        {
            _progress = null;
        }
    }

    private void Follow(SimulationProgress progress)
    {
        _progress = progress;
        if (Clock.GetElapsedTime(_drawn) >= Beat)
        {
            _drawn = Clock.GetTimestamp();
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private sealed class Follower(PlanSimulationPanel panel) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => panel.Follow(value);
    }
}
