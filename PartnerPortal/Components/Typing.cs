namespace PartnerPortal.Components;

/// <summary>
/// What somebody types into a search that counts by itself and stands in the address, too. For one page: its calls come one after the other, but the answers to what was typed first
/// may come after more was typed.
/// </summary>
/// <param name="clock">Measures the pause.</param>
/// <param name="pause">Without a key for that long, what was typed counts.</param>
public sealed class Typing(TimeProvider clock, TimeSpan pause)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private int _keys;

    /// <summary>What was typed last does not count yet.</summary>
    public bool GoesOn { get; private set; }

    /// <returns>False when more was typed meanwhile, or the page is gone.</returns>
    public async Task<bool> HasPausedAsync(CancellationToken gone)
    {
        var mine = ++_keys;
        GoesOn = true;
        await Task.Delay(pause, clock, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (mine != _keys || gone.IsCancellationRequested)
        {
            return false;
        }

        GoesOn = false;
        return true;
    }

    /// <summary>Before the page goes to the address of what was typed.</summary>
    public void Asks(string text) => _asked.Add(text);

    /// <summary>Once for each time it was asked: an address that comes back is no reason to change what stands in the field.</summary>
    public bool IsAnswer(string text) => _asked.Remove(text);
}
