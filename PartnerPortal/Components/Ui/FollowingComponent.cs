using Microsoft.AspNetCore.Components;
using PartnerPortal.Data;

namespace PartnerPortal.Components.Ui;

/// <summary>A page, or a part of one, that shows by itself what is committed elsewhere while it is open: it reads again when a signal says so.</summary>
public abstract class FollowingComponent : ComponentBase, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];
    private bool _isReading;
    private bool _isStale;

    [Inject] public required Signals Signals { get; init; }

    public void Dispose()
    {
        _subscriptions.ForEach(s => s.Dispose());
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads what is shown.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Reads again whenever the channel's signal is given; a page that is only drawn and not live follows nothing.</summary>
    /// <param name="channel">See <see cref="Data.Signals"/>.</param>
    /// <param name="concerns">Whether a signal with that payload does; null for all.</param>
    protected void Follow(string channel, Func<string, bool>? concerns = null)
    {
        if (RendererInfo.IsInteractive)
        {
            _subscriptions.Add(Signals.Subscribe(channel, payload =>
            {
                if (concerns is null || concerns(payload))
                {
                    _ = InvokeAsync(RefreshAsync);
                }
            }));
        }
    }

    /// <summary>Reads and draws again. Many signals at once, as after a pasted list, lead to one more reading and not to as many.</summary>
    protected async Task RefreshAsync()
    {
        _isStale = true;
        if (_isReading)
        {
            return;
        }

        _isReading = true;
        try
        {
            while (_isStale)
            {
                _isStale = false;
                await LoadAsync();
                StateHasChanged();
            }
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
        finally
        {
            _isReading = false;
        }
    }
}
