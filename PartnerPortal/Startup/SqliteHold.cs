using Microsoft.Data.Sqlite;

namespace PartnerPortal.Startup;

/// <summary>
/// Keeps one connection to the SQLite file open while the portal serves, so that <c>restore</c> can tell that it is in use: pooled connections
/// close when nothing happens for some minutes.
/// </summary>
internal sealed class SqliteHold(string connectionString) : IHostedService, IDisposable
{
    private readonly SqliteConnection _connection = new(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _connection.OpenAsync(cancellationToken);
        await using var command = _connection.CreateCommand();
        // SQLite opens the file at the first read.
        command.CommandText = "SELECT count(*) FROM sqlite_master";
        await command.ExecuteScalarAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _connection.CloseAsync();

    public void Dispose() => _connection.Dispose();
}
