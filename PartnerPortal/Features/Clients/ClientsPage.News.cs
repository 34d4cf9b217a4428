using PartnerPortal.Data;

namespace PartnerPortal.Features.Clients;

/// <summary>How the open page hears of lines that came or changed, and looks them up.</summary>
public sealed partial class ClientsPage
{
    /// <summary>So long a change may wait for others to be shown together with it.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    private readonly List<IDisposable> _subscriptions = [];
    private string _announcement = "";
    private DateTime _opened;
    private DateTime _announced;
    private int _refreshing;

    private void Listen(long accountId)
    {
        _subscriptions.Add(News.Subscribe(ClientList.ChannelOf(accountId), _ => Hear()));
        _subscriptions.Add(News.Subscribe(PostgresSignalRelay.CatchUp, _ => Hear()));
    }

    /// <summary>Looks again at what is shown, without moving anything.</summary>
    private async Task RefreshAsync()
    {
        _actor = await Current.GetAsync(_gone.Token);
        await LoadAsync();
        _overview = await Queries.OverviewAsync(_opened, _actor, _gone.Token);
        if (Id is not null)
        {
            await LoadCardAsync(isOpening: false);
        }

        if (_overview.LatestSince > _announced)
        {
            var arrived = await Queries.ArrivedAsync(_announced, 2, _actor, _gone.Token);
            _announced = _overview.LatestSince.Value;
            _announcement = arrived is [var one] ? L["Announce.One", one.Name, L["CameBy." + one.CameBy]] : L["Announce.Several"];
        }
    }

    /// <summary>On any thread: a line came or changed. Several at once are looked up once.</summary>
    private void Hear()
    {
        if (Interlocked.Exchange(ref _refreshing, 1) == 0)
        {
            _ = InvokeAsync(RefreshSoonAsync);
        }
    }

    private async Task RefreshSoonAsync()
    {
        try
        {
            await Task.Delay(Gathering, Clock, _gone.Token);
            Interlocked.Exchange(ref _refreshing, 0);
            await RefreshAsync();
            StateHasChanged();
        }
        catch (Exception error) when (_gone.IsCancellationRequested && error is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left while it looked.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            await DispatchExceptionAsync(error);
        }
    }
}
