using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PartnerPortal.Data;

/// <summary>Tells the database's refusals apart, whichever database it is.</summary>
public static class DatabaseErrors
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;

    /// <summary>A unique index refused the row.</summary>
    public static bool IsUniqueViolation(this DbUpdateException error) => error.InnerException switch
    {
        SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    /// <summary>A row that was asked for without waiting is held by another transaction; on PostgreSQL alone.</summary>
    public static bool IsRowBusy(this Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };
}
