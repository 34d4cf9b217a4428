using PartnerPortal.Data;

namespace PartnerPortal.Features.Clients;

/// <summary>How the open page hears of lines that came or changed, and looks them up.</summary>
public sealed partial class ClientsPage
{
    /// <summary>So long a change may wait for others to be shown together with it.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    /// <summary>Where many buy, purchases come all the time: so long what was read of them stands, before it is read again.</summary>
    private static readonly TimeSpan MoneyRest = TimeSpan.FromSeconds(5);

    private readonly List<IDisposable> _subscriptions = [];
    private string _announcement = "";
    private DateTime _opened;
    private DateTime _announced;
    private long? _moneyReadAt;
    private int _refreshing;
    private int _readingMoney;

    private void Listen(long accountId)
    {
        _subscriptions.Add(News.Subscribe(ClientList.ChannelOf(accountId), _ => Hear()));
        _subscriptions.Add(News.Subscribe(ClientList.MoneyChannelOf(accountId), _ => HearMoney()));
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

    /// <summary>On any thread: a client bought, or what one bought changed.</summary>
    private void HearMoney()
    {
        if (Interlocked.Exchange(ref _readingMoney, 1) == 0)
        {
            _ = InvokeAsync(ReadMoneySoonAsync);
        }
    }

    private Task RefreshSoonAsync() => WhileOpenAsync(async () =>
    {
        await Task.Delay(Gathering, Clock, _gone.Token);
        Interlocked.Exchange(ref _refreshing, 0);
        await RefreshAsync();
        StateHasChanged();
    });

    private Task ReadMoneySoonAsync() => WhileOpenAsync(async () =>
    {
        var rest = _moneyReadAt is { } last ? MoneyRest - Clock.GetElapsedTime(last) : Gathering;
        await Task.Delay(rest > Gathering ? rest : Gathering, Clock, _gone.Token);
        _moneyReadAt = Clock.GetTimestamp();
        Interlocked.Exchange(ref _readingMoney, 0);
        // Without these columns it shows in the sheet alone, and in which lines are about to lapse.
        if (_hasMoney || Id is not null || _view.Lapsing)
        {
            await RefreshAsync();
            StateHasChanged();
        }
    });

    private async Task WhileOpenAsync(Func<Task> look)
    {
        try
        {
            await look();
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
