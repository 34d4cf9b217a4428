using Microsoft.Extensions.Options;
using Npgsql;
using PartnerPortal.Startup;

namespace PartnerPortal.Data;

/// <summary>Hears what other nodes committed (<c>NOTIFY portal</c>) and publishes it here.</summary>
internal sealed class PostgresSignalRelay(IOptions<DatabaseOptions> options, Signals signals, ILogger<PostgresSignalRelay> logger) : BackgroundService
{
    /// <summary>Published when the connection was lost and is back: whoever shows a list looks again.</summary>
    public const string CatchUp = "catch-up";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.Value.ConnectionString) { Pooling = false, KeepAlive = 10 };
        var wasLost = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(settings.ConnectionString);
                connection.Notification += (_, e) => Relay(e.Payload);
                await connection.OpenAsync(stoppingToken);
                await using (var listen = new NpgsqlCommand("LISTEN portal", connection))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                if (wasLost)
                {
                    signals.Publish(CatchUp, "");
                }

                while (!stoppingToken.IsCancellationRequested)
                {
                    await connection.WaitAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
            {
                wasLost = true;
                logger.LogWarning(error, "Listening to other nodes was interrupted; trying again");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
    }

    private void Relay(string notification)
    {
        var parts = notification.Split(' ', 3);
        if (parts.Length == 3 && parts[0] != signals.Node.ToString("N"))
        {
            signals.Publish(parts[1], parts[2]);
        }
    }
}
