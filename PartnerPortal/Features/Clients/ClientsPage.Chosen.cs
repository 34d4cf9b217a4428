using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Clients;

/// <summary>Choosing lines. What is chosen stays while the list is paged, sorted and filtered; it is let go with the page.</summary>
public sealed partial class ClientsPage
{
    private ClientSelection? _chosen;
    private long? _anchor;
    private int _elsewhere;
    private bool _isMixed;

    [Inject] public required SaveView Views { get; init; }

    /// <summary>Called by the browser: a line's box was clicked.</summary>
    /// <param name="id">The line.</param>
    /// <param name="range">With all lines since the one that was clicked before.</param>
    /// <returns>Whether the line is chosen now.</returns>
    [JSInvokable]
    public async Task<bool> OnPick(long id, bool range)
    {
        if (!_lines.Ids.Contains(id))
        {
            return false;
        }

        var chosen = _chosen ??= new ClientSelection();
        List<long> items = [.. _lines.Ids];
        var (from, to) = (range && _anchor is { } anchor ? items.IndexOf(anchor) : -1, items.IndexOf(id));
        from = from < 0 ? to : from;
        Choose(items[Math.Min(from, to)..(Math.Max(from, to) + 1)], !chosen.Has(id));
        _anchor = id;
        await CountElsewhereAsync();
        StateHasChanged();
        return chosen.Has(id);
    }

    /// <summary>Called by the browser: columns were made wider or narrower.</summary>
    /// <param name="widths">CSS pixels by column.</param>
    [JSInvokable]
    public async Task OnWidths(Dictionary<string, int> widths)
    {
        await KeepWidthsAsync(_choices.Widths.With(widths));
        StateHasChanged();
    }

    /// <summary>Called by the browser: a column is to be as wide as usual.</summary>
    [JSInvokable]
    public async Task OnWidthReset(string column)
    {
        await KeepWidthsAsync(_choices.Widths.Without(column));
        StateHasChanged();
    }

    private async Task PickPageAsync(bool chosen)
    {
        _chosen ??= new ClientSelection();
        Choose(_lines.Ids, chosen);
        await CountElsewhereAsync();
    }

    /// <summary>All lines that the filter finds, on whatever page.</summary>
    private async Task PickAllAsync()
    {
        Choose(await Many.IdsAsync(Filter, _actor, _gone.Token), true);
        await CountElsewhereAsync();
        _announcement = L.Counted("Chosen", _chosen?.Count ?? 0);
    }

    private void Choose(IEnumerable<long> ids, bool chosen)
    {
        _viewSaid = null;
        if (_chosen?.Set(ids, chosen) is false)
        {
            _viewSaid = _announcement = L["Chosen.TooMany", Count(ManyClients.Limit)];
            _undoView = null;
        }
    }

    private void ClearChosen()
    {
        _chosen?.Clear();
        (_anchor, _elsewhere) = (null, 0);
    }

    /// <summary>How many of the chosen are not in the list as it is filtered now: a person who acts on them must know.</summary>
    private async Task CountElsewhereAsync()
    {
        var count = _chosen?.Count ?? 0;
        var here = count == 0 ? 0 : _lines.Ids.Count(_chosen!.Has);
        _elsewhere = here == count ? 0 : count - await Many.CountAsync(_chosen!.Ids, Filter, _actor, _gone.Token);
    }

    /// <summary>"Some of them" is a state of the box that only a script can set.</summary>
    private async Task ShowMixedAsync()
    {
        var here = _chosen is null ? 0 : _lines.Ids.Count(_chosen.Has);
        var mixed = here > 0 && here < _lines.Ids.Count;
        if (mixed != _isMixed)
        {
            _isMixed = mixed;
            await (await ListenToScriptAsync()).InvokeVoidAsync("mix", mixed);
        }
    }
}
