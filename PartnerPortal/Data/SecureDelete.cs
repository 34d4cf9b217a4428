using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PartnerPortal.Data;

/// <summary>Has SQLite overwrite what is deleted, rather than only forget where it is. Asked for on every connection, as it is none of the file's settings.</summary>
public sealed class SecureDelete : DbConnectionInterceptor
{
    private const string Pragma = "PRAGMA secure_delete=ON";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
